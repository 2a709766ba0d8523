"""Somebody thinks of a person for a job: a card without a condition, under the same blocks as any other."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobState
from recruiting.jobs.stages import Stage
from recycling.engine.stages import stage_of_return
from recycling.models import PoolEntry, Proposal, ProposalState, Rest
from recycling.proposals.allowed import check_allowed
from recycling.transitions import run_transition

BY_HAND = "by_hand"


@transaction.atomic
def propose_by_hand(*, entry: PoolEntry, job: Job, by: User, at: datetime, stage: str = "", why: str = "") -> Proposal:
    """Put a resting person on one's own desk for a job. One card a person, whoever makes it."""
    name = {"name": entry.candidate.name, "job": job}
    if job.state != JobState.OPEN:
        raise Refused(_("%(job)s takes nobody in.") % name, "job_not_open")
    if entry.state != Rest.RESTING:
        said = _("%(name)s does not rest here now: %(state)s.")
        raise Refused(said % {**name, "state": entry.get_state_display()}, "not_resting")
    check_allowed(entry.candidate, at)
    proposal = Proposal(
        candidate=entry.candidate,
        entry=entry,
        job=job,
        kind=BY_HAND,
        since=at,
        stage=stage or return_stage(entry, at),
        desk=by,
        created_at=at,
        why=why.strip(),
    )
    try:
        with transaction.atomic():
            run_transition(subject=entry, verb="surface", by=by, at=at)
            proposal.save(force_insert=True)
    except IntegrityError as wrong:
        raise Refused(_("%(name)s is proposed already: decide that card first.") % name, "moved") from wrong
    record(
        "proposal.opened",
        proposal,
        by=by,
        at=at,
        person=entry.candidate_id,
        job=job.pk,
        to_state=ProposalState.OPEN,
        why=why.strip(),
        data={"kind": BY_HAND, "entry": entry.pk},
    )
    return proposal


def return_stage(entry: PoolEntry, at: datetime) -> Stage:
    """Where they would start again: what the decisive reason that still stands allows."""
    standing = entry.conditions.filter(resolved_at=None).select_related("entry__left")
    decisive = standing.order_by("-is_decisive", "id").first()
    return stage_of_return(decisive, at) if decisive else Stage.SOURCING
