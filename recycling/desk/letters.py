"""The text that asks somebody to come back, in the language they write in: to copy, to change, to send by hand."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from recruiting.accounts.models import User
from recruiting.candidates.models import ContactKind, ContactPoint, Source
from recycling.models import Proposal


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str

    def mailto(self, address: str) -> str:
        """The link that opens it in the reader's mail program."""
        body = self.text.replace("\n", "\r\n")
        return f"mailto:{quote(address, safe='@+.')}?subject={quote(self.subject)}&body={quote(body)}"


def ask_back(card: Proposal, sender: User, agency: Source | None = None) -> Letter:
    """Addressed to the person, or to the agency that owns the introduction. The internal reason is never in it."""
    person = card.candidate
    language = "ja" if person.language.startswith("ja") else "en"
    owner = agency.agency if agency else None
    name = "ask_agency" if owner else "ask_back"
    terms = {
        "name": person.name,
        "family_name": person.family_name or person.name,
        "given_name": person.given_name or person.name,
        "job": card.job.title,
        "company": settings.COMPANY_NAME,
        "sender": sender.name,
        "agency": owner.name if owner else "",
        "contact": (owner.contact_name or owner.name) if owner else "",
    }
    with translation.override(language):
        written = render_to_string(f"letters/{name}.{language}.txt", terms).strip()
    subject, _rule, text = written.partition("\n\n")
    return Letter(subject.strip(), text.strip())


def address_of(card: Proposal, agency: Source | None) -> str:
    """Where the letter goes: the agency's address, else the person's own; empty where there is none."""
    if agency and agency.agency:
        return agency.agency.contact_email
    point = card.entry.contact_point
    if point is not None and point.kind == ContactKind.EMAIL:
        return point.value
    emails = ContactPoint.objects.filter(
        candidate=card.candidate_id, kind=ContactKind.EMAIL, state__in=["usable", "unchecked"]
    )
    first = emails.first()
    return first.value if first else ""
