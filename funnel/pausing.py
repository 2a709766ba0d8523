"""What standing still means for clocks: each of a card's goes on with what was left of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from funnel.handoffs import clocks as handoffs
from funnel.interviews import scheduling
from funnel.offers import clocks as offers
from recruiting.core.models import Event

STOPS = ("application.held", "application.exited")


def pause(applications: Collection[int], at: datetime) -> None:
    """These cards stand still."""
    handoffs.pause(applications, at)


def go_on(applications: Collection[int], at: datetime) -> None:
    """These cards are active again. A fixed number of queries, apart from the offers among them."""
    handoffs.go_on(applications, at)
    told = Event.objects.filter(subject="application", subject_key__in=applications, verb__in=STOPS)
    stopped = dict(told.values_list("subject_key").annotate(Max("at")).order_by())  # event_history_of_a_subject
    if stopped:
        scheduling.go_on(stopped, at)
        offers.go_on(stopped, at)
