"""People as a CSV file: written row by row, opened by any spreadsheet, and never a formula."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import ContactPoint, Source, Tag
from recruiting.candidates.models.contact_points import REACHABLE, ContactKind
from recruiting.candidates.models.people import CandidateQuerySet
from recruiting.core.events import record
from recruiting.core.sheets import sheet
from recycling.models import PoolEntry
from recycling.people_list import STAYS

CHUNK = 1_000


@transaction.atomic
def export_people(*, asked_for: dict[str, str], by: User, at: datetime) -> None:
    """Write down who took people out of the house, and which; the rows follow as they are read."""
    record("people.exported", by, by=by, at=at, data={"asked_for": asked_for})


def rows_of(people: CandidateQuerySet, *, user: User) -> Iterator[str]:
    """The lines of the file. Pay is there only for who may see it."""
    with_pay = user.has_perm("candidates.view_pay")
    head = [
        _("Family name"), _("Given name"), _("Kana"), _("E-mail"), _("Phone"), _("Lives in"), _("Employer"),
        _("Title"), _("Stage"), _("Job"), _("Pool"), _("Tags"), _("Source"), _("Keeps the contact"),
        _("Available from"), _("Use until"), _("Record"),
    ]  # fmt: skip
    head += [_("Pay floor"), _("Currency")] if with_pay else []
    return sheet(head, (_cells(person, with_pay) for person in _loaded(people).iterator(chunk_size=CHUNK)))


def _loaded(people: CandidateQuerySet) -> CandidateQuerySet:
    return people.select_related("owner").prefetch_related(
        Prefetch("contact_points", ContactPoint.objects.filter(state__in=REACHABLE)),
        Prefetch("applications", Application.objects.live().select_related("job"), to_attr="live_now"),
        Prefetch("pool_entries", PoolEntry.objects.filter(state__in=STAYS).select_related("pool"), to_attr="resting"),
        Prefetch("tags", Tag.objects.order_by("name")),
        Prefetch("sources", Source.objects.select_related("agency").order_by("came_on", "pk")),
    )


def _cells(person: Any, with_pay: bool) -> list[Any]:
    points = list(person.contact_points.all())
    cells = [
        person.family_name,
        person.given_name,
        person.kana,
        next((point.value for point in points if point.kind == ContactKind.EMAIL), ""),
        next((point.value for point in points if point.kind == ContactKind.PHONE), ""),
        person.location,
        person.employer,
        person.title,
        " · ".join(str(application.get_stage_display()) for application in person.live_now),
        " · ".join(application.job.title for application in person.live_now),
        " · ".join(str(entry.pool) for entry in person.resting),
        " · ".join(tag.name for tag in person.tags.all()),
        next((str(source) for source in person.sources.all()), ""),
        person.owner.name if person.owner else "",
        person.available_on or "",
        person.use_until or "",
        person.public_id,
    ]
    return cells + ([person.pay_floor or "", person.pay_currency] if with_pay else [])
