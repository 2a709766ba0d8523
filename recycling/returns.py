"""Coming back: the next cycle begins, and the stays it rests on are over. The one door for whoever waits somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from funnel.models import Application
from funnel.selectors import highest_cycle
from funnel.services import open_application, open_applications
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, Source
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, Step
from recruiting.jobs.stages import Stage
from recycling.entries import end_proposals
from recycling.explain import look
from recycling.leaving import ExitOrder, exit_application
from recycling.models import Condition, ExitReason, Origin, PoolEntry, Proposal, ProposalState, Rest
from recycling.models.exits import Told
from recycling.models.pools import STANDING, WAITING
from recycling.transitions import run_transition

MISTAKE = "admin.mistake"


@transaction.atomic
def open_return(
    *,
    candidate: Candidate,
    job: Job,
    by: User | None,
    at: datetime,
    stage: str = "sourcing",
    step: Step | None = None,
    source: Source | None = None,
    owner: User | None = None,
    trigger: str = "added",
) -> Application:
    """Put somebody into a job's funnel: they applied ("applied") or somebody added them. Nobody who applies is refused.

    Where they wait for this job or its family, or were only met, or left us, it is a return: those stays are over,
    and their card ends. Who waits for nothing of the kind simply comes in.
    """
    entries = waiting_for(candidate, job)
    if not entries:
        return open_application(
            candidate=candidate, job=job, by=by, at=at, stage=stage, step=step, source=source, owner=owner
        )
    return bring_back(
        entries=entries,
        candidate=candidate,
        job=job,
        trigger=trigger,
        by=by,
        at=at,
        stage=stage,
        step=step,
        source=source,
        owner=owner,
    )


@transaction.atomic
def open_all(
    *, candidates: Iterable[int], job: Job, by: User | None, at: datetime, step: Step | None = None
) -> list[Application]:
    """Many people into a job's funnel: who waits for it or its family comes back one by one, the others in bulk."""
    wanted = set(candidates)
    there = Application.objects.live().filter(job=job, candidate__in=wanted).values("candidate")
    waiting = _standing(job).filter(candidate__in=wanted).exclude(candidate__in=there).values("candidate")
    people = list(Candidate.objects.filter(pk__in=waiting).order_by("pk"))
    stage = step.stage if step else Stage.SOURCING.value
    back = [open_return(candidate=person, job=job, by=by, at=at, stage=stage, step=step) for person in people]
    new = wanted - {person.pk for person in people}
    return [*back, *open_applications(candidates=new, job=job, by=by, at=at, step=step)]


def waiting_for(candidate: Candidate, job: Job) -> list[PoolEntry]:
    """The standing entries that an application for this job ends: its own first. entries_of_a_person"""
    found = list(_standing(job).filter(candidate=candidate).select_related("left", "reason"))
    return sorted(found, key=lambda entry: entry.left is None or entry.left.job_id != job.pk)


def _standing(job: Job) -> QuerySet[PoolEntry]:
    """Standing entries of this job, of its family, of people only met, and of those who left us."""
    here = Q(left__job=job) | Q(origin__in=[Origin.MET, Origin.DEPARTURE])
    if job.family_id is not None:
        family = Condition.objects.filter(entry=OuterRef("pk"), family=job.family_id)
        here |= Q(Exists(family))
    return PoolEntry.objects.filter(here, state__in=STANDING)


def entries_resolved(candidate: Candidate, job: Job, at: datetime, *, but: PoolEntry | None = None) -> list[PoolEntry]:
    """Waiting entries whose every condition is resolved for this job: a return to it rests on them as well."""
    theirs = PoolEntry.objects.filter(candidate=candidate, state__in=WAITING).select_related("left", "reason")
    if but is not None:
        theirs = theirs.exclude(pk=but.pk)
    resolved = {condition.pk for condition, _said in look(candidate, job, at).resolved}
    return [
        entry
        for entry in theirs.prefetch_related("conditions")
        if all(condition.pk in resolved for condition in entry.conditions.all())
    ]


@transaction.atomic
def bring_back(
    *,
    entries: Sequence[PoolEntry],
    candidate: Candidate,
    job: Job,
    trigger: str,
    by: User | None,
    at: datetime,
    stage: str,
    step: Step | None = None,
    source: Source | None = None,
    owner: User | None = None,
    return_why: str = "",
) -> Application:
    """Open the next cycle on these entries. The first that came from an exit says which one: `previous`."""
    left = next((entry.left for entry in entries if entry.left is not None), None)
    is_return = left is not None or any(entry.origin == Origin.DEPARTURE for entry in entries)
    application = open_application(
        candidate=candidate,
        job=job,
        by=by,
        at=at,
        stage=stage,
        step=step,
        source=source,
        owner=owner,
        previous=left,
        cycle=highest_cycle(candidate.pk) + 1 if is_return else None,
        return_why=return_why or _why_now(entries, trigger),
    )
    for entry in sorted(entries, key=lambda entry: entry.pk):
        run_transition(
            subject=entry, verb="re_enter", by=by, at=at, why=trigger, trigger=trigger, application=application
        )
        if trigger != "proposal":
            _end_cards(entry, application, by, at)
    return application


def _why_now(entries: Sequence[PoolEntry], trigger: str) -> str:
    """The line on the card of somebody who came by themselves: how, and the reason they had left for."""
    reason = entries[0].reason
    said = _("Applied again; left for: %(reason)s") if trigger == "applied" else _("Added; left for: %(reason)s")
    return said % {"reason": reason}


def _end_cards(entry: PoolEntry, application: Application, by: User | None, at: datetime) -> None:
    """They were being asked for this very job and came: that is their yes. Every other card of the entry ends."""
    asked = Proposal.objects.filter(entry=entry, job=application.job_id, state=ProposalState.ACCEPTED).first()
    if asked is not None:
        run_transition(subject=asked, verb="re_enter", by=by, at=at, application=application)
    end_proposals(entry=entry, by=by, at=at, why="re_entered")


@transaction.atomic
def undo_return(*, application: Application, by: User, at: datetime) -> list[PoolEntry]:
    """That return was a mistake: the application ends, counted nowhere, and the stays it rested on go on."""
    entries = list(PoolEntry.objects.filter(returned_as=application, state=Rest.RE_ENTERED).select_related("left"))
    if not entries:
        raise Refused(_("%(name)s did not come back from a pool here.") % {"name": application.candidate.name})
    if not application.is_live:
        raise Refused(_("%(name)s is no longer in this funnel.") % {"name": application.candidate.name}, "moved")
    mistake = ExitReason.objects.get(key=MISTAKE)
    order = ExitOrder(reason=mistake, told=Told.NOTHING, caused_by="return_undone")
    exit_application(application=application, order=order, by=by, at=at)
    for entry in entries:
        run_transition(subject=entry, verb="undo_re_enter", by=by, at=at, why="return_undone")
    return entries
