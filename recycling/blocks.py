"""Blocks: what forbids proposing a person. One list for evaluation, search, desk and explanation (model.md §4).

Every block is a *positive* expression, so that a missing value never passes. Hard ones decide what may hold at all;
soft ones only delay a new proposal. `prefix` is the path to the person: "" on Candidate, "candidate__" elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funnel.models import Application, Outcome
from recruiting.candidates.models import Candidate, ContactKind, ContactPoint, LawfulBasis, NotTheSame, Purpose
from recruiting.candidates.models.contact_points import REACHABLE
from recruiting.core.days import day_of
from recruiting.jobs.stages import Stage
from recycling.models import Proposal, ProposalState

Allows = Callable[[str, datetime], Q]


@dataclass(frozen=True)
class Block:
    """One rule. `allows` is true for whom it lets through; `until` says when it ends by itself, where it does."""

    key: str
    label: Promise
    allows: Allows
    is_hard: bool = True
    until: Callable[[Candidate], date | None] = lambda person: None


def _outer(prefix: str) -> OuterRef:
    return OuterRef(f"{prefix}pk")


def _not_erased(prefix: str, at: datetime) -> Q:
    return Q(**{f"{prefix}erased_at": None, f"{prefix}objected_at": None})


def _has_basis(prefix: str, at: datetime) -> Q:
    today = day_of(at)
    standing = LawfulBasis.objects.filter(
        Q(until=None) | Q(until__gte=today),
        candidate=_outer(prefix),
        purpose=Purpose.FUTURE_ROLES,
        withdrawn_at=None,
        given_on__lte=today,
    )  # basis_for_future_roles
    return Q(Exists(standing))


def _use_goes_on(prefix: str, at: datetime) -> Q:
    return Q(**{f"{prefix}use_until__gte": day_of(at)})


def _not_never(prefix: str, at: datetime) -> Q:
    return Q(**{f"{prefix}never_at": None, f"{prefix}do_not_hire_at": None})


def _may_be_contacted(prefix: str, at: datetime) -> Q:
    return Q(**{f"{prefix}do_not_contact_at": None})


def _can_be_reached(prefix: str, at: datetime) -> Q:
    return Q(Exists(ContactPoint.objects.filter(candidate=_outer(prefix), state__in=REACHABLE)))


def _not_in_process(prefix: str, at: datetime) -> Q:
    """On hold, beyond sourcing, or in sourcing and in contact lately. application_in_process"""
    lately = at - timedelta(days=settings.IN_PROCESS_CONTACT_DAYS)
    live = Application.objects.live().filter(candidate=_outer(prefix))
    beyond = live.filter(Q(outcome=Outcome.ON_HOLD) | ~Q(stage=Stage.SOURCING))
    quiet = Q(**{f"{prefix}last_contact_at": None}) | Q(**{f"{prefix}last_contact_at__lt": lately})
    return ~Q(Exists(beyond)) & (quiet | ~Q(Exists(live)))


def _not_employed(prefix: str, at: datetime) -> Q:
    """Neither works here nor has been hired and not yet started. Whoever left is free from the day they left."""
    employed, departed = f"{prefix}employed_on", f"{prefix}departed_on"
    hired = Application.objects.filter(candidate=_outer(prefix), outcome=Outcome.HIRED)
    has_left = Q(**{f"{departed}__lte": day_of(at)}) & (Q(**{employed: None}) | Q(**{f"{employed}__lte": F(departed)}))
    return has_left | Q(**{employed: None}) & ~Q(Exists(hired))


def _no_blocked_double(prefix: str, at: datetime) -> Q:
    """Nobody with the same e-mail or phone who is blocked or active, unless somebody said that they are two people."""
    same_way = Q(kind=OuterRef("kind"), normal=OuterRef("normal"))
    told_apart = NotTheSame.objects.filter(
        Q(first=OuterRef("candidate"), second=OuterRef(OuterRef("candidate")))
        | Q(second=OuterRef("candidate"), first=OuterRef(OuterRef("candidate")))
    )
    is_free = Q()
    for allows in (_not_erased, _not_never, _may_be_contacted, _not_employed, _not_in_process, _not_being_asked):
        is_free &= allows("candidate__", at)
    doubles = (
        ContactPoint.objects.filter(same_way)
        .exclude(candidate=OuterRef("candidate"))
        .filter(~Exists(told_apart))
        .alias(is_free=Case(When(is_free, then=Value(True)), default=Value(False), output_field=BooleanField()))
        .filter(is_free=False)
    )
    mine = ContactPoint.objects.filter(
        Exists(doubles), candidate=_outer(prefix), kind__in=[ContactKind.EMAIL, ContactKind.PHONE]
    )
    return ~Q(Exists(mine))


def _not_being_asked(prefix: str, at: datetime) -> Q:
    return ~Q(Exists(Proposal.objects.filter(candidate=_outer(prefix), state=ProposalState.ACCEPTED)))


def _within_budget(prefix: str, at: datetime) -> Q:
    return Q(**{f"{prefix}touchable_on": None}) | Q(**{f"{prefix}touchable_on__lte": day_of(at)})


BLOCKS: tuple[Block, ...] = (
    Block("erased", _("Erased, or objected to being considered"), _not_erased),
    Block("no_basis", _("No lawful basis for future roles"), _has_basis),
    Block("use_over", _("Their data may no longer be used for future roles"), _use_goes_on),
    Block("never", _("Not to be hired"), _not_never, until=lambda person: person.do_not_hire_review_on),
    Block("opted_out", _("Wants no contact"), _may_be_contacted),
    Block("unreachable", _("No usable means of contact"), _can_be_reached),
    Block("in_process", _("In process for a job"), _not_in_process),
    # Soft inside the engine, where the one card per person holds it: the accepted card must not block itself.
    Block("being_asked", _("Somebody is asking them already"), _not_being_asked, is_hard=False),
    Block("employed", _("Works here, or was hired and has not started"), _not_employed),
    Block("double", _("Possibly the same person as somebody who is blocked or active"), _no_blocked_double),
    Block(
        "touched",
        _("Approached too recently, or three times in twelve months"),
        _within_budget,
        is_hard=False,
        until=lambda person: person.touchable_on,
    ),
)


def allowed(prefix: str, at: datetime, *, hard_only: bool = True) -> Q:
    """Whom no block stops; with `hard_only=False` whom a new proposal may be made for today."""
    everything = Q()
    for block in BLOCKS:
        if block.is_hard or not hard_only:
            everything &= block.allows(prefix, at)
    return everything


def undelayed(prefix: str, at: datetime) -> Q:
    """Whom no soft block delays."""
    everything = Q()
    for block in BLOCKS:
        if not block.is_hard:
            everything &= block.allows(prefix, at)
    return everything


def has_rested(prefix: str, at: datetime) -> Q:
    """The entry itself is not silent: dismissed "not now", or unanswered. `prefix` is the path to the entry."""
    until = f"{prefix}rests_until"
    return Q(**{until: None}) | Q(**{f"{until}__lte": day_of(at)})


def blocks_of(candidate: Candidate, at: datetime) -> list[Block]:
    """Every block that stops this person now, in order: the same expressions, each as a column of one row."""
    columns = {
        f"passes_{block.key}": Case(
            When(block.allows("", at), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for block in BLOCKS
    }
    row = Candidate.objects.filter(pk=candidate.pk).annotate(**columns).values(*columns).get()
    return [block for block in BLOCKS if not row[f"passes_{block.key}"]]


def first_block_of(candidate: Candidate, at: datetime) -> Block | None:
    """The first block that stops this person now: it explains itself."""
    return next(iter(blocks_of(candidate, at)), None)
