"""Who they are, in one query: the person, their first address and source, and how much there is to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from funnel.selectors import candidates_visible_to
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, ContactPoint, Document, Source
from recruiting.candidates.models.contact_points import REACHABLE
from recruiting.candidates.models.sources import Channel
from recruiting.core.days import today
from recycling.models import Proposal
from recycling.models.proposals import LIVE_PROPOSAL


@dataclass(frozen=True)
class Head:
    """The person with what their page says above everything else."""

    person: Any  # a Candidate with the columns of `people_with_head`
    source: str
    blocks: list[tuple[str, str]]  # tone, word
    works_here: bool
    starts_on: Any
    departed_on: Any


def people_with_head(user: User) -> QuerySet[Candidate]:
    """People this reader may see, each with the address, source and counts that the head shows."""
    theirs = OuterRef("pk")
    points = ContactPoint.objects.filter(candidate=theirs, state__in=REACHABLE).order_by("-is_preferred", "pk")
    origin = Source.objects.filter(candidate=theirs, is_origin=True)
    documents = Document.objects.filter(candidate=theirs, removed_at=None).order_by().values("candidate")
    live = Proposal.objects.filter(candidate=theirs, state__in=LIVE_PROPOSAL)
    return (
        candidates_visible_to(user)
        .select_related("owner")
        .annotate(
            email=Subquery(points.filter(kind="email").values("value")[:1]),
            phone=Subquery(points.filter(kind="phone").values("value")[:1]),
            origin_channel=Subquery(origin.values("channel")[:1]),
            origin_agency=Subquery(origin.values("agency__name")[:1]),
            documents_count=Subquery(documents.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
            proposed_state=Subquery(live.values("state")[:1]),
            proposed_job=Subquery(live.values("job__title")[:1]),
        )
    )


def head_of(person: Any) -> Head:
    day = today()
    channel = str(Channel(person.origin_channel).label) if person.origin_channel else ""
    starts_on = person.employed_on if person.employed_on and person.employed_on > day else None
    return Head(
        person=person,
        source=person.origin_agency or channel,
        blocks=_blocks(person),
        works_here=person.employed_on is not None and not starts_on and person.departed_on is None,
        starts_on=starts_on,
        departed_on=person.departed_on,
    )


def _blocks(person: Candidate) -> list[tuple[str, str]]:
    """What everybody must see before they write or propose: hard words in their own colour."""
    found = []
    if person.never_at or person.do_not_hire_at:
        found.append(("danger", _("Not to be hired")))
    if person.objected_at:
        found.append(("danger", _("Objected to being considered")))
    if person.do_not_contact_at:
        found.append(("warn", _("No contact")))
    return found
