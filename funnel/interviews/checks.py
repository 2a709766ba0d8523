"""What may be planned, and what somebody should know before they plan it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from funnel.interviews.sayings import span
from funnel.interviews.terms import Letter, Terms
from funnel.models import Application, Interview, Interviewer, InterviewState
from recruiting.accounts.hours import hours_of_all
from recruiting.accounts.models import User
from recruiting.candidates.models import ContactKind
from recruiting.candidates.models.contact_points import REACHABLE
from recruiting.core.refused import Refused

SHORTEST, LONGEST = 5, 600
ASKS = "funnel.write_scorecard"


def check_terms(application: Application, terms: Terms, *, at: datetime, took_place: bool) -> None:
    """Refused with the first thing that cannot be."""
    name = application.candidate.name
    if not application.is_live:
        raise Refused(_("%(name)s is no longer in this funnel. Nothing can be planned.") % {"name": name}, "not_live")
    if not SHORTEST <= terms.minutes <= LONGEST:
        said = _("An interview lasts %(least)s to %(most)s minutes.")
        raise Refused(said % {"least": SHORTEST, "most": LONGEST}, "invalid")
    if terms.starts_at < at and not took_place:
        raise Refused(_("That is in the past. Say that it already took place, or choose a time to come."), "past")
    if took_place and terms.starts_at > at:
        raise Refused(_("That is still to come: it cannot have taken place."), "invalid")
    if terms.video_url and not is_https(terms.video_url):
        raise Refused(_("A video link begins with https:// and names a site."), "invalid")
    _check_interviewers(terms.interviewers)
    if terms.letter is not None:
        check_letter(application, terms.letter)


def is_https(address: str) -> bool:
    """An address that no browser takes for anything but a page of a site."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and not any(mark.isspace() for mark in address)
    except ValueError:
        return False


def _check_interviewers(users: Sequence[User]) -> None:
    if not users:
        raise Refused(_("Say who asks: at least one interviewer."), "invalid")
    for user in users:
        if not user.is_active:
            raise Refused(_("%(name)s no longer works here.") % {"name": user.name}, "inactive")
        if not user.has_perm(ASKS):
            raise Refused(_("The role of %(name)s does not interview.") % {"name": user.name}, "not_allowed")


def check_letter(application: Application, letter: Letter) -> None:
    """A letter goes to a usable address of this person, who may be written to, and says something."""
    person = application.candidate
    if person.do_not_contact_at or person.objected_at or person.erased_at:
        raise Refused(_("%(name)s may not be written to.") % {"name": person.name}, "blocked")
    point = letter.to
    if point.candidate_id != person.pk or point.kind != ContactKind.EMAIL or point.state not in REACHABLE:
        raise Refused(_("No letter can be sent to this address of %(name)s.") % {"name": person.name}, "no_address")
    if not letter.subject.strip() or not letter.text.strip():
        raise Refused(_("A letter needs a subject and a text."), "invalid")


def worth_knowing(application: Application, terms: Terms, *, zone: ZoneInfo, but: Interview | None = None) -> list[str]:
    """Sentences about who is double booked or away. Nothing of it is refused: whoever plans knows better.

    They say when, never with whom: the other interview may be of a job that the planner does not see.
    """
    said = _("%(name)s already has an interview then: %(time)s.")
    then = _at_that_time(terms, but)
    booked = Interviewer.objects.filter(user__in=terms.interviewers, interview__in=then)
    meetings = [(row.user.name, row.interview) for row in booked.select_related("user", "interview").order_by("pk")]
    name = application.candidate.name
    meetings += [(name, other) for other in then.filter(application__candidate=application.candidate_id)]
    found = [said % {"name": who, "time": span(other.starts_at, other.ends_at, zone)} for who, other in meetings]
    hours = hours_of_all(terms.interviewers, terms.starts_at)
    away = [
        user
        for user in terms.interviewers
        if not hours[user.pk].works_on(terms.starts_at.astimezone(hours[user.pk].zone).date())
    ]
    return found + [_("%(name)s does not work on that day.") % {"name": user.name} for user in away]


def _at_that_time(terms: Terms, but: Interview | None) -> QuerySet[Interview]:
    """Planned interviews that overlap (interviews_planned)."""
    planned = Interview.objects.filter(state=InterviewState.PLANNED, starts_at__lt=terms.ends_at)
    planned = planned.filter(ends_at__gt=terms.starts_at)
    return planned.exclude(pk=but.pk) if but is not None else planned
