"""Taking an exit back, and what closes that door: telling the person."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from funnel import leaving as funnel_leaving
from funnel.handoffs.undoing import reopen_decided
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import JobState
from recycling import reasons
from recycling.entries import close_entry
from recycling.leaving.exits import MOVED
from recycling.leaving.traces import STANDING, take_back_traces
from recycling.models import Exit, PoolEntry, Rest
from recycling.models.exits import Told
from recycling.models.pools import ClosedWhy


@transaction.atomic
def undo_exit(*, exit: Exit, by: User | None, at: datetime) -> Exit:
    """The exit did not happen: the visit continues, the stay is closed, and what the exit wrote is taken back."""
    entry = entry_of(exit)
    why_not = why_not_undone(exit, entry, at)
    if why_not:
        raise Refused(why_not, "not_undone")
    # Whoever tells them in the same second wins or loses here: the row is changed once.
    standing = Exit.objects.filter(pk=exit.pk, undone_at=None).exclude(told=Told.TOLD)
    if not standing.update(undone_at=at, undone_by=by):
        raise Refused(_("Somebody changed this exit meanwhile. Look at it again."), "moved")
    exit.undone_at, exit.undone_by = at, by
    funnel_leaving.undo_leave(application=exit.application, by=by, at=at)
    reopen_decided(application=exit.application, by=by, at=at)
    if entry is not None:
        _close(entry, by, at)
    take_back_traces(exit=exit, by=by, at=at)
    return exit


def stays_ended(exit: Exit, by: User) -> list[str]:
    """What the exit ended and its undoing does not bring back, in sentences."""
    return funnel_leaving.stays_ended(exit.application, exit.exited_at, by) if exit.exited_at else []


def why_not_undone(exit: Exit, entry: PoolEntry | None, at: datetime) -> str:
    """The rule that keeps this exit, as a sentence; empty where it can be undone."""
    name = {"name": exit.candidate.name}
    if exit.undone_at is not None:
        return _("The exit was undone already.")
    if exit.exited_at is None:
        return _("This exit was brought in without a date and stays.")
    if (day_of(at) - day_of(exit.exited_at)).days > settings.UNDO_EXIT_DAYS:
        return _("An exit can be undone for %(days)s days.") % {"days": settings.UNDO_EXIT_DAYS}
    if exit.reason.key == MOVED:
        return _("%(name)s was moved to another job: move them back from there.") % name
    if exit.job.state != JobState.OPEN:
        return _("The job is no longer open: %(state)s.") % {"state": exit.job.get_state_display()}
    if exit.told == Told.TOLD:
        return _("%(name)s has been told; open a new way instead.") % name
    if entry is not None and (
        entry.state == Rest.APPROACHED or entry.proposals.filter(asked_at__isnull=False).exists()
    ):
        return _("%(name)s has been asked to come back already.") % name
    if entry is not None and entry.state == Rest.RE_ENTERED:
        return _("%(name)s has come back already.") % name
    return ""


def entry_of(exit: Exit) -> PoolEntry | None:
    """The stay that this exit began; none for classes X and A."""
    stays = PoolEntry.objects.filter(left=exit.application_id).exclude(closed_why=ClosedWhy.EXIT_UNDONE)
    return stays.select_related("left", "pool").first()


def _close(entry: PoolEntry, by: User | None, at: datetime) -> None:
    if entry.state in STANDING:
        close_entry(entry=entry, closed_why=ClosedWhy.EXIT_UNDONE, by=by, at=at, why="exit_undone")
        return
    # Closed for another reason meanwhile: it stays closed, and no longer stands for this exit.
    PoolEntry.objects.filter(pk=entry.pk).update(closed_why=ClosedWhy.EXIT_UNDONE)


@transaction.atomic
def record_told(*, exit: Exit, on: date, what: str = "", by: User | None, at: datetime) -> Exit:
    """They know since that day: the cool-down runs from it, and the exit can no longer be undone."""
    if on > day_of(at):
        raise Refused(_("The day they were told cannot lie ahead."), "told_on")
    if exit.exited_at is not None and on < day_of(exit.exited_at):
        raise Refused(_("Nobody is told before it is decided."), "told_on")
    if not Exit.objects.filter(pk=exit.pk, undone_at=None).update(told=Told.TOLD, told_on=on, told_what=what):
        raise Refused(_("The exit was undone already."), "moved")
    exit.told, exit.told_on, exit.told_what = Told.TOLD, on, what
    _cool_from(exit, on)
    record("application.told", exit, by=by, at=at, person=exit.candidate_id, job=exit.job_id, data={"on": str(on)})
    return exit


@transaction.atomic
def nothing_to_tell(*, exit: Exit, by: User | None, at: datetime) -> Exit:
    """They know already, or there is nobody to tell: it leaves the desk."""
    if not Exit.objects.filter(pk=exit.pk, undone_at=None, told=Told.NOT_YET).update(told=Told.NOTHING):
        raise Refused(_("This is settled already."), "moved")
    exit.told = Told.NOTHING
    record("application.told", exit, by=by, at=at, person=exit.candidate_id, job=exit.job_id, data={"on": None})
    return exit


def _cool_from(exit: Exit, on: date) -> None:
    """Move the cool-downs and the review of the stay this exit began, by the months decided that day."""
    entry = entry_of(exit)
    if entry is None or entry.state not in STANDING:
        return
    months: dict[str, int] = exit.snapshot.get("cool_months", {})
    ends = []
    for condition in entry.conditions.select_related("reason"):
        if condition.reason.key in months:
            condition.cool_until = reasons.cool_until(exited_on=on, told_on=on, months=months[condition.reason.key])
            condition.save(update_fields=["cool_until"])
        ends.append(condition.cool_until)
    if entry.reviewed_at is None and ends and max(ends) > entry.review_on:
        last = exit.candidate.use_until
        lead = settings.REVIEW_BEFORE_USE_ENDS_DAYS
        entry.review_on = reasons.review_on(
            entered_on=on, cool_until=max(ends), use_until=last, months=0, lead_days=lead
        )
        entry.save(update_fields=["review_on"])
