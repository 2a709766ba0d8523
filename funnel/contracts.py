"""The weekly contract of a border: proposed by either side or the lead, in force once both sides agreed.

A changed promise is a new row: agreeing to it ends the old one on the Monday it begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funnel.borders import first_monday
from funnel.models import Contract
from funnel.models.contracts import AGREED
from funnel.sides import AGREE, SENDER, Sides
from recruiting.accounts.models import User
from recruiting.core import events, words
from recruiting.core.days import day_of
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import BORDERS, Job


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is promised for a week. `acceptance` is a share; `job` None: for the whole house."""

    to_stage: str
    from_role: str
    to_role: str
    volume: int
    acceptance: Decimal
    response_hours: int
    since_on: date
    job: Job | None = None
    note: str = ""


@transaction.atomic
def propose_contract(*, terms: Terms, by: User, at: datetime) -> Contract:
    """Offer a weekly promise to the other side. Whoever speaks for a side has agreed for it; the lead for none."""
    contract = Contract(proposed_by=by, proposed_at=at, **vars(terms))
    sides = Sides(by, [terms.job])
    _may(by, sides, contract)
    if terms.to_stage not in BORDERS or not Decimal(0) <= terms.acceptance <= 1:
        raise Refused(_("That is no promise at a border."), "invalid")
    if terms.since_on != first_monday(terms.since_on) or terms.since_on < first_monday(day_of(at)):
        raise Refused(_("A weekly contract begins on a Monday, and not in the past."), "not_a_monday")
    own = next(iter(sides.of(contract)), "")
    if own:
        setattr(contract, f"{own}_agreed_by", by)
        setattr(contract, f"{own}_agreed_at", at)
    try:
        with transaction.atomic():
            contract.save(force_insert=True)
    except IntegrityError as wrong:
        raise _proposed_already(terms, at) from wrong
    _record("contract.proposed", contract, by, at, side=own)
    return contract


@transaction.atomic
def agree_contract(*, contract: Contract, by: User, at: datetime) -> Contract:
    """One side's word. With the other's it is in force, from its Monday on or from the next one."""
    sides = Sides(by, [contract.job])
    for _attempt in range(2):  # the other side may agree in the same moment: read again, once
        side = _side_to_agree(contract, sides, by, at)
        other_agreed = contract.receiver_agreed_at if side == SENDER else contract.sender_agreed_at
        changes: dict[str, Any] = {f"{side}_agreed_by": by, f"{side}_agreed_at": at}
        if other_agreed is not None:
            changes["since_on"] = max(contract.since_on, first_monday(day_of(at)))
        if _swap(contract, changes):
            now = Contract.objects.select_related("job").get(pk=contract.pk)
            _record("contract.agreed", now, by, at, side=side, is_in_force=now.is_agreed)
            return now
        contract = Contract.objects.select_related("job").get(pk=contract.pk)
    raise _moved(contract, at)


def _side_to_agree(contract: Contract, sides: Sides, by: User, at: datetime) -> str:
    if not contract.is_open:
        raise _moved(contract, at)
    side = sides.may_agree(contract)
    if side:
        return side
    if by.pk in (contract.sender_agreed_by_id, contract.receiver_agreed_by_id):
        raise Refused(_("You have agreed already; the other side has to agree too."), "other_side")
    if sides.of(contract):
        raise _moved(contract, at)
    raise Refused(_("Only who holds the seat can agree for a side."), "not_a_side")


def _swap(contract: Contract, changes: dict[str, Any]) -> bool:
    """Compare-and-swap: neither side's word has changed since it was read. What it replaces ends on its Monday."""
    seen = Contract.objects.filter(
        pk=contract.pk,
        until_on=None,
        sender_agreed_at=contract.sender_agreed_at,
        receiver_agreed_at=contract.receiver_agreed_at,
    )
    begins_on = changes.get("since_on")
    with transaction.atomic():
        if begins_on:
            running = Contract.objects.filter(AGREED, Q(until_on=None) | Q(until_on__gt=begins_on)).filter(
                job=contract.job, to_stage=contract.to_stage, from_role=contract.from_role, to_role=contract.to_role
            )
            running.exclude(pk=contract.pk).update(until_on=Greatest(F("since_on"), begins_on))
        if seen.update(**changes):
            return True
        transaction.set_rollback(True)
    return False


@transaction.atomic
def end_contract(*, contract: Contract, by: User, at: datetime) -> Contract:
    """No promise from the next Monday on; the running week is still held against it."""
    _may(by, Sides(by, [contract.job]), contract)
    until = max(contract.since_on, first_monday(day_of(at)))
    if not Contract.objects.filter(AGREED, pk=contract.pk, until_on=None).update(until_on=until):
        raise _moved(contract, at)
    contract.until_on = until
    _record("contract.ended", contract, by, at)
    return contract


@transaction.atomic
def withdraw_contract(*, contract: Contract, by: User, at: datetime) -> Contract:
    """A proposal that is taken back, or that the other side does not want. Nothing changes in what is in force."""
    sides = Sides(by, [contract.job])
    if contract.proposed_by_id != by.pk:
        _may(by, sides, contract)
    verb = "contract.declined" if sides.may_agree(contract) else "contract.withdrawn"
    is_open = Q(until_on=None) & ~AGREED
    if not Contract.objects.filter(is_open, pk=contract.pk).update(until_on=contract.since_on):
        raise _moved(contract, at)
    contract.until_on = contract.since_on
    _record(verb, contract, by, at)
    return contract


def _may(by: User, sides: Sides, contract: Contract) -> None:
    if not by.has_perm(AGREE):
        raise Refused(_("Your role makes no contracts."), "not_allowed")
    if not sides.may_change(contract):
        raise Refused(_("Only the two sides and the recruiting lead change a contract."), "not_a_side")


def _record(verb: str, contract: Contract, by: User, at: datetime, **more: Any) -> None:
    promised = {
        "to_stage": contract.to_stage,
        "from_role": contract.from_role,
        "to_role": contract.to_role,
        "volume": contract.volume,
        "acceptance": str(contract.acceptance),
        "response_hours": contract.response_hours,
        "since_on": contract.since_on.isoformat(),
        "until_on": contract.until_on.isoformat() if contract.until_on else "",
    }
    events.record(verb, contract, by=by, at=at, job=contract.job_id, data={**promised, **more})


def _proposed_already(terms: Terms, at: datetime) -> Refused:
    """Who proposed first: their proposal is answered or taken back before there is another."""
    same = Contract.objects.filter(~AGREED, until_on=None, job=terms.job, to_stage=terms.to_stage)
    first = same.filter(from_role=terms.from_role, to_role=terms.to_role).select_related("proposed_by").first()
    if first is None:
        return Refused(_("Somebody answered a proposal at this border just now. Look again."), "moved")
    said = {"who": first.proposed_by, "ago": _ago(first.proposed_at, at)}
    return Refused(
        _("%(who)s proposed a contract for this border %(ago)s. Answer it first.") % said, "proposed_already"
    )


def _moved(contract: Contract, at: datetime) -> Refused:
    """The second of two people reads who and when."""
    told = Event.objects.filter(subject="contract", subject_key=contract.pk).select_related("by")
    last = told.order_by("-id").first()
    if last is None or last.by is None:
        return Refused(_("This contract changed while you were looking. Nothing was changed."), "moved")
    sentences = {
        "contract.agreed": _("%(who)s agreed to this contract %(ago)s. Nothing was changed."),
        "contract.ended": _("%(who)s ended this contract %(ago)s. Nothing was changed."),
        "contract.withdrawn": _("%(who)s took this proposal back %(ago)s. Nothing was changed."),
        "contract.declined": _("%(who)s declined this proposal %(ago)s. Nothing was changed."),
    }
    usual = _("%(who)s changed this contract %(ago)s. Nothing was changed.")
    return Refused(sentences.get(last.verb, usual) % {"who": last.by, "ago": _ago(last.at, at)}, "moved")


def _ago(then: datetime, at: datetime) -> str:
    return words.since_then(timezone.localtime(then), at, get_language() or "en")
