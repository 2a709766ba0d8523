"""Interviews: planned, changed, cancelled, held, missed; each told to the calendars that have to follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from funnel.interviews.calendar_files import CANCEL, REQUEST
from funnel.interviews.checks import check_letter, check_terms
from funnel.interviews.clocks import feedback_due
from funnel.interviews.inviting import call_off, invite, keep_in_calendars, was_told, write_candidate
from funnel.interviews.terms import Letter, Terms
from funnel.models import Application, Interview, Interviewer, InterviewState, Scorecard
from recruiting.accounts.models import User
from recruiting.core import events, words
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import JobSeat, Seat
from recruiting.jobs.services import seat_user
from recruiting.jobs.services.openings import lock_job

UNDO = timedelta(seconds=60)  # on the server; the toast shows ten
# What calendars show: a change of anything else reaches nobody's mailbox.
FOLLOWED = ("starts_at", "ends_at", "place", "video_url", "title")


@transaction.atomic
def plan_interview(
    *, application: Application, terms: Terms, by: User, at: datetime, took_place: bool = False
) -> Interview:
    """Write down an interview and invite whoever asks in it. What already took place is recorded as held, and
    invites nobody; its feedback is due from now."""
    lock_job(application.job)  # a seat may have to be given; a closing too locks the job before its people
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    check_terms(locked, terms, at=at, took_place=took_place)
    interview = Interview(application=locked, job=locked.job, created_by=by, created_at=at, changed_at=at)
    _write(interview, terms)
    interview.save()
    users = _distinct(terms.interviewers)
    _seat(interview, users, by=by, at=at)
    _set_interviewers(interview, users, since=max(interview.ends_at, at))
    if took_place:
        interview.hold(at=at)
        interview.save(update_fields=["state"])
        tell("interview.held", interview, by=by, at=at, data={"is_recorded_later": True})
    else:
        invite(interview=interview, users=users, everybody=users, at=at)
        tell("interview.planned", interview, by=by, at=at)
        if terms.letter is not None:
            _write_candidate(interview, terms.letter, REQUEST, by, at)
    _moved(locked, at)
    return interview


@transaction.atomic
def change_interview(
    *, interview: Interview, terms: Terms, by: User, at: datetime, seen_at: datetime | None = None
) -> Interview:
    """Other terms. The sequence grows, and everybody is told, only where their calendars have to follow."""
    lock_job(interview.job)
    now = _locked(interview, seen_at, at)
    if now.state != InterviewState.PLANNED:
        raise _not_from_here(now)
    check_terms(now.application, terms, at=at, took_place=False)
    were = {row.user_id: row.user for row in now.interviewers.select_related("user")}
    users = _distinct(terms.interviewers)
    before = {name: getattr(now, name) for name in (*FOLLOWED, "note", "step_id")}
    _write(now, terms)
    changed = [name for name, value in before.items() if getattr(now, name) != value]
    is_other_team = {user.pk for user in users} != set(were)
    follows = is_other_team or any(name in FOLLOWED for name in changed)
    now.changed_at, now.sequence = at, now.sequence + int(follows or terms.letter is not None)
    now.save()
    _seat(now, [user for user in users if user.pk not in were], by=by, at=at)
    _change_interviewers(now, users, were, is_moved="ends_at" in changed)
    if follows:
        call_off(interview=now, users=[were[pk] for pk in set(were) - {u.pk for u in users}], at=at, what="removed")
        invite(interview=now, users=[u for u in users if u.pk not in were], everybody=users, at=at)
        invite(interview=now, users=[u for u in users if u.pk in were], everybody=users, at=at, what="changed")
    what = sorted(
        {"starts_at" if name == "ends_at" else name for name in changed} | ({"who"} if is_other_team else set())
    )
    tell("interview.changed", now, by=by, at=at, data={"changed": what})
    if terms.letter is not None:
        _write_candidate(now, terms.letter, REQUEST, by, at)
    return now


@transaction.atomic
def cancel_interview(
    *,
    interview: Interview,
    by: User | None,
    at: datetime,
    why: str = "",
    letter: Letter | None = None,
    seen_at: datetime | None = None,
) -> Interview:
    """It does not take place: out of every calendar it stands in. The candidate is told only by an approved letter."""
    now = _locked(interview, seen_at, at)
    if letter is not None:
        check_letter(now.application, letter)
    _run(now, "cancel", at=at, why=why.strip()[:300])
    now.sequence += 1
    _end(now, at)
    if now.ends_at > at:
        call_off(interview=now, users=_users(now), at=at)
    tell("interview.cancelled", now, by=by, at=at, why=now.ended_why)
    if letter is not None and by is not None:
        write_candidate(interview=now, letter=letter, method=CANCEL, by=by, at=at)
    return now


@transaction.atomic
def cancel_planned_of(*, applications: Sequence[Application], by: User | None, at: datetime) -> int:
    """Applications have ended: what was still planned for them leaves the calendars. One query where nothing was."""
    planned = Interview.objects.filter(application__in=applications, state=InterviewState.PLANNED, starts_at__gt=at)
    rows = list(planned.order_by("pk"))
    for interview in rows:
        cancel_interview(interview=interview, by=by, at=at)
    return len(rows)


@transaction.atomic
def hold_interview(
    *, interview: Interview, by: User | None, at: datetime, seen_at: datetime | None = None
) -> Interview:
    """It took place; handing in a scorecard says so too."""
    now = _locked(interview, seen_at, at)
    _must_have_begun(now, at)
    _run(now, "hold", at=at)
    _end(now, at)
    _moved(now.application, at)
    tell("interview.held", now, by=by, at=at)
    return now


@transaction.atomic
def record_no_show(
    *, interview: Interview, by: User, at: datetime, why: str = "", seen_at: datetime | None = None
) -> Interview:
    """They did not come. Nobody owes a scorecard; whether the person leaves is for somebody to say."""
    now = _locked(interview, seen_at, at)
    _must_have_begun(now, at)
    _run(now, "miss", at=at, why=why.strip()[:300])
    _end(now, at)
    tell("interview.missed", now, by=by, at=at, why=now.ended_why)
    return now


@transaction.atomic
def undo_interview(*, interview: Interview, by: User, at: datetime) -> Interview:
    """What ended it was a slip: planned as before, for a minute; cancelled calendars get it back."""
    now = _locked(interview, None, at)
    if at - now.changed_at > UNDO:
        raise Refused(_("That can no longer be undone. Plan a new interview."), "too_late")
    if Scorecard.objects.filter(interview=now, version__gte=1).exists():
        raise Refused(_("A scorecard is in: it took place."), "not_allowed")
    if not now.application.is_live:
        said = _("%(name)s is no longer in this funnel. Nothing can be planned.")
        raise Refused(said % {"name": now.application.candidate.name}, "not_live")
    if was_told(now):
        said = _("%(name)s has been written that it is cancelled. Plan a new interview.")
        raise Refused(said % {"name": now.application.candidate.name}, "not_allowed")
    return _plan_again(now, by, at)


@transaction.atomic
def restore_cancelled_of(*, application: Application, cancelled_at: datetime, by: User | None, at: datetime) -> int:
    """The exit that called them off did not happen: what is still to come takes place after all."""
    rows = Interview.objects.filter(application=application, state=InterviewState.CANCELLED, starts_at__gt=at)
    rows = rows.filter(changed_at=cancelled_at)
    return len([_plan_again(_locked(row, None, at), by, at) for row in rows.order_by("pk")])


def _plan_again(now: Interview, by: User | None, at: datetime) -> Interview:
    was, sequence = now.state, now.sequence
    _run(now, "reopen", at=at)
    if was == InterviewState.CANCELLED:
        now.sequence += 1
    _end(now, at)
    if was == InterviewState.CANCELLED and now.ends_at > at:
        keep_in_calendars(interview=now, sequence=sequence, users=_users(now), at=at)
    tell("interview.reopened", now, by=by, at=at, from_state=was)
    return now


# --- The pieces -------------------------------------------------------------------------------------------------------


def tell(
    verb: str,
    interview: Interview,
    *,
    by: User | None,
    at: datetime,
    why: str = "",
    data: dict[str, Any] | None = None,
    from_state: str = "",
) -> Event:
    """Record what happened, with what a notice needs: which application, when it starts, who asks."""
    asks = list(interview.interviewers.values_list("user", flat=True))
    known = {"interview": interview.pk, "application": interview.application_id, "interviewers": asks}
    known["starts_at"] = interview.starts_at.isoformat()
    return events.record(
        verb,
        interview,
        by=by,
        at=at,
        person=interview.application.candidate_id,
        job=interview.job_id,
        from_state=from_state,
        to_state=str(interview.state),
        why=why,
        data={**known, **(data or {})},
    )


def _write(interview: Interview, terms: Terms) -> None:
    interview.starts_at, interview.ends_at = terms.starts_at, terms.ends_at
    interview.place, interview.video_url = terms.place.strip(), terms.video_url.strip()
    interview.title, interview.note, interview.step = terms.title.strip(), terms.note.strip(), terms.step


def _write_candidate(interview: Interview, letter: Letter, method: str, by: User, at: datetime) -> None:
    interview.invites_candidate, interview.candidate_text = True, letter.text
    interview.save(update_fields=["invites_candidate", "candidate_text"])
    write_candidate(interview=interview, letter=letter, method=method, by=by, at=at)


def _distinct(users: Sequence[User]) -> list[User]:
    return list({user.pk: user for user in users}.values())


def _users(interview: Interview) -> list[User]:
    return [row.user for row in interview.interviewers.select_related("user")]


def _seat(interview: Interview, users: Sequence[User], *, by: User, at: datetime) -> None:
    """Whoever asks sees the job: an interviewer's seat for those who hold none."""
    seated = set(
        JobSeat.objects.filter(job=interview.job_id, user__in=users, until=None).values_list("user", flat=True)
    )
    for user in users:
        if user.pk not in seated:
            seat_user(job=interview.job, user=user, seat=Seat.INTERVIEWER, by=by, at=at)


def _set_interviewers(interview: Interview, users: Sequence[User], *, since: datetime) -> None:
    due = feedback_due(users, since)
    Interviewer.objects.bulk_create(
        Interviewer(interview=interview, user=user, feedback_warn_at=due[user.pk][0], feedback_miss_at=due[user.pk][1])
        for user in users
    )


def _change_interviewers(interview: Interview, users: Sequence[User], were: dict[int, User], *, is_moved: bool) -> None:
    """Who no longer asks owes nothing; who newly asks gets a clock; a moved end moves every clock."""
    interview.interviewers.exclude(user__in=users).delete()
    if is_moved:
        interview.interviewers.all().delete()
    new = users if is_moved else [user for user in users if user.pk not in were]
    _set_interviewers(interview, new, since=interview.ends_at)


def _locked(interview: Interview, seen_at: datetime | None, at: datetime) -> Interview:
    """The row as it is now, held until the end; refused where it is not the one the caller saw."""
    rows = Interview.objects.select_for_update(of=("self",))
    now = rows.select_related("application__candidate", "job", "step", "created_by").get(pk=interview.pk)
    if seen_at is not None and seen_at != now.changed_at:
        raise _moved_meanwhile(now, at)
    return now


def _run(interview: Interview, move: str, **terms: Any) -> None:
    try:
        getattr(interview, move)(**terms)
    except TransitionNotAllowed as wrong:
        raise _not_from_here(interview) from wrong


def _end(interview: Interview, at: datetime) -> None:
    interview.changed_at = at
    interview.save(update_fields=["state", "ended_why", "sequence", "changed_at"])


def _moved(application: Application, at: datetime) -> None:
    """An interview is movement: the card is not forgotten."""
    Application.objects.filter(pk=application.pk, last_moved_at__lt=at).update(last_moved_at=at)


def _must_have_begun(interview: Interview, at: datetime) -> None:
    if at < interview.starts_at:
        raise Refused(_("It has not begun yet."), "not_yet")


def _not_from_here(interview: Interview) -> Refused:
    said = _("This interview is no longer planned: %(state)s.") % {"state": interview.get_state_display()}
    return Refused(said, "not_allowed")


def _moved_meanwhile(interview: Interview, at: datetime) -> Refused:
    """Who changed it and when: the sentence for the second of two people."""
    rows = Event.objects.filter(subject="interview", subject_key=interview.pk).exclude(by=None)
    last = rows.select_related("by").order_by("-id").first()  # event_history_of_a_subject
    if last is None or last.by is None:
        return Refused(_("This interview changed while you were looking. Nothing was changed."), "moved")
    ago = words.since_then(timezone.localtime(last.at), at, get_language() or "en")
    said = _("%(who)s changed this interview %(ago)s. Nothing was changed.")
    return Refused(said % {"who": last.by.name, "ago": ago}, "moved")
