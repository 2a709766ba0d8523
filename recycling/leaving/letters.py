"""A text for the person, in the language they write in: to copy, to change, and to send by hand."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from funnel.models import Application
from recruiting.accounts.models import User
from recycling.models import ExitReason
from recycling.models.exits import ReasonClass, Side

WITHDRAWN = "consent.withdrawn"
BY_POOL = {"capacity": "capacity", "terms": "terms"}


def letter_for(application: Application, reason: ExitReason, side: str, sender: User) -> str:
    """The letter of a reason; the internal reason itself is never in it. Administrative ends have none."""
    name = _name_of(reason, side)
    if not name:
        return ""
    candidate = application.candidate
    language = "ja" if candidate.language.startswith("ja") else "en"
    words = {
        "name": candidate.name,
        "family_name": candidate.family_name or candidate.name,
        "given_name": candidate.given_name or candidate.name,
        "job": application.job.title,
        "company": settings.COMPANY_NAME,
        "sender": sender.name,
    }
    return render_to_string(f"letters/{name}.{language}.txt", words).strip()


def _name_of(reason: ExitReason, side: str) -> str:
    if reason.key == WITHDRAWN:
        return "no_contact"
    if reason.klass == ReasonClass.ADMINISTRATIVE:
        return ""
    pool = reason.pool.key if reason.pool else ""
    if reason.key == "decision.approval":
        return "capacity"
    if pool in BY_POOL:
        return BY_POOL[pool]
    return "thank_you" if side == Side.THEY else "not_this_time"
