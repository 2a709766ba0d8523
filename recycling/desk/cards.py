"""The cards of each tab of the desk: whose they are, in which order, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.candidates.selectors import search
from recruiting.core.days import day_of
from recruiting.core.paging import Page, keyset
from recycling.blocks import BLOCKS, allowed
from recycling.desk.drawings import Spark, spark
from recycling.desk.lines import Why, whys
from recycling.models import PoolEntry, Proposal, ProposalState, Rest
from recycling.proposals.moving import proposals

TABS = ("mine", "team", "asked", "snoozed", "reviews")
STATE = {"mine": "open", "team": "open", "asked": "accepted", "snoozed": "snoozed"}
SIZE = 40
MOST_COUNTED = 200  # beyond this a tab says "200+": counting more would cost more than knowing it

# Columns without nulls in that tab, one direction, the last one unique. proposals_on_a_desk, entries_due_for_review
ORDERS: dict[str, tuple[str, ...]] = {
    "mine": ("-created_at", "-pk"),
    "team": ("-created_at", "-pk"),
    "asked": ("-decided_at", "-pk"),
    "snoozed": ("snoozed_until", "pk"),
    "reviews": ("review_on", "pk"),
}


@dataclass(frozen=True)
class Chosen:
    """What the reader asked for: the tab, whose, and the filters, as they came."""

    tab: str = "mine"
    whole_team: bool = False
    q: str = ""
    job: int | None = None
    kind: str = ""
    check_first: bool = False
    oldest_first: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    card: Any  # a Proposal, or a PoolEntry in the tab of reviews
    why: Why
    since: datetime | None
    drawing: Spark | None
    is_today: bool
    place: int = 0
    then: int | None = None  # the key of the next one


def team_of(user: User) -> list[int]:
    """Who shares this desk: the members of one's team, else everybody who sees everybody."""
    mine = User.objects.filter(is_active=True)
    return list((mine.filter(team=user.team_id) if user.team_id else mine).values_list("pk", flat=True))


def cards(user: User, chosen: Chosen, at: datetime) -> QuerySet[Proposal]:
    """The cards of a tab. The blocks are passed again while reading: a consent can end between two evaluations."""
    found: QuerySet[Proposal] = proposals().filter(
        pk__in=Proposal.objects.visible_to(user).values("pk"), state=STATE[chosen.tab]
    )
    if chosen.tab != "asked":
        found = found.filter(allowed("candidate__", at))
    found = found.filter(**_whose(user, chosen, "asker" if chosen.tab == "asked" else "desk"))
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.check_first:
        found = found.filter(is_confirmed=False)
    if chosen.job:
        found = found.filter(job=chosen.job)
    return _named(found, chosen.q)


def entries_to_review(user: User, chosen: Chosen, at: datetime) -> QuerySet[PoolEntry]:
    """Who rests, and whose day of review has come: while their data may be used at all."""
    due = PoolEntry.objects.visible_to(user).filter(state=Rest.RESTING, review_on__lte=day_of(at))
    found = due.filter(allowed_to_look("candidate__", at), **_whose(user, chosen, "keeper"))
    if chosen.job:
        found = found.filter(left__job=chosen.job)
    related = ("candidate", "pool", "reason", "keeper", "left__job", "left__step", "contact_point")
    return _named(found.select_related(*related), chosen.q)


def allowed_to_look(prefix: str, at: datetime) -> Q:
    """Whom somebody may still think about: neither erased nor never, and the use goes on."""
    looks = [block for block in BLOCKS if block.key in ("erased", "no_basis", "use_over", "never")]
    everything = Q()
    for block in looks:
        everything &= block.allows(prefix, at)
    return everything


def _whose(user: User, chosen: Chosen, column: str) -> dict[str, Any]:
    if chosen.tab == "team" or chosen.whole_team:
        return {f"{column}__in": team_of(user)}
    return {column: user}


def _named(found: QuerySet[Any], text: str) -> QuerySet[Any]:
    if not text.strip():
        return found
    return found.filter(candidate__in=search(Candidate.objects.filter(erased_at=None), text).values("pk"))


def of_tab(user: User, chosen: Chosen, at: datetime) -> QuerySet[Any]:
    return entries_to_review(user, chosen, at) if chosen.tab == "reviews" else cards(user, chosen, at)


def page_of(user: User, chosen: Chosen, at: datetime, *, after: str = "", before: str = "") -> Page[Any]:
    order = ORDERS[chosen.tab]
    if chosen.oldest_first and chosen.tab in ("mine", "team", "asked"):
        order = tuple(column.removeprefix("-") for column in order)
    return keyset(of_tab(user, chosen, at), order, after=after, before=before, size=SIZE)


def counts(user: User, at: datetime) -> dict[str, int]:
    """How many stand in each tab, counted up to a limit."""
    return {tab: of_tab(user, Chosen(tab), at).order_by()[: MOST_COUNTED + 1].count() for tab in TABS}


def rows_of(found: Sequence[Any], tab: str, at: datetime) -> list[Row]:
    """The lines of a page, with what they say, at a fixed price."""
    said = {} if tab == "reviews" else whys(found, at)
    keys = [each.pk for each in found]
    return [
        _review(each, place, following) if tab == "reviews" else _card(each, said[each.pk], tab, at, place, following)
        for place, (each, following) in enumerate(zip(found, [*keys[1:], None][: len(keys)], strict=True), start=1)
    ]


def _card(card: Proposal, why: Why, tab: str, at: datetime, place: int, following: int | None) -> Row:
    return Row(
        card=card,
        why=why,
        since=card.decided_at if tab == "asked" else card.created_at,
        drawing=spark(card.entry.left.stage if card.entry.left else "", card.stage),
        is_today=day_of(card.created_at) == day_of(at),
        place=place,
        then=following,
    )


def _review(entry: PoolEntry, place: int, following: int | None) -> Row:
    why = Why("calendar-clock", str(entry.reason))
    return Row(card=entry, why=why, since=None, drawing=None, is_today=False, place=place, then=following)


def decided_since(user: User, since: datetime) -> dict[str, int]:
    """Accepted and dismissed since a moment by the whole house: precision = accepted / (accepted + dismissed)."""
    decided = Proposal.objects.visible_to(user).filter(decided_at__gte=since)
    found: dict[str, int] = decided.aggregate(
        accepted=Count("pk", filter=~Q(state=ProposalState.DISMISSED)),
        dismissed=Count("pk", filter=Q(state=ProposalState.DISMISSED)),
    )
    return found
