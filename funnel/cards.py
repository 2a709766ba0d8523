"""A card as the board draws it: everything in words, so that the template only places it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funnel import ageing
from funnel.models import Outcome
from recruiting.candidates.models.people import FAMILY_NAME_FIRST
from recruiting.candidates.models.sources import Channel
from recruiting.core import glyphs, words
from recruiting.core.days import day_of

# One flat row per card: no model instances, no further look-ups.
COLUMNS = (
    *("pk", "version", "step_id", "outcome", "hold_until", "step_since", "next_action", "next_action_on"),
    *("cycle", "previous_id", "return_why", "candidate__public_id"),
    *("candidate__family_name", "candidate__given_name", "candidate__name_lang", "candidate__employer"),
    *("source__channel", "source__agency__name"),
    *("owner__family_name", "owner__given_name", "owner__name_lang"),
)
# The first word that occurs in the next action says which icon stands before it.
GLYPHS = (
    (("mail", "write", "メール"), "mail"),
    (("call", "phone", "電話"), "phone"),
    (("interview", "meet", "time", "final", "面接", "面談", "日程"), "calendar"),
    (("reply", "feedback", "answer", "返信", "連絡"), "message-square"),
    (("debrief", "reference", "team"), "users-round"),
    (("cv", "read", "decide", "decision", "approval", "offer", "書類", "判断", "承認"), "file-text"),
)
NOBODY = str(UUID(int=0))  # stands for the person in an address that is built once a page
CHANNELS = {channel.value: channel for channel in Channel}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, when, in which language. Managers and interviewers see of other cycles only that there was one."""

    now: datetime
    today: date
    language: str
    sees_everybody: bool
    person_url: str  # with NOBODY for the person's public key
    may_move: bool
    menu: str  # what the card's menu is called, with %(name)s
    back: str  # what is said of whoever came back where the reason is not for this reader
    eddy: SafeString


class AtGate(NamedTuple):
    """How a card stands at a gate: offered to somebody until then, or back with what was not met."""

    is_back: bool
    who: str  # who is asked, or who returned it
    initials: str
    lang: str
    due_at: datetime | None
    failed: str


class Card(NamedTuple):
    """What _cards.html unpacks, in this order: flat values without look-ups, which is what makes a card cheap."""

    pk: int
    version: int
    step: int | None
    classes: str
    age: int
    days: str
    tide: int
    name: str
    lang: str
    url: str
    employer: str
    came_by: str
    glyph: SafeString
    action: str
    due: str
    look: str
    owner: str
    owner_lang: str
    cycle: int
    why: str
    eddy: SafeString
    menu: str


def glyph_of(action: str) -> str:
    """The icon of a next action, from its words; a plain dot where none is known."""
    said = action.lower()
    return next((glyph for known, glyph in GLYPHS if any(word in said for word in known)), "circle-dot")


def card(row: tuple[Any, ...], limit: int, reader: Reader, gate: AtGate | None = None) -> Card:
    """A row of COLUMNS as a card. `limit` is its column's days; `gate` how it stands at a gate, if it does."""
    (pk, version, step, outcome, hold_until, since, action, due_on, cycle, previous, return_why, person, *rest) = row
    family, given, lang, employer, channel, agency, owner_family, owner_given, owner_lang = rest
    name = _ordered(family, given, lang)
    days = ageing.whole_days(since, reader.now)
    is_held = outcome == Outcome.ON_HOLD
    shown = words.initials(owner_family or "", owner_given or "", owner_lang or "en") if owner_lang else ""
    look, glyph, said, due = _next(is_held, hold_until, action, due_on, reader)
    if gate and not is_held:
        look, glyph, said, due = _at_gate(gate, reader)
        shown, owner_lang = (shown, owner_lang) if gate.is_back else (gate.initials, gate.lang)
    return Card(
        pk=pk,
        version=version,
        step=step,
        classes=f"{' is-back' if previous else ''}{' is-gate' if gate and not gate.is_back else ''}",
        age=1 if is_held else ageing.age(days, limit),
        days=words.days(days, reader.language),
        tide=ageing.tide(days, limit),
        name=name,
        lang=lang,
        url=reader.person_url.replace(NOBODY, str(person)),
        employer=employer,
        came_by=agency or (str(CHANNELS[channel].label) if channel in CHANNELS else ""),
        glyph=mark_safe(glyphs.svg(glyph, "s")),  # noqa: S308 - drawn from our own files
        action=said,
        due=due,
        look=look,
        owner=shown,
        owner_lang=owner_lang or "en",
        cycle=cycle if previous else 0,
        why=(return_why if reader.sees_everybody else "") or reader.back,
        eddy=reader.eddy,
        menu=reader.menu % {"name": name} if reader.may_move else "",
    )


def _ordered(family: str, given: str, lang: str) -> str:
    """Candidate.name, from the row's own columns."""
    parts = (family, given) if lang in FAMILY_NAME_FIRST else (given, family)
    return " ".join(part for part in parts if part)


def _next(
    is_held: bool, hold_until: date | None, action: str, due_on: date | None, reader: Reader
) -> tuple[str, str, str, str]:
    """What stands on the line of the next action: how it looks, its icon, its words, its day."""
    if is_held:
        until = words.short_day(hold_until, reader.today, reader.language) if hold_until else ""
        return "", "pause", _("On hold"), _("to %(day)s") % {"day": until}
    if not action:
        return " is-none", "circle-dashed", _("No next action"), ""
    due = words.short_day(due_on, reader.today, reader.language) if due_on else ""
    return (" is-late" if due_on and due_on < reader.today else ""), glyph_of(action), action, due


def _at_gate(gate: AtGate, reader: Reader) -> tuple[str, str, str, str]:
    """The same line while somebody is asked, and while the card is back: who, until when, and what was not met."""
    is_late = gate.due_at is not None and gate.due_at < reader.now
    look = " is-late" if is_late else " is-returned" if gate.is_back else " is-gate"
    if gate.is_back:
        said = _("Returned: %(failed)s") % {"failed": gate.failed} if gate.failed else pgettext("handoff", "Returned")
        return look, "undo-2", said, _due(gate.due_at, reader) if is_late else ""
    return look, "gate", gate.who, _due(gate.due_at, reader)


def _due(at: datetime | None, reader: Reader) -> str:
    """Short, for a card: today's hour, the day, or how late it is."""
    if at is None:
        return ""
    due, now = timezone.localtime(at), timezone.localtime(reader.now)
    if due < now:
        return words.due(due, now, reader.language)
    return f"{due:%H:%M}" if due.date() == now.date() else words.short_day(due.date(), now.date(), reader.language)


def reader_for(user: Any, at: datetime, language: str, person_url: str) -> Reader:
    return Reader(
        now=at,
        today=day_of(at),
        language=language,
        sees_everybody=user.sees_everybody,
        person_url=person_url,
        may_move=user.has_perm("funnel.move_application"),
        menu=_("Move or change %(name)s"),
        back=_("came back"),
        eddy=mark_safe(glyphs.svg("eddy", "s", _("came back, cycle"))),  # noqa: S308
    )
