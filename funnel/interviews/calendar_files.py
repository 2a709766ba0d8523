"""Calendar files (RFC 5545 and 5546): one person's invitation, its change and its cancellation. Pure.

The identity of an interview in a calendar is its UID and SEQUENCE; a candidate's copy has a UID of its own, because it
says other things than an interviewer's. No file holds scores, pay or the note for the interviewers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
REMINDS_BEFORE = timedelta(minutes=15)
A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Who:
    """Somebody in a calendar file."""

    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """One reader's copy of one interview; words are in their language, `zone` is theirs."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    summary: str
    organizer: Who
    attendees: Sequence[Who] = field(default_factory=tuple)
    description: str = ""
    location: str = ""
    url: str = ""
    reminder: str = ""  # what the alarm says


def calendar_file(entry: Entry, *, method: str, at: datetime) -> str:
    """The whole file, folded at 75 octets with CRLF, as RFC 5545 wants it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kanryu//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone(entry))
    calendar.add_component(_event(entry, method, at))
    written: bytes = calendar.to_ical()
    return written.decode()


def _zone(entry: Entry) -> Timezone:
    """The rules of the reader's zone around the interview, so that no calendar has to know it by name."""
    first, last = entry.starts_at - A_YEAR, entry.ends_at + A_YEAR
    return Timezone.from_tzid(entry.zone.key, first_date=first.date(), last_date=last.date())


def _event(entry: Entry, method: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", entry.starts_at.astimezone(entry.zone))
    event.add("dtend", entry.ends_at.astimezone(entry.zone))
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    for name in ("description", "location", "url"):
        if getattr(entry, name):
            event.add(name, getattr(entry, name))
    event.add("organizer", _address(entry.organizer))
    if method != PUBLISH:
        for who in entry.attendees:
            event.add("attendee", _invited(who, method))
    if method != CANCEL and entry.reminder:
        event.add_component(_alarm(entry))
    return event


def _address(who: Who) -> vCalAddress:
    address = vCalAddress(f"mailto:{who.email}")
    address.params["CN"] = vText(who.name)
    return address


def _invited(who: Who, method: str) -> vCalAddress:
    address = _address(who)
    terms = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION"}
    if method == REQUEST:
        terms["RSVP"] = "TRUE"
    for name, value in terms.items():
        address.params[name] = vText(value)
    return address


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.reminder)
    alarm.add("trigger", -REMINDS_BEFORE)
    return alarm
