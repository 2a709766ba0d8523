"""Accepting a card, and asking the person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import ContactPoint
from recruiting.contact.models import TouchKind
from recruiting.contact.services import record_touch
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import JobState
from recycling.explain.now import owning_agency
from recycling.models import Proposal, ProposalState
from recycling.proposals.allowed import OUR_OWN, SAME_APPROACH, check_allowed
from recycling.proposals.moving import decided_already, move


@transaction.atomic
def accept_proposal(
    *, proposal: Proposal, what_changed: str, asker: User | None = None, by: User, at: datetime
) -> Proposal:
    """Somebody decides to ask them: what changed is written down, and who asks is named."""
    if proposal.state not in (ProposalState.OPEN, ProposalState.SNOOZED):
        raise decided_already(proposal, at)
    if not what_changed.strip():
        raise Refused(_("Say in a line what changed since they left."), "what_changed")
    asker = asker or by
    if not asker.has_perm("recycling.decide_proposal"):
        raise Refused(_("%(name)s asks nobody to come back.") % {"name": asker.name}, "asker")
    if proposal.job.state != JobState.OPEN:
        terms = {"job": proposal.job, "state": proposal.job.get_state_display()}
        raise Refused(_("%(job)s takes nobody in: %(state)s.") % terms, "job_not_open")
    check_allowed(proposal.candidate, at, but=OUR_OWN)
    return move(
        proposal, "accept", "approach", by=by, at=at, why=what_changed, asker=asker, what_changed=what_changed.strip()
    )


@transaction.atomic
def take_back(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """It was accepted and nobody has been asked: the card goes, and may come again by itself."""
    if proposal.state == ProposalState.ACCEPTED and proposal.asked_at is not None:
        raise Refused(_("%(name)s has been asked already: record their answer.") % {"name": proposal.candidate.name})
    return move(proposal, "withdraw", "rest_again", by=by, at=at, why="taken_back")


@transaction.atomic
def record_asked(
    *,
    proposal: Proposal,
    kind: str,
    by: User,
    at: datetime,
    subject: str = "",
    text: str = "",
    contact_point: ContactPoint | None = None,
) -> Proposal:
    """They have been asked. The first message of an approach uses the budget that everybody shares, a second does not.

    The blocks are passed again. While an agency owns the introduction it is asked, and not the person.
    """
    if proposal.state != ProposalState.ACCEPTED:
        raise decided_already(proposal, at)
    is_first = proposal.asked_at is None
    check_allowed(proposal.candidate, at, but=OUR_OWN if is_first else SAME_APPROACH)
    owner = owning_agency(proposal.candidate_id, at)
    if owner is not None and kind != TouchKind.AGENCY:
        terms = {"agency": owner.agency, "until": owner.owned_until}
        raise Refused(_("%(agency)s owns the introduction until %(until)s: ask through them.") % terms, "agency")
    seen = proposal.times_asked
    was_theirs = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.ACCEPTED, times_asked=seen)
    if not was_theirs.update(asked_at=at, times_asked=seen + 1):
        raise decided_already(proposal, at)
    proposal.asked_at, proposal.times_asked = at, seen + 1
    touch = record_touch(
        candidate=proposal.candidate,
        kind=kind,
        by=by,
        at=at,
        is_approach=is_first,
        subject=subject,
        text=text,
        contact_point=contact_point,
    )
    record(
        "proposal.asked",
        proposal,
        by=by,
        at=at,
        person=proposal.candidate_id,
        job=proposal.job_id,
        from_state=ProposalState.ACCEPTED,
        to_state=ProposalState.ACCEPTED,
        data={"touch": touch.pk, "times": seen + 1, "kind": kind},
    )
    return proposal
