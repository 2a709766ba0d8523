"""Putting a card off, and saying that it is wrong. The entry rests again at once; that evidence stays silent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates import services as people
from recruiting.candidates.models import EvidenceState, SkillEvidence
from recruiting.core import words
from recruiting.core.days import day_of, plus_days
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recycling.models import PoolEntry, Proposal, ProposalState, Rest
from recycling.models.proposals import Dismissal
from recycling.proposals.moving import decided_already, move

UNDO_FOR = timedelta(minutes=5)  # the toast, and whoever comes back to it


@transaction.atomic
def snooze_proposal(*, proposal: Proposal, until: date, by: User, at: datetime) -> Proposal:
    """Put it off to a day, which may not lie after the last on which we may use their data."""
    _check_day(proposal, until, at)
    if proposal.state == ProposalState.SNOOZED:
        move(proposal, "wake", by=by, at=at)
    return move(proposal, "snooze", by=by, at=at, why=str(until), until=until)


@transaction.atomic
def wake_proposal(*, proposal: Proposal, by: User | None, at: datetime) -> Proposal:
    """Back on the desk, now."""
    return move(proposal, "wake", by=by, at=at)


@transaction.atomic
def dismiss_proposal(
    *, proposal: Proposal, dismissal: str, by: User, at: datetime, until: date | None = None, note: str = ""
) -> Proposal:
    """It does not stand, for one of four reasons. Each rests again; another job or fact may still speak.

    wrong_evidence: what spoke for the skill no longer counts. not_now: nothing about this person before `until`.
    in_touch: nothing while that contact counts as being in process (30 days).
    """
    if proposal.state not in (ProposalState.OPEN, ProposalState.SNOOZED):
        raise decided_already(proposal, at)
    if dismissal not in Dismissal.values:
        raise Refused(_("Say why."), "dismissal")
    until = _silent_until(proposal, dismissal, until, at)
    move(
        proposal,
        "dismiss",
        "rest_again",
        by=by,
        at=at,
        why=dismissal,
        data={"silenced": _silence(proposal, until) if until else {}},
        dismissal=dismissal,
        note=note.strip(),
        entry_terms={"until": until},
    )
    if dismissal == Dismissal.WRONG_EVIDENCE:
        _refute(proposal, by, at, note)
    return proposal


def _silent_until(proposal: Proposal, dismissal: str, until: date | None, at: datetime) -> date | None:
    if dismissal == Dismissal.IN_TOUCH:
        return plus_days(day_of(at), settings.IN_PROCESS_CONTACT_DAYS)
    if dismissal != Dismissal.NOT_NOW:
        return None
    if until is None:
        raise Refused(_("Say until when."), "until")
    _check_day(proposal, until, at)
    return until


def _check_day(proposal: Proposal, until: date, at: datetime) -> None:
    if until <= day_of(at):
        raise Refused(_("The day must lie ahead."), "until")
    last = proposal.candidate.use_until
    if last is not None and until > last:
        said = _("Their data may be used until %(day)s: choose a day before that.")
        raise Refused(said % {"day": words.full_day(last, get_language() or "en")}, "until")


def _silence(proposal: Proposal, until: date) -> dict[str, str | None]:
    """It is said about the person: their other entries stay silent too. Returns what each had before."""
    theirs = PoolEntry.objects.filter(candidate=proposal.candidate_id, state__in=[Rest.RESTING, Rest.SURFACED])
    before = {str(key): day.isoformat() if day else None for key, day in theirs.values_list("pk", "rests_until")}
    theirs.exclude(pk=proposal.entry_id).exclude(rests_until__gt=until).update(rests_until=until)
    return before


def _refute(proposal: Proposal, by: User, at: datetime, note: str) -> None:
    """The evidence the card rested on was wrong. Only the skill kind rests on evidence about the person."""
    if proposal.kind != "skill":
        return
    counting = SkillEvidence.objects.filter(pk=proposal.fact, candidate=proposal.candidate_id, skill__isnull=False)
    evidence = counting.exclude(state=EvidenceState.REFUTED).select_related("skill").first()
    if evidence is None or evidence.skill is None:
        return
    people.refute_skill(
        candidate=proposal.candidate, skill=evidence.skill, level=evidence.level, by=by, at=at, note=note[:500]
    )


@transaction.atomic
def undo_dismissal(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """A slip of the hand: the card stands again as it was, unless another one has taken its place."""
    then = proposal.decided_at
    if proposal.state != ProposalState.DISMISSED or then is None:
        raise decided_already(proposal, at)
    if at - then > UNDO_FOR:
        raise Refused(_("A dismissal can be taken back for a few minutes only. Propose them by hand."), "too_late")
    dismissed = Event.objects.filter(subject="proposal", subject_key=proposal.pk, verb="proposal.dismissed")
    silenced = dismissed.order_by("-id").values_list("data", flat=True)[0].get("silenced", {})
    was_evidence = proposal.dismissal == Dismissal.WRONG_EVIDENCE
    try:
        with transaction.atomic():
            move(proposal, "undo_dismiss", "surface", by=by, at=at)
    except IntegrityError as wrong:
        said = _("%(name)s has been proposed anew meanwhile: decide that card.")
        raise Refused(said % {"name": proposal.candidate.name}, "moved") from wrong
    for key, day in silenced.items():
        PoolEntry.objects.filter(pk=key).update(rests_until=day)
    if was_evidence:
        people.take_back_evidence(candidate=proposal.candidate, recorded_at=then, by=by, at=at)
    return proposal
