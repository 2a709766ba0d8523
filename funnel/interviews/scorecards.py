"""Scorecards: drafted, handed in once, amended by versions, and blind until the reader's own is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funnel.interviews.planning import hold_interview
from funnel.interviews.selectors import scorecards_visible_to
from funnel.models import Interview, Interviewer, InterviewState, Overall, Rating, Scorecard, ScorecardVersion
from recruiting.accounts.models import User
from recruiting.core.days import day_of, plus_months
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.gates import attributes_of
from recruiting.jobs.models import Attribute

ASSESSED = (InterviewState.PLANNED, InterviewState.HELD)
SCORES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Rated:
    """What somebody found about one attribute: 1 to 4, or None where it was not looked at."""

    score: int | None
    note: str = ""


@transaction.atomic
def save_draft(*, interview: Interview, user: User, draft: Mapping[str, Any], at: datetime) -> Scorecard:
    """Keep what was typed, as it was typed. No event: nobody else's business until it is handed in."""
    _seat_of(interview, user)
    card, _is_new = Scorecard.objects.get_or_create(
        interview=interview,
        user=user,
        defaults={"application_id": interview.application_id, "draft": dict(draft), "changed_at": at},
    )
    Scorecard.objects.filter(pk=card.pk).update(draft=dict(draft), changed_at=at)
    card.draft, card.changed_at = dict(draft), at
    return card


@transaction.atomic
def submit_scorecard(
    *, interview: Interview, user: User, ratings: Mapping[int, Rated], overall: int | None, notes: str, at: datetime
) -> Scorecard:
    """Hand it in, once. `ratings` are by attribute; each attribute of the job is rated or said not to be looked at.

    The interview is held from now on. The finding counts for a return until `valid_until`.
    """
    seat = _seat_of(interview, user)
    if at < interview.starts_at:
        raise Refused(_("The interview has not begun yet. What you write is kept until then."), "not_yet")
    _check(attributes_of(interview.job), ratings, overall, notes)
    card, _is_new = Scorecard.objects.get_or_create(
        interview=interview,
        user=user,
        defaults={"application_id": interview.application_id, "changed_at": at},
    )
    claimed = Scorecard.objects.filter(pk=card.pk, version=0).update(
        version=1,
        overall=overall,
        submitted_at=at,
        valid_until=plus_months(day_of(interview.starts_at), settings.EVALUATION_VALID_MONTHS),
        draft={},
        changed_at=at,
    )
    if not claimed:
        raise Refused(_("Your scorecard is in already. You can amend it."), "already_in")
    _write_version(card, 1, ratings, overall, notes, by=user, at=at)
    Interviewer.objects.filter(pk=seat.pk).update(answered_at=at)
    if interview.state == InterviewState.PLANNED:
        hold_interview(interview=interview, by=user, at=at)
    handed_in = Scorecard.objects.get(pk=card.pk)
    _tell("scorecard.submitted", handed_in, interview, by=user, at=at)
    return handed_in


@transaction.atomic
def amend_scorecard(
    *,
    scorecard: Scorecard,
    user: User,
    ratings: Mapping[int, Rated],
    overall: int | None,
    notes: str,
    why: str,
    at: datetime,
    seen_version: int | None = None,
) -> Scorecard:
    """A new version with its reason; the older ones stay readable. Whoever had read others' by then is marked so."""
    if scorecard.user_id != user.pk:
        raise Refused(_("Only whoever wrote a scorecard amends it."), "not_allowed")
    if not why.strip():
        raise Refused(_("Say why you amend it."), "invalid")
    seen = scorecard.version if seen_version is None else seen_version
    interview = Interview.objects.select_related("job", "application").get(pk=scorecard.interview_id)
    rated = set(Rating.objects.filter(version__scorecard=scorecard).values_list("attribute", flat=True))
    _check(attributes_for(interview, rated), ratings, overall, notes)
    claimed = Scorecard.objects.filter(pk=scorecard.pk, version=seen, version__gte=1).update(
        version=seen + 1, overall=overall, draft={}, changed_at=at
    )
    if not claimed:
        raise Refused(_("This scorecard changed while you were looking. Nothing was changed."), "moved")
    amended = Scorecard.objects.get(pk=scorecard.pk)
    version = _write_version(amended, amended.version, ratings, overall, notes, by=user, at=at)
    version.why, version.is_after_reading = why.strip()[:300], amended.read_others_at is not None
    version.save(update_fields=["why", "is_after_reading"])
    _tell("scorecard.amended", amended, interview, by=user, at=at)
    return amended


def note_reading(*, user: User, shown: Sequence[Scorecard], at: datetime) -> None:
    """Somebody was shown others' scorecards: what they amend of their own from now on says so. First time counts."""
    others = {card.application_id for card in shown if card.user_id != user.pk}
    if others:
        mine = Scorecard.objects.filter(user=user, application__in=others, version__gte=1, read_others_at=None)
        mine.update(read_others_at=at)


def attributes_for(interview: Interview, rated: set[int]) -> list[Attribute]:
    """What this scorecard asks about: today's attributes, and retired ones that it has rated already."""
    today = attributes_of(interview.job)
    known = {attribute.pk for attribute in today}
    return today + list(Attribute.objects.filter(pk__in=rated - known)) if rated - known else today


def _seat_of(interview: Interview, user: User) -> Interviewer:
    seat = Interviewer.objects.filter(interview=interview, user=user).first()
    if seat is None:
        raise Refused(_("You do not ask in this interview."), "not_yours")
    if interview.state not in ASSESSED:
        said = _("There is nothing to assess in this interview: %(state)s.")
        raise Refused(said % {"state": interview.get_state_display()}, "not_allowed")
    return seat


def _check(attributes: Sequence[Attribute], ratings: Mapping[int, Rated], overall: int | None, notes: str) -> None:
    """Complete: every attribute answered, a note where one is asked for, a recommendation and its reasons."""
    open_ones = [each for each in attributes if each.pk not in ratings]
    if open_ones:
        said = ngettext(
            "%(n)s attribute is still open: %(name)s.",
            "%(n)s attributes are still open, the first is %(name)s.",
            len(open_ones),
        )
        raise Refused(said % {"n": len(open_ones), "name": open_ones[0]}, "invalid")
    for each in attributes:
        rated = ratings[each.pk]
        if rated.score is not None and rated.score not in SCORES:
            raise Refused(_("The scale goes from 1 to 4."), "invalid")
        if each.needs_note and rated.score is not None and not rated.note.strip():
            raise Refused(_("Write what you saw: %(name)s needs a note.") % {"name": each}, "invalid")
    if overall not in Overall.values:
        raise Refused(_("Say what you recommend."), "invalid")
    if not notes.strip():
        raise Refused(_("Write why you recommend it."), "invalid")


def _write_version(
    card: Scorecard,
    number: int,
    ratings: Mapping[int, Rated],
    overall: int | None,
    notes: str,
    *,
    by: User,
    at: datetime,
) -> ScorecardVersion:
    version = ScorecardVersion.objects.create(
        scorecard=card, number=number, overall=overall or 0, notes=notes.strip(), at=at, by=by
    )
    Rating.objects.bulk_create(
        Rating(version=version, attribute_id=pk, score=rated.score, note=rated.note.strip())
        for pk, rated in ratings.items()
    )
    return version


def _tell(verb: str, card: Scorecard, interview: Interview, *, by: User, at: datetime) -> None:
    """That it is in, never what it says."""
    record(
        verb,
        card,
        by=by,
        at=at,
        person=interview.application.candidate_id,
        job=interview.job_id,
        data={"interview": interview.pk, "application": interview.application_id, "version": card.version},
    )


__all__ = [
    "Rated",
    "amend_scorecard",
    "attributes_for",
    "note_reading",
    "save_draft",
    "scorecards_visible_to",
    "submit_scorecard",
]
