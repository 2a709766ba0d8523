"""What the candidate is written about an interview, in the language they write in: proposed, changed, then approved."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import pgettext

from funnel.interviews.inviting import language_of
from funnel.interviews.sayings import when
from funnel.interviews.terms import Terms
from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import ContactKind, ContactPoint
from recruiting.candidates.models.contact_points import REACHABLE
from recruiting.core.days import organisation_zone

LABELS = {"en": ("When: ", "Where: ", "Link: ", "With: "), "ja": ("日時：", "場所：", "URL：", "面接担当：")}


@dataclass(frozen=True)
class Proposed:
    """A letter as it is proposed; `facts` are its lines of when, where and who, so that new terms can replace them."""

    subject: str
    text: str
    facts: str


def propose(kind: str, application: Application, terms: Terms, sender: User) -> Proposed:
    """`kind` is interview, interview_changed or interview_cancelled. The candidate's zone is the organisation's."""
    person = application.candidate
    language = language_of(person)
    facts = facts_of(terms, organisation_zone(), language)
    with translation.override(language):
        words = {
            "name": person.name,
            "family_name": person.family_name or person.name,
            "given_name": person.given_name or person.name,
            "job": application.job.title,
            "company": settings.COMPANY_NAME,
            "sender": sender.name,
            "facts": facts,
        }
        written = render_to_string(f"letters/{kind}.{language}.txt", words).strip()
    subject, _rule, text = written.partition("\n\n")
    return Proposed(subject.strip(), text.strip(), facts)


def facts_of(terms: Terms, zone: ZoneInfo, language: str) -> str:
    """The lines that have to be true: when, where or by which link, and whom they meet."""
    with translation.override(language):
        names = pgettext("between items", ", ").join(user.name for user in terms.interviewers)
    said = (when(terms.starts_at, terms.ends_at, zone, language), terms.place.strip(), terms.video_url.strip(), names)
    return "\n".join(f"{label}{value}" for label, value in zip(LABELS[language], said, strict=True) if value)


def brought_up_to_date(text: str, was: str, proposed: Proposed) -> str:
    """What somebody typed, with the new when and where in place of the old; the proposal where they stand nowhere."""
    typed = text.replace("\r\n", "\n")
    was = was.replace("\r\n", "\n")
    return typed.replace(was, proposed.facts) if was and was in typed else proposed.text


def addresses_of(application: Application) -> list[ContactPoint]:
    """Where a letter may go: usable e-mail addresses, the preferred first; none where nobody may write to them."""
    person = application.candidate
    if person.do_not_contact_at or person.objected_at or person.erased_at:
        return []
    points = ContactPoint.objects.filter(candidate=person, kind=ContactKind.EMAIL, state__in=REACHABLE)
    return list(points.order_by("-is_preferred", "pk"))
