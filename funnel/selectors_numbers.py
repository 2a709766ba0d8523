"""What the numbers count: set-based, from the visits alone, each by an index of funnel.Visit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import (
    Aggregate,
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from funnel.metrics import (
    Balance,
    OfferAcceptance,
    Rate,
    Spread,
    TimeInStage,
    Way,
    decided_rate,
    flow_ratio,
    offer_acceptance,
    spread,
    time_to_fill,
    time_to_hire,
)
from funnel.models import Ended, Offer, OfferState, Outcome, Visit
from funnel.stages import INDEX, ORDER
from recruiting.jobs.models import Job, Opening

FORWARD = (Ended.ADVANCED, Ended.HIRED)
ANSWERED = (OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED)


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont: `Percentile("days", share=0.5)`."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: str, *, share: float, **extra: Any) -> None:
        super().__init__(expression, share=share, **extra)


def counted_visits(jobs: QuerySet[Any] | Sequence[int] | None = None) -> QuerySet[Visit]:
    """Voided visits and those of class A count nowhere. `jobs` None: every job."""
    visits = Visit.objects.filter(is_voided=False, is_counted=True).order_by()
    return visits if jobs is None else visits.filter(job__in=jobs)


def ended_in(visits: QuerySet[Visit], since: datetime, until: datetime) -> QuerySet[Visit]:
    return visits.filter(left_at__gte=since, left_at__lt=until)


def pass_rates(visits: QuerySet[Visit], since: datetime, until: datetime) -> dict[str, Rate]:
    """decided_rate of each stage, of the visits that ended in the window."""
    rows = ended_in(visits, since, until).values_list("stage")
    told = rows.annotate(ended=Count("*"), passed=Count("pk", filter=Q(ended_as__in=FORWARD)))
    return {stage: decided_rate(passed, ended) for stage, ended, passed in told}


@dataclass(frozen=True, slots=True)
class StageNumbers:
    """One line of the page: a stage in one window."""

    stage: str
    label: str
    balance: Balance
    decided: Rate
    flow: float | None
    time: TimeInStage


def stage_numbers(visits: QuerySet[Visit], since: datetime, until: datetime) -> list[StageNumbers]:
    """Per stage: start, in, out, end; the decided rate; the days of those who advanced and of those who left.

    Stays without dates are in none of it.
    """
    visits = visits.filter(entered_at__isnull=False)
    entered = _by_stage(visits.filter(entered_at__gte=since, entered_at__lt=until))
    ended = ended_in(visits, since, until)
    rates = pass_rates(visits, since, until)
    start, end = _standing(visits, since), _standing(visits, until)
    advanced, exited = _spreads(ended.filter(ended_as__in=FORWARD)), _spreads(ended.filter(ended_as=Ended.EXITED))
    nobody = Spread(None, None, 0)
    lines = []
    for place, stage in enumerate(ORDER):
        following = ORDER[place + 1] if place + 1 < len(ORDER) else None
        decided = rates.get(stage, Rate(0, 0))
        lines.append(
            StageNumbers(
                stage=stage,
                label=str(stage.label),
                balance=Balance(start[stage], entered[stage], decided.n, end[stage]),
                decided=decided,
                flow=flow_ratio(entered[following], entered[stage]) if following else None,
                time=TimeInStage(advanced.get(stage, nobody), exited.get(stage, nobody), end[stage]),
            )
        )
    return lines


def _by_stage(visits: QuerySet[Visit]) -> Counter[str]:
    return Counter(dict(visits.values_list("stage").annotate(n=Count("*"))))


def _standing(visits: QuerySet[Visit], at: datetime) -> Counter[str]:
    """Who stood in each stage at a moment: the open stays begun before it, and those that ended only after it.

    Two short reads (visits_open; visits_that_ended from that moment on) instead of one over the whole history.
    """
    before = visits.filter(entered_at__lt=at)
    return _by_stage(before.filter(ended_as="")) + _by_stage(before.filter(left_at__gte=at))


def _spreads(visits: QuerySet[Visit]) -> dict[str, Spread]:
    """Median and third quartile of elapsed days per stage: by the database, or in Python where it cannot."""
    known = visits.filter(days__isnull=False)
    if connection.vendor == "postgresql":
        told = known.values_list("stage").annotate(
            median=Percentile("days", share=0.5), p75=Percentile("days", share=0.75), n=Count("*")
        )
        return {stage: Spread(median, p75, n) for stage, median, p75, n in told}
    pooled: defaultdict[str, list[float]] = defaultdict(list)
    for stage, days in known.values_list("stage", "days"):
        pooled[stage].append(days or 0.0)
    return {stage: spread(days) for stage, days in pooled.items()}


def cohort(visits: QuerySet[Visit], since: datetime, until: datetime, as_of: datetime | None = None) -> list[Way]:
    """Applications that entered their first stage in the window, grouped by how far they came and whether they ended.

    As of now the stored furthest stage answers; for an earlier moment it is computed anew from the visits until then.
    """
    first = visits.filter(
        entered_at__gte=since,
        entered_at__lt=until,
        stage=F("application__first_stage"),
        entered_at=F("application__entered_at"),
    )
    if as_of is None:
        finished = Case(When(application__ended_at=None, then=Value(False)), default=Value(True))
        told = first.annotate(done=finished).values_list("application__furthest_stage", "done").annotate(n=Count("*"))
        return [Way(stage, is_finished, n) for stage, is_finished, n in told]
    place = Case(*(When(stage=stage, then=Value(number)) for stage, number in INDEX.items()))
    reached = Visit.objects.filter(application=OuterRef("application"), is_voided=False, entered_at__lt=as_of)
    furthest = reached.order_by().values("application").annotate(far=Max(place)).values("far")
    finished = Case(When(application__ended_at__lt=as_of, then=Value(True)), default=Value(False))
    told = first.annotate(far=Subquery(furthest), done=finished).values_list("far", "done").annotate(n=Count("*"))
    return [Way(ORDER[far], is_finished, n) for far, is_finished, n in told if far is not None]


def times_to_hire(visits: QuerySet[Visit], since: datetime, until: datetime) -> Spread:
    """Of the hires of the window: first entry of the cycle to offer accepted."""
    hires = ended_in(visits, since, until).filter(ended_as=Ended.HIRED, application__entered_at__isnull=False)
    moments = hires.values_list("application__entered_at", "left_at")
    return spread([time_to_hire(came, said) for came, said in moments if came and said])


def times_to_fill(jobs: QuerySet[Job], since: datetime, until: datetime) -> Spread:
    """Of the openings filled in the window: approved to offer accepted, less the days on hold."""
    filled = Opening.objects.filter(job__in=jobs, filled_at__gte=since, filled_at__lt=until, approved_at__isnull=False)
    moments = filled.values_list("approved_at", "filled_at", "held_days")
    return spread([time_to_fill(asked, said, held) for asked, said, held in moments if asked and said])


def offers_answered(jobs: QuerySet[Job], since: datetime, until: datetime) -> OfferAcceptance:
    """Of the offers resolved in the window; of several to one application the last one that was answered by its end.

    An offer that was accepted by somebody who did not start counts there alone; class A counts nowhere.
    """
    uncounted = Visit.objects.filter(application=OuterRef("application"), is_counted=False)
    later = Offer.objects.filter(
        application=OuterRef("application"), pk__gt=OuterRef("pk"), state__in=ANSWERED, resolved_at__lt=until
    )
    is_last = ~Q(Exists(later))
    rows = Offer.objects.filter(job__in=jobs, resolved_at__gte=since, resolved_at__lt=until)  # offers_by_answer
    told = (
        rows.filter(~Exists(uncounted))
        .order_by()
        .aggregate(
            accepted=Count("pk", filter=Q(state=OfferState.ACCEPTED, application__outcome=Outcome.HIRED) & is_last),
            declined=Count("pk", filter=Q(state=OfferState.DECLINED) & is_last),
            expired=Count("pk", filter=Q(state=OfferState.EXPIRED) & is_last),
            rescinded=Count("pk", filter=Q(state=OfferState.RESCINDED, extended_at__isnull=False)),
            did_not_start=Count("pk", filter=Q(state=OfferState.ACCEPTED) & ~Q(application__outcome=Outcome.HIRED)),
        )
    )
    return offer_acceptance(**told)
