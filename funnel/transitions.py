"""run_transition(): the only code that runs a transition, saves it, keeps its visits and records it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed, has_transition_perm

from funnel import visits
from funnel.handoffs import settling
from funnel.models import Application, Ended, Outcome
from recruiting.accounts.models import User
from recruiting.core import events, words
from recruiting.core.models import Event
from recruiting.core.refused import Refused

# Transition on the model → what the event and the outbox call it.
VERBS = {
    "screen": "application.advanced",
    "meet": "application.advanced",
    "choose": "application.advanced",
    "skip": "application.advanced",
    "take_step": "application.stepped",
    "correct": "application.corrected",
    "step_back": "application.stepped_back",
    "hold": "application.held",
    "resume": "application.resumed",
    "leave": "application.exited",
    "hire": "application.hired",
    "undo_leave": "application.exit_undone",
    "not_start": "application.did_not_start",
}
ENTERS = {"screen": Ended.ADVANCED, "meet": Ended.ADVANCED, "choose": Ended.ADVANCED, "skip": Ended.ADVANCED}
ENTERS["step_back"] = Ended.STEPPED_BACK
# Everything a transition or its visits may change.
COLUMNS = (
    *("stage", "outcome", "step", "stage_since", "step_since", "first_stage", "furthest_stage"),
    *("hold_until", "hold_reason", "is_held_by_job", "ended_at", "opening", "last_moved_at", "version"),
)


@transaction.atomic
def run_transition(
    *,
    application: Application,
    move: str,
    by: User | None,
    at: datetime,
    seen_version: int | None = None,
    ends: Ended | None = None,
    verb: str = "",
    why: str = "",
    data: dict[str, Any] | None = None,
    is_granted: bool = False,
    **terms: Any,
) -> Application:
    """Run one named transition from the version the caller saw; else refuse and say who was first.

    The row changes only if its version is still the seen one (compare-and-swap). `ends` is how the open visit ends
    where the move does not say it itself; `terms` go to the transition. `is_granted`: the caller has asked for another
    right already (whoever answers a handoff moves its card). A refused application must be fetched again.
    """
    seen = application.version
    if seen_version is not None and seen_version != seen:
        raise moved_meanwhile(application, at)
    before = (application.stage, application.outcome, application.step_id)
    _run(application, move, None if is_granted else by, at, terms)
    _swap(application, seen, before, at)
    _keep_visits(application, move, ends or ENTERS.get(move), at)
    _record(application, before, verb or VERBS[move], by, at, why, data or {})
    settling.follow(move, application.pk, by=by, at=at)
    return application


def _run(application: Application, move: str, by: User | None, at: datetime, terms: dict[str, Any]) -> None:
    """The model says whether it is legal from here, for this role."""
    run = getattr(application, move)
    if by is not None and not has_transition_perm(run, by):
        raise not_from_here(application)
    try:
        run(at=at, **terms)
    except TransitionNotAllowed as wrong:
        raise not_from_here(application) from wrong


def _record(
    application: Application,
    before: tuple[Any, ...],
    verb: str,
    by: User | None,
    at: datetime,
    why: str,
    data: dict[str, Any],
) -> None:
    is_move = before[1] == application.outcome  # else the outcome changed
    steps = {"from_step": before[2], "step": application.step_id} if is_move else {}
    events.record(
        verb,
        application,
        by=by,
        at=at,
        person=application.candidate_id,
        job=application.job_id,
        from_state=str(before[0] if is_move else before[1]),
        to_state=str(application.stage if is_move else application.outcome),
        why=why,
        data={"stage": str(application.stage), **steps, **data},
    )


def _keep_visits(application: Application, move: str, ends: Ended | None, at: datetime) -> None:
    if move == "correct":
        visits.void_wrong(application, at)
    elif move == "undo_leave":
        visits.reopen_last(application)
    elif ends:
        visits.close_open(application, at, ends)
        if move in ENTERS:
            visits.open_new(application, at)


def _swap(application: Application, seen: int, before: tuple[Any, ...], at: datetime) -> None:
    """Compare-and-swap: nobody else changed it since it was read, or nothing is changed."""
    application.version = seen + 1
    application.last_moved_at = at
    was = Application.objects.filter(pk=application.pk, version=seen, stage=before[0], outcome=before[1])
    if not was.update(**{name: getattr(application, name) for name in COLUMNS}):
        raise moved_meanwhile(application, at)
    application._update_initial_state()  # the mixin's own compare-and-swap starts from what is now stored


def moved_meanwhile(application: Application, at: datetime) -> Refused:
    """Who changed it, how, and when: the sentence for the second of two people."""
    now = Application.objects.select_related("candidate", "step").get(pk=application.pk)
    last = (
        Event.objects.filter(subject="application", subject_key=application.pk)
        .exclude(by=None)
        .select_related("by")
        .order_by("-id")
        .first()
    )
    if last is None or last.by is None:
        return Refused(
            _("%(name)s changed while you were looking. Nothing was changed.") % {"name": now.candidate}, "moved"
        )
    terms = {
        "who": last.by.name,
        "name": now.candidate.name,
        "step": now.step or now.get_stage_display(),
        "ago": words.since_then(timezone.localtime(last.at), at, get_language() or "en"),
    }
    sentences = {
        "application.held": _("%(who)s put %(name)s on hold %(ago)s. Nothing was changed."),
        "application.resumed": _("%(who)s resumed %(name)s %(ago)s. Nothing was changed."),
        "application.exited": _("%(who)s let %(name)s go %(ago)s. Nothing was changed."),
        "application.moved": _("%(who)s moved %(name)s to another job %(ago)s. Nothing was changed."),
        "application.hired": _("%(who)s recorded the hire of %(name)s %(ago)s. Nothing was changed."),
    }
    usual = _("%(who)s moved %(name)s to %(step)s %(ago)s. Nothing was changed.")
    return Refused(sentences.get(last.verb, usual) % terms, "moved")


def not_from_here(application: Application) -> Refused:
    """Why a move is not legal from here, in a whole sentence."""
    name = application.candidate.name
    if application.outcome == Outcome.ON_HOLD:
        return Refused(_("%(name)s is on hold. Resume first.") % {"name": name}, "not_allowed")
    if application.outcome in (Outcome.EXITED, Outcome.HIRED):
        said = _("%(name)s is no longer in this funnel: %(outcome)s.")
        return Refused(said % {"name": name, "outcome": application.get_outcome_display()}, "not_allowed")
    said = _("From %(stage)s this is not possible for %(name)s.")
    return Refused(said % {"stage": application.get_stage_display(), "name": name}, "not_allowed")
