"""Where they came from, every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Agency, Candidate, Source
from recruiting.candidates.models.sources import Channel
from recruiting.candidates.services.tell import tell
from recruiting.core.days import plus_months
from recruiting.core.refused import Refused


@dataclass(frozen=True)
class SourceTerms:
    """One arrival, as it is told: the channel, the day, and who stands behind it."""

    channel: str
    came_on: date
    agency: Agency | None = None
    owned_until: date | None = None
    campaign: str = ""
    medium: str = ""
    referrer: User | None = None


@transaction.atomic
def add_source(
    *,
    candidate: Candidate,
    by: User | None,
    at: datetime,
    terms: SourceTerms | None = None,
    **columns: Any,
) -> Source:
    """The first one ever is the origin. An agency owns its introduction for a default period unless told otherwise."""
    terms = terms or SourceTerms(**columns)
    if terms.channel == Channel.AGENCY and terms.agency is None:
        raise Refused(_("Name the agency that introduced them."), code="invalid")
    owned_until = terms.owned_until
    if terms.agency is not None and owned_until is None:
        owned_until = plus_months(terms.came_on, settings.AGENCY_OWNS_MONTHS)
    source = Source.objects.create(
        candidate=candidate,
        channel=terms.channel,
        came_on=terms.came_on,
        agency=terms.agency,
        owned_until=owned_until,
        campaign=terms.campaign,
        medium=terms.medium,
        referrer=terms.referrer,
        is_origin=not Source.objects.filter(candidate=candidate, is_origin=True).exists(),
    )
    tell("source_added", candidate, by=by, at=at, data={"source": source.pk, "channel": source.channel})
    return source
