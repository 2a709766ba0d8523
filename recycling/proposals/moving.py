"""Moving a card, and the sentence for the second of two people who had the same one before them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core import words
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recycling.models import PoolEntry, Proposal
from recycling.transitions import run_transition

RELATED = ("candidate", "job", "desk", "asker", "decided_by", "condition__reason", "entry__pool", "entry__reason")


def proposals() -> QuerySet[Proposal]:
    """Cards with what a page, or a sentence about them, names."""
    return Proposal.objects.select_related(*RELATED, "entry__left__job", "entry__contact_point", "entry__keeper")


def move(
    proposal: Proposal, verb: str, entry_verb: str = "", *, by: User | None, at: datetime, **terms: Any
) -> Proposal:
    """Move the entry, whose row is the lock, and then the card; `entry_terms` are the entry's, the rest the card's.

    Refused (code "moved") where somebody was first: it says who, what and when.
    """
    entry_terms, why, data = terms.pop("entry_terms", {}), terms.pop("why", ""), terms.pop("data", None)
    try:
        if entry_verb:
            run_transition(subject=entry_of(proposal), verb=entry_verb, by=by, at=at, **entry_terms)
        run_transition(subject=proposal, verb=verb, by=by, at=at, why=why, data=data, **terms)
    except Refused as refused:
        raise decided_already(proposal, at) if refused.code == "moved" else refused from refused
    return proposal


def entry_of(proposal: Proposal) -> PoolEntry:
    """The entry as the database has it now: another decision may have moved it since the card was read."""
    return PoolEntry.objects.select_related("left", "candidate").get(pk=proposal.entry_id)


def decided_already(proposal: Proposal, at: datetime) -> Refused:
    """Who decided this card before, how, and when."""
    moved = Event.objects.filter(subject="proposal", subject_key=proposal.pk).exclude(verb="proposal.opened")
    last = moved.select_related("by").order_by("-id").first()
    if last is None:
        return Refused(_("This card changed while you were looking. Nothing was changed."), "moved")
    ago = words.since_then(timezone.localtime(last.at), at, get_language() or "en")
    if last.by is None:
        return Refused(
            _("It stopped holding and was withdrawn %(ago)s. Nothing was changed.") % {"ago": ago}
            if last.verb == "proposal.withdrawn"
            else _("This card changed %(ago)s. Nothing was changed.") % {"ago": ago},
            "moved",
        )
    said = {
        "proposal.accepted": _("%(who)s accepted this %(ago)s. Nothing was changed."),
        "proposal.dismissed": _("%(who)s dismissed this %(ago)s. Nothing was changed."),
        "proposal.snoozed": _("%(who)s snoozed this %(ago)s. Nothing was changed."),
        "proposal.re_entered": _("%(who)s recorded their yes %(ago)s. Nothing was changed."),
        "proposal.declined": _("%(who)s recorded their no %(ago)s. Nothing was changed."),
    }
    usual = _("%(who)s changed this %(ago)s. Nothing was changed.")
    return Refused(said.get(last.verb, usual) % {"who": last.by.name, "ago": ago}, "moved")
