"""The lists of handoffs: what waits for somebody, what came back to them, what they offered; for leads everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funnel.handoffs.selectors import came_back, to_settle, waiting_for
from funnel.models import Handoff
from recruiting.accounts.models import User
from recruiting.core.paging import Page, keyset

ROWS = 50
NAMES = ("application__candidate", "job", "to_step", "from_user", "to_user", "answered_by", "failed", "asked_lead")
MOST_COUNTED = 99
SETTLES = "funnel.reassign_handoff"  # who answers for every border: the recruiting leads


@dataclass(frozen=True)
class Tab:
    key: str
    label: str | Promise
    sorts: dict[str, tuple[str, ...]]  # the first one is how it opens
    is_for_leads: bool = False


BY_CLOCK, NEWEST = ("miss_at", "id"), ("-offered_at", "-id")
WAITING = Tab("waiting", _("Waiting for me"), {"clock": BY_CLOCK, "newest": NEWEST})
BACK = Tab("back", _("Came back to me"), {"clock": ("back_miss_at", "id"), "newest": ("-answered_at", "-id")})
SENT = Tab("sent", _("I offered"), {"newest": NEWEST, "clock": BY_CLOCK})
ALL = Tab("all", _("All"), {"clock": BY_CLOCK, "newest": NEWEST}, is_for_leads=True)
LEAD = Tab("lead", _("Asked of the lead"), BACK.sorts, is_for_leads=True)
TABS = {tab.key: tab for tab in (WAITING, BACK, SENT, ALL, LEAD)}
SORTS = {"clock": _("By clock"), "newest": _("Newest first")}


def tabs_of(user: User) -> list[Tab]:
    return [tab for tab in TABS.values() if not tab.is_for_leads or user.has_perm(SETTLES)]


def rows_of(tab: Tab, user: User, at: datetime) -> QuerySet[Handoff]:
    """The rows of a tab, whatever their order; a tab that is not theirs is empty."""
    if tab.is_for_leads and not user.has_perm(SETTLES):
        return Handoff.objects.none()
    if tab is WAITING:
        return waiting_for(user, at)
    if tab is BACK:
        return came_back(user)
    if tab is SENT:
        return Handoff.objects.visible_to(user).filter(from_user=user, is_at_once=False)
    return to_settle(user) if tab is LEAD else Handoff.objects.filter(is_at_once=False)


def with_names(rows: QuerySet[Handoff]) -> QuerySet[Handoff]:
    return rows.select_related(*NAMES)


def page_of(rows: QuerySet[Handoff], tab: Tab, sort: str, *, after: str = "", before: str = "") -> Page[Handoff]:
    order = tab.sorts.get(sort) or next(iter(tab.sorts.values()))
    return keyset(with_names(rows), order, after=after, before=before, size=ROWS)


def counts(user: User, at: datetime) -> dict[str, int]:
    """How many rows the tabs that ask for something hold, counted no further than anybody reads."""
    asking = [tab for tab in tabs_of(user) if tab in (WAITING, BACK, LEAD)]
    return {tab.key: rows_of(tab, user, at).order_by()[: MOST_COUNTED + 1].count() for tab in asking}


def queue_of(user: User, at: datetime) -> list[int]:
    """The keys of what waits for somebody, in the order they answer it: late first."""
    return list(waiting_for(user, at).order_by(*BY_CLOCK).values_list("pk", flat=True)[: MOST_COUNTED + 1])
