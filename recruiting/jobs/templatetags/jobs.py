"""The head that every page of one job shares."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.jobs.models import Job, OpeningState
from recruiting.jobs.selectors import deciders_by_job

register = template.Library()

TONES = {"open": "water", "on_hold": "warn", "filled": "return", "cancelled": "", "draft": ""}


@register.inclusion_tag("jobs/_head.html", takes_context=True)
def job_head(context: template.Context, job: Job, tab: str = "") -> dict[str, Any]:
    """Crumb, title, state and the facts people ask first: seats, who decides, places, band, how long it is open."""
    states = list(job.openings.values_list("state", flat=True))
    user = context["request"].user
    has_band = job.band_min is not None or job.band_max is not None
    return {
        "job": job,
        "tab": tab,
        "tone": TONES[job.state],
        "openings": sum(state in (OpeningState.OPEN, OpeningState.FILLED) for state in states),
        "asked": states.count(OpeningState.ASKED),
        "filled": states.count(OpeningState.FILLED),
        "deciders": deciders_by_job([job.pk]).get(job.pk, []),
        "places": words.listed(job.places, get_language() or "en"),
        "shows_band": has_band and user.has_perm("candidates.view_pay"),
        "days": _days(job),
    }


def _days(job: Job) -> int | None:
    """Days since the approver's word, while it is open or on hold."""
    if job.approved_at is None or job.state not in ("open", "on_hold"):
        return None
    return (day_of(timezone.now()) - day_of(job.approved_at)).days


@register.inclusion_tag("jobs/_tabs.html", takes_context=True)
def job_tabs(context: template.Context, job: Job, tab: str) -> dict[str, Any]:
    """The views of one job; the set-up only for whoever may change it."""
    return {"job": job, "tab": tab, "user": context["request"].user, "perms": context.get("perms")}


@register.filter
def tone_of(job: Job) -> str:
    """`{{ job|tone_of }}`: the badge's tone for its state."""
    return TONES[job.state]
