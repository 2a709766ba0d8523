"""One handoff as somebody reads it: its clock, its checklist with evidence, and what lies with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funnel.handoffs.clocks import MINUTES_OF_AN_HOUR
from funnel.handoffs.packet import met_by, text_of
from funnel.handoffs.settling import because
from funnel.models import Application, Handoff, HandoffState
from recruiting.accounts.calendars import minutes_between
from recruiting.accounts.hours import hours_of
from recruiting.accounts.models import User
from recruiting.candidates.models import Document
from recruiting.core import words
from recruiting.jobs.models import Job, Weight
from recruiting.jobs.stages import Stage

YES, NO = "yes", "no"
SEES_PAY = "candidates.view_pay"
CALM, LATE, PAUSED = "calm", "late", "paused"  # and "warn"


@dataclass(frozen=True)
class Clock:
    """Due when, how it stands, and how much is left of it in working minutes of whoever has to act."""

    due_at: datetime
    tone: str
    left: int
    whole: int

    @property
    def is_late(self) -> bool:
        return self.tone == LATE

    @property
    def gone(self) -> int:
        return min(self.whole, max(0, self.whole - self.left))

    @property
    def share(self) -> int:
        """Hundredths of the meter that are full; a missed clock is full."""
        return 100 if self.is_late or not self.whole else self.gone * 100 // self.whole


@dataclass(frozen=True)
class Line:
    """One criterion as it was offered. `is_met` is the sender's word; `check` what the reader found: yes, no or ""."""

    key: str
    text: str
    weight: str
    is_met: bool | None
    said: str = ""
    document: Document | None = None
    check: str = ""

    @property
    def is_must(self) -> bool:
        return self.weight == Weight.MUST

    @property
    def weight_label(self) -> str:
        return str(Weight(self.weight).label)


@dataclass(frozen=True)
class Met:
    name: str
    what: str
    on: date | None


@dataclass(frozen=True)
class Packet:
    """What was frozen when the card was offered."""

    summary: str
    expectations: str
    open_questions: str
    why_now: str
    rechecked: str
    lines: tuple[Line, ...]
    met: tuple[Met, ...]
    documents: tuple[Document, ...] = field(default_factory=tuple)

    @property
    def musts_met(self) -> int:
        return sum(line.check == YES for line in self.lines)

    @property
    def crossed(self) -> Line | None:
        """The criterion a return would name: a must before the others, in the order of the list."""
        crossed = [line for line in self.lines if line.check == NO]
        return next((line for line in crossed if line.is_must), crossed[0] if crossed else None)


def border_of(handoff: Handoff) -> str:
    """Screening → Interview."""
    return f"{Stage(handoff.from_stage).label} → {Stage(handoff.to_stage).label}"


def due_of(handoff: Handoff) -> tuple[datetime, datetime]:
    """(warn, miss) of the clock that runs: the receiver's, or after a return the sender's."""
    if handoff.state == HandoffState.RETURNED and handoff.back_miss_at:
        return handoff.back_warn_at or handoff.back_miss_at, handoff.back_miss_at
    return handoff.warn_at, handoff.miss_at


def is_running(handoff: Handoff) -> bool:
    """Somebody has to act: the receiver, or after a return the sender."""
    is_back = handoff.state == HandoffState.RETURNED and handoff.settled_at is None
    return is_back or handoff.state == HandoffState.OFFERED


def tone_of(handoff: Handoff, at: datetime) -> str:
    return PAUSED if handoff.paused_at else words.due_tone(*due_of(handoff), at) or CALM


def clock_of(handoff: Handoff, at: datetime) -> Clock:
    """The clock that runs, for a meter: two queries for the working hours of whoever has to act."""
    is_back = handoff.state == HandoffState.RETURNED
    due_at, now = due_of(handoff)[1], handoff.paused_at or at
    hours = hours_of(handoff.from_user if is_back else handoff.to_user, now)
    whole = handoff.packet.get("clock", {}).get("miss", 0) * MINUTES_OF_AN_HOUR
    return Clock(due_at, tone_of(handoff, at), minutes_between(hours, now, due_at), whole)


def packet_of(handoff: Handoff, checks: Mapping[str, str], reader: User) -> Packet:
    """The frozen packet with what the reader has checked so far; the files that are still there in one query.

    What was noted about pay is for those who see pay, and why somebody is here again for those who see where from.
    """
    packet = handoff.packet
    criteria = [_as_read(each, reader) for each in packet.get("criteria", [])]
    named = [each.get("evidence", {}).get("document") for each in criteria] + [packet.get("cv")]
    files = _files(handoff, named)
    cv = files.get(packet.get("cv") or 0)
    return Packet(
        summary=packet.get("summary", ""),
        expectations=packet.get("expectations", ""),
        open_questions=packet.get("open_questions", ""),
        why_now=packet.get("why_now", "") if sees_where_from(handoff.application, reader) else "",
        rechecked=packet.get("rechecked", ""),
        lines=tuple(_line(each, files, checks) for each in criteria),
        met=tuple(
            Met(each.get("name", ""), met_by(each.get("what", "")), _day(each.get("on")))
            for each in packet.get("met", [])
        ),
        documents=tuple(dict.fromkeys(([cv] if cv else []) + [file for file in files.values() if file != cv])),
    )


def checks_of(handoff: Handoff, given: Mapping[str, Any]) -> dict[str, str]:
    """What a form says of each criterion: yes or no; what nobody touched is left out."""
    keys = [str(each["key"]) for each in handoff.packet.get("criteria", [])]
    return {key: given[f"check-{key}"] for key in keys if given.get(f"check-{key}") in (YES, NO)}


def as_kept(checks: Mapping[str, str]) -> dict[str, bool]:
    """The words of the form as a handoff keeps them."""
    return {key: found == YES for key, found in checks.items()}


def kept_checks(handoff: Handoff) -> dict[str, str]:
    """What the receiver found when they answered, in the words of the form."""
    return {key: YES if is_met else NO for key, is_met in handoff.checks.items()}


def answered_words(handoff: Handoff, at: datetime) -> str:
    """Who answered it and when, in one sentence; empty while it waits."""
    if handoff.answered_at is None:
        return ""
    terms = {
        "who": handoff.answered_by.name if handoff.answered_by else _("Kanryu"),
        "ago": words.since_then(
            timezone.localtime(handoff.answered_at), timezone.localtime(at), get_language() or "en"
        ),
    }
    if handoff.is_at_once:
        return _("%(who)s stood on both sides: accepted at once, %(ago)s.") % terms
    sentences = {
        HandoffState.ACCEPTED: _("%(who)s accepted it %(ago)s."),
        HandoffState.RETURNED: _("%(who)s returned it %(ago)s."),
        HandoffState.DECIDED: _("%(who)s let them go %(ago)s."),
        HandoffState.WITHDRAWN: _("%(who)s withdrew it %(ago)s."),
    }
    return sentences[HandoffState(handoff.state)] % terms


def why_words(handoff: Handoff) -> str:
    """The sentence given with the answer. A withdrawal that nobody wrote says its cause; why somebody was let go is
    the exit's to say, to whoever may read it."""
    if handoff.state == HandoffState.DECIDED:
        return ""
    return because(handoff.why) if handoff.state == HandoffState.WITHDRAWN else handoff.why


def earlier_words(handoff: Handoff, user: User) -> str:
    """That there was a cycle before this one, and when; in which job only for whoever sees that job."""
    previous = handoff.application.previous
    if previous is None:
        return ""
    ended = previous.ended_at or previous.stage_since
    if ended is None:
        return _("Here before.")
    day = words.full_day(timezone.localtime(ended).date(), get_language() or "en")
    if sees_where_from(handoff.application, user):
        return _("Here before, until %(day)s: %(job)s.") % {"day": day, "job": previous.job}
    return _("Here before, until %(day)s.") % {"day": day}


def sees_where_from(application: Application, reader: User) -> bool:
    """Whether somebody may read what the person left for and why they are here again, not only that they are."""
    previous = application.previous
    if reader.sees_everybody or previous is None:
        return reader.sees_everybody
    return Job.objects.visible_to(reader).filter(pk=previous.job_id).exists()


def _as_read(criterion: Mapping[str, Any], reader: User) -> Mapping[str, Any]:
    """One frozen criterion without the evidence that is not for this reader."""
    if not criterion.get("is_about_pay") or reader.has_perm(SEES_PAY):
        return criterion
    return {**criterion, "evidence": {}}


def _line(criterion: Mapping[str, Any], files: Mapping[int, Document], checks: Mapping[str, str]) -> Line:
    evidence = criterion.get("evidence") or {}
    return Line(
        key=str(criterion["key"]),
        text=text_of(criterion),
        weight=criterion.get("weight", Weight.MUST),
        is_met=criterion.get("is_met"),
        said=evidence.get("said", ""),
        document=files.get(evidence.get("document") or 0),
        check=checks.get(str(criterion["key"]), ""),
    )


def _files(handoff: Handoff, keys: Iterable[int | None]) -> dict[int, Document]:
    """Only files of this very person: a packet never opens somebody else's."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    candidate = handoff.application.candidate_id
    return {each.pk: each for each in Document.objects.filter(pk__in=wanted, candidate=candidate, removed_at=None)}


def _day(text: str | None) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None
