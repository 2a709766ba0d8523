"""What they said. Yes begins the next cycle; no is a new reason, and they rest again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.services import set_do_not_contact, withdraw_purposes
from recruiting.contact.models import TouchKind
from recruiting.contact.services import record_touch
from recruiting.core.refused import Refused
from recruiting.jobs.stages import Stage
from recycling.entries import close_entry
from recycling.leaving import ExitOrder
from recycling.leaving.traces import WITHDRAWN
from recycling.models import PoolEntry, Proposal, ProposalState
from recycling.models.exits import ReasonClass, Side
from recycling.models.pools import STANDING, ClosedWhy
from recycling.proposals.allowed import THEIR_WORD, check_allowed
from recycling.proposals.moving import decided_already, entry_of, move
from recycling.returns import bring_back, entries_resolved
from recycling.reviews import rest_on_new_terms
from recycling.transitions import run_transition


@transaction.atomic
def said_yes(
    *,
    proposal: Proposal,
    by: User,
    at: datetime,
    stage: str = "",
    kind: str = TouchKind.MAIL,
    note: str = "",
    owner: User | None = None,
) -> Application:
    """Yes, after being asked or before anybody asked: the next cycle begins, at the proposed stage or another.

    The entry of the card is what the return rests on, and whatever else is resolved for this job; the rest rests on.
    """
    check_allowed(proposal.candidate, at, but=THEIR_WORD)
    if proposal.state in (ProposalState.OPEN, ProposalState.SNOOZED):
        changed = proposal.why or note.strip() or _("They said yes.")
        move(proposal, "accept", "approach", by=by, at=at, asker=by, what_changed=changed, why=changed)
    elif proposal.state != ProposalState.ACCEPTED:
        raise decided_already(proposal, at)
    entry = entry_of(proposal)
    application = bring_back(
        entries=[entry, *entries_resolved(proposal.candidate, proposal.job, at, but=entry)],
        candidate=proposal.candidate,
        job=proposal.job,
        trigger="proposal",
        by=by,
        at=at,
        stage=Stage(stage or proposal.stage),
        owner=owner or proposal.asker or by,
        return_why=proposal.why,
    )
    move(proposal, "re_enter", by=by, at=at, application=application)
    record_touch(candidate=proposal.candidate, kind=kind, by=by, at=at, is_inbound=True, text=note)
    return application


@transaction.atomic
def said_no(*, proposal: Proposal, order: ExitOrder, by: User, at: datetime, kind: str = TouchKind.MAIL) -> Proposal:
    """No, for a reason of theirs: it becomes the new condition of the same stay. A last no closes every stay."""
    if proposal.state != ProposalState.ACCEPTED:
        raise decided_already(proposal, at)
    if order.reason.side not in (Side.THEY, Side.EITHER):
        raise Refused(_("“%(reason)s” is not an answer of theirs.") % {"reason": order.reason}, "side")
    record_touch(candidate=proposal.candidate, kind=kind, by=by, at=at, is_inbound=True, text=order.note)
    if order.reason.klass == ReasonClass.NEVER:
        return _never_again(proposal, order, by, at)
    if order.reason.klass == ReasonClass.ADMINISTRATIVE:
        raise Refused(_("“%(reason)s” is not an answer of theirs.") % {"reason": order.reason}, "side")
    move(proposal, "decline", "rest_again", by=by, at=at, why=order.reason.key)
    rest_on_new_terms(entry=entry_of(proposal), order=order, by=by, at=at)
    return proposal


def _never_again(proposal: Proposal, order: ExitOrder, by: User, at: datetime) -> Proposal:
    """They want no contact any more: every stay is closed, future roles and mailings are withdrawn."""
    for entry in PoolEntry.objects.filter(candidate=proposal.candidate_id, state__in=STANDING).select_related("left"):
        if entry.pk != proposal.entry_id:
            close_entry(entry=entry, closed_why=ClosedWhy.OPTED_OUT, by=by, at=at, why=order.reason.key)
    own = entry_of(proposal)
    run_transition(subject=own, verb="close", by=by, at=at, why=order.reason.key, closed_why=ClosedWhy.OPTED_OUT)
    move(proposal, "decline", by=by, at=at, why=order.reason.key)
    withdraw_purposes(candidate=proposal.candidate, purposes=WITHDRAWN, by=by, at=at)
    if proposal.candidate.do_not_contact_at is None:
        set_do_not_contact(candidate=proposal.candidate, why=str(order.reason), by=by, at=at)
    return proposal
