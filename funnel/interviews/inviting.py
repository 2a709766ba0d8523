"""Who is told of an interview by mail, with a calendar file: the interviewers, and the candidate by an approved letter.

A letter's key is the interview, its sequence and the person: run twice, it leaves once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from funnel.interviews import calendar_files
from funnel.interviews.calendar_files import CANCEL, PUBLISH, REQUEST, Entry, Who
from funnel.interviews.sayings import when
from funnel.interviews.terms import Letter
from funnel.models import Interview
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.contact.models import TouchKind
from recruiting.contact.services import record_touch
from recruiting.core.days import organisation_zone
from recruiting.notices.models import Mail
from recruiting.notices.services import post_mail, take_back_mails

UNDO_SHOWN = timedelta(seconds=15)  # the page offers Undo for ten


def invite(
    *, interview: Interview, users: Iterable[User], everybody: Sequence[User], at: datetime, what: str = "planned"
) -> None:
    """A new or changed invitation to each; `what` is planned, changed or reopened."""
    for user in users:
        _post(interview, user, everybody, REQUEST, what, at)


def call_off(*, interview: Interview, users: Iterable[User], at: datetime, what: str = "cancelled") -> None:
    """Take it out of their calendars: it is cancelled, or they no longer ask in it (`what` is removed).

    A cancellation leaves when it can no longer be a slip.
    """
    due_at = at + UNDO_SHOWN if what == "cancelled" else at
    for user in users:
        _post(interview, user, [user], CANCEL, what, at, due_at)


def keep_in_calendars(*, interview: Interview, sequence: int, users: Sequence[User], at: datetime) -> None:
    """It was called off by mistake: a cancellation that has not left yet never does; the others are invited again."""
    keys = {user.pk: letter_key(interview, sequence, CANCEL, user.pk) for user in users}
    kept = take_back_mails(keys=keys.values())
    told = [user for user in users if keys[user.pk] not in kept]
    invite(interview=interview, users=told, everybody=users, at=at, what="reopened")


def letter_key(interview: Interview, sequence: int, method: str, whom: object) -> str:
    return f"interview:{interview.pk}:{sequence}:{method}:{whom}"


def _post(
    interview: Interview,
    user: User,
    everybody: Sequence[User],
    method: str,
    what: str,
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    with translation.override(user.language):
        entry = entry_for(interview, user, everybody)
        words = {
            "what": what,
            "interview": interview,
            "when": when(interview.starts_at, interview.ends_at, entry.zone, user.language),
            "others": [other for other in everybody if other.pk != user.pk],
            "url": entry.url,
            "user": user,
            "language": user.language,
            "title": interview.heading,
            "company": settings.COMPANY_NAME,
            "preferences_url": settings.SITE_URL.rstrip("/") + reverse("notices:preferences"),
        }
        post_mail(
            key=letter_key(interview, interview.sequence, method, user.pk),
            to=user.email,
            user=user,
            person=interview.application.candidate_id,
            subject=render_to_string("funnel/interviews/mail_subject.txt", {**words, "summary": entry.summary}).strip(),
            text=render_to_string("funnel/interviews/mail.txt", words).strip() + "\n",
            html=render_to_string("funnel/interviews/mail.html", words),
            invitation=calendar_files.calendar_file(entry, method=method, at=at),
            invitation_method=method,
            at=at,
            due_at=due_at,
        )


def entry_for(interview: Interview, user: User, everybody: Sequence[User]) -> Entry:
    """An interviewer's copy, in the active language. What is written on the page stays there."""
    application = interview.application
    url = page_of(interview)
    terms = {"title": interview.heading, "name": application.candidate.name, "job": interview.job.title}
    return Entry(
        uid=f"{interview.uid}@{_house()}",
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        zone=ZoneInfo(user.time_zone),
        summary=_("%(title)s: %(name)s, %(job)s") % terms,
        organizer=organizer_of(interview),
        attendees=[Who(each.name, each.email) for each in everybody],
        description="\n".join(filter(None, [interview.video_url, _("Everything about it: %(url)s") % {"url": url}])),
        location=interview.place or interview.video_url,
        url=url,
        reminder=interview.heading,
    )


def file_for(interview: Interview, user: User, at: datetime) -> str:
    """The file somebody takes from the page: their copy, without an answer asked for."""
    return calendar_files.calendar_file(entry_for(interview, user, []), method=PUBLISH, at=at)


# --- The candidate ----------------------------------------------------------------------------------------------------


def write_candidate(*, interview: Interview, letter: Letter, method: str, by: User, at: datetime) -> None:
    """Send the approved text as it stands, with the calendar file, and record it as contact."""
    person = interview.application.candidate
    post_mail(
        key=letter_key(interview, interview.sequence, method, f"candidate:{person.pk}"),
        to=letter.to.value,
        person=person.pk,
        subject=letter.subject,
        text=letter.text.strip() + "\n",
        headers={"Reply-To": by.email},
        invitation=calendar_files.calendar_file(_guest_entry(interview, letter), method=method, at=at),
        invitation_method=method,
        at=at,
    )
    record_touch(
        candidate=person,
        kind=TouchKind.MAIL,
        by=by,
        at=at,
        subject=letter.subject[:200],
        text=letter.text,
        contact_point=letter.to,
    )


def was_told(interview: Interview) -> bool:
    """Whether the person was written that it is cancelled: then only a new interview says something else."""
    key = letter_key(interview, interview.sequence, CANCEL, f"candidate:{interview.application.candidate_id}")
    return Mail.objects.filter(key=key).exists()


def _guest_entry(interview: Interview, letter: Letter) -> Entry:
    """The candidate's copy: what, when and where; nothing of the house."""
    person = interview.application.candidate
    with translation.override(language_of(person)):
        summary = _("Interview: %(job)s, %(company)s") % {
            "job": interview.job.title,
            "company": settings.COMPANY_NAME,
        }
    return Entry(
        uid=f"{interview.uid}-guest@{_house()}",
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        zone=organisation_zone(),
        summary=summary,
        organizer=organizer_of(interview),
        attendees=[Who(person.name, letter.to.value)],
        description=interview.video_url,
        location=interview.place or interview.video_url,
        url=interview.video_url,
        reminder=summary,
    )


def language_of(person: Candidate) -> str:
    return "ja" if person.language.startswith("ja") else "en"


# --- The house --------------------------------------------------------------------------------------------------------


def organizer_of(interview: Interview) -> Who:
    """Whoever planned it, for as long as it stands: calendars refuse changes by anybody else."""
    planner = interview.created_by
    if planner is None:
        return Who(settings.COMPANY_NAME, settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"))
    return Who(planner.name, planner.email)


def page_of(interview: Interview) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("funnel:interview", args=[interview.pk])


def _house() -> str:
    """The right side of a calendar's identity: ours, and stable."""
    return urlsplit(settings.SITE_URL).hostname or "kanryu"
