"""On whose desk a card lands: who keeps the contact, unless what they wrote went unanswered; then the recruiter's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual

from recruiting.accounts.models import User
from recruiting.accounts.roles import Role
from recruiting.contact.models import Touch

# Days without an answer after the first, second and third message; then it is a colleague's turn.
SILENT_DAYS = (30, 60, 90)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def desk_of(at: datetime) -> Case:
    """The desk as an expression over a row with an entry, a person and a job (the working table Chosen)."""
    return Case(
        When(Q(entry__keeper__is_active=True) & ~_went_unanswered(at), then=F("entry__keeper")),
        When(job__recruiter__is_active=True, then=F("job__recruiter")),
        default=Value(a_lead(), BigIntegerField()),
        output_field=BigIntegerField(),
    )


def _went_unanswered(at: datetime) -> Q:
    """What the keeper sent since the person's last word was not answered in time. touches_of_a_person"""
    answered = (
        Touch.objects.filter(candidate=OuterRef(OuterRef("candidate")), is_inbound=True)
        .order_by()
        .values("candidate")
        .annotate(last=Max("at"))
        .values("last")
    )
    sent = (
        Touch.objects.filter(candidate=OuterRef("candidate"), by=OuterRef("entry__keeper"), is_inbound=False)
        .filter(at__gt=Coalesce(Subquery(answered), Value(LONG_AGO, DateTimeField())))
        .order_by()
        .values("candidate")
    )
    times = Coalesce(Subquery(sent.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    last = Coalesce(
        Subquery(sent.annotate(last=Max("at")).values("last"), output_field=DateTimeField()),
        Value(LONG_AGO, DateTimeField()),
    )
    too_long = Q()
    for number, days in enumerate(SILENT_DAYS, start=1):
        times_fits = GreaterThanOrEqual(times, number) if number == len(SILENT_DAYS) else Exact(times, number)
        too_long |= Q(times_fits) & Q(LessThanOrEqual(last, Value(at - timedelta(days=days), DateTimeField())))
    return too_long


def a_lead() -> int | None:
    """The recruiting lead who has been here longest: where nobody else is found."""
    leads = User.objects.filter(role=Role.RECRUITING_LEAD, is_active=True)
    return leads.order_by("pk").values_list("pk", flat=True).first()
