"""Each role's own desk, and the late part of the navigation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from funnel.selectors_borders import border_line
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import day_of
from recruiting.home import handoffs, managers, meetings, offers, recruiters
from recruiting.home.lines import Line, sorted_out
from recruiting.notices.selectors import unread_of
from recycling.desk.cards import MOST_COUNTED, Chosen, cards, rows_of

SHOWN = 3


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    if request.user.sees_everybody:
        return render(request, "home/desk.html", _recruiting(request))
    return render(request, "home/deciding.html", _deciding(request))


def _recruiting(request: SignedInRequest) -> dict[str, Any]:
    user, at = request.user, timezone.now()
    sources = [
        handoffs.waiting(user, at),
        handoffs.asked_of_lead(user, at),
        handoffs.late_of_team(user, at),
        *_everybody(user, at),
        meetings.unplanned(user, at),
        offers.offers_to_act_on(user, at),
        recruiters.proposals_waiting(user, at),
        recruiters.not_told_yet(user, at),
        recruiters.holds_ending(user, at),
        recruiters.next_actions(user, at),
        recruiters.forgotten(user, at),
        recruiters.job_questions(user, at),
        managers.approvals(user, at) if user.has_perm("jobs.approve_job") else [],
    ]
    back = cards(user, Chosen("mine"), at)
    left, returned = recruiters.people_since(user, at)
    waiting = sorted_out(sources, day_of(at), recruiters.MOST, at)
    return {
        "today": day_of(at),
        "waiting": waiting,
        "waits": waiting.count,
        "late": len(waiting.late),
        "border": border_line(user, at),
        "back": rows_of(list(back.order_by("-created_at")[:SHOWN]), "mine", at),
        "back_count": back.order_by()[: MOST_COUNTED + 1].count(),
        "resting": list(recruiters.resting_due(user, at)),
        "reviews": recruiters.reviews_due(user, at),
        "jobs": list(recruiters.my_jobs(user)),
        "left": left,
        "returned": returned,
    }


def _deciding(request: SignedInRequest) -> dict[str, Any]:
    user, at = request.user, timezone.now()
    first = handoffs.first_of(user, at)
    waiting = sorted_out([*_everybody(user, at), managers.approvals(user, at)], day_of(at), recruiters.MOST, at)
    return {
        "today": day_of(at),
        "first": first,
        "waiting": waiting,
        "waits": waiting.count + first.count,
        "late": len(waiting.late) + first.late,
        "border": border_line(user, at),
        "people": managers.people_to_meet(user, at),
        "jobs": list(managers.seated_jobs(user)),
    }


def _everybody(user: User, at: datetime) -> list[list[Line]]:
    """What may wait for anybody, whatever their role."""
    return [
        handoffs.came_back(user, at),
        meetings.interviews_today(user, at),
        meetings.scorecards_owed(user, at),
        offers.approvals_waiting(user, at),
    ]


@require_safe
def nav(request: SignedInRequest) -> HttpResponse:
    """The jobs somebody runs, and how many cards wait: loaded after the page, never in its way."""
    user, at = request.user, timezone.now()
    jobs = recruiters.my_jobs(user) if user.sees_everybody else managers.seated_jobs(user)
    waiting = cards(user, Chosen("mine"), at).order_by()[: MOST_COUNTED + 1].count() if user.sees_everybody else 0
    counts = {
        "waiting": waiting,
        "handoffs": handoffs.waiting_count(user, at),
        "unread": unread_of(user, most=MOST_COUNTED),
        "most": MOST_COUNTED,
    }
    return render(request, "home/_nav.html", {"jobs": jobs[:6], **counts})
