"""What recruiters did with what surfaced during the year: most of it they decided, some of it came back."""

from __future__ import annotations

from recruiting.accounts.models import User
from recruiting.contact.models import TouchKind
from recruiting.core.refused import Refused
from recruiting.home.sample.lives import onward
from recruiting.home.sample.world import Life, World
from recycling.leaving import ExitOrder
from recycling.models import Proposal, ProposalState
from recycling.models.proposals import Dismissal
from recycling.proposals import accept_proposal, dismiss_proposal, record_asked, said_no, said_yes

# By the language of whoever writes it.
CHANGED = {"en": "The reason they left is gone.", "ja": "離脱の理由がなくなりました。"}
SUBJECT = {"en": "Shall we talk again?", "ja": "もう一度お話ししませんか"}


def decide_what_surfaced(world: World) -> None:
    """Look at every open card once."""
    for proposal in Proposal.objects.filter(state=ProposalState.OPEN).select_related("candidate", "job", "desk"):
        by = proposal.desk or world.users["recruiter"]
        try:
            if world.chance(0.62):
                accept_proposal(proposal=proposal, what_changed=CHANGED[by.language], by=by, at=world.now)
                world.begin(world.now, _ask(world, proposal.pk, by))
            else:
                why = world.rng.choice([Dismissal.NOT_THIS_JOB, Dismissal.IN_TOUCH])
                dismiss_proposal(proposal=proposal, dismissal=why, by=by, at=world.now)
        except Refused:
            continue  # as for a colleague: somebody else was first, or a block came up


def _ask(world: World, key: int, by: User) -> Life:
    """Ask, wait for the answer, and go on with whoever says yes."""
    try:
        record_asked(proposal=_card(key), kind=TouchKind.MAIL, subject=SUBJECT[by.language], by=by, at=world.now)
        yield world.days(1, 8)
        if world.chance(0.6):
            application = said_yes(proposal=_card(key), by=by, at=world.now)
            yield from onward(world, application)
        elif world.chance(0.7):
            order = ExitOrder(reason=world.reasons["interest.stayed"], side="they")
            said_no(proposal=_card(key), order=order, by=by, at=world.now)
    except Refused as refused:  # a block or a decision of somebody else's came in between
        world.refused.append(refused.message)


def _card(key: int) -> Proposal:
    return Proposal.objects.select_related("candidate", "job", "entry").get(pk=key)
