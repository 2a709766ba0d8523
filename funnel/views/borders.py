"""The numbers at the borders: who hands over to whom, how well, and what the two sides have agreed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from funnel.border_blocks import BorderBlock, Look, PersonLine, border_blocks, contracts_elsewhere
from funnel.views.numbers import WINDOWS, window_of
from funnel.views.sections import visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import day_of
from recruiting.core.events import record
from recruiting.core.sheets import sheet
from recruiting.jobs.models import Job, JobState

looks_at_borders = permission_required("funnel.agree_contract", raise_exception=True)
MOST_JOBS = 500  # to choose from

Figure = Callable[[PersonLine], Any]
SORTS: dict[str, Figure] = {
    "name": lambda line: line.user.name,
    "offered": lambda line: line.figures.offered,
    "again": lambda line: line.figures.re_offers.share,
    "accepted": lambda line: line.figures.accepted,
    "returned": lambda line: line.figures.returned,
    "decided": lambda line: line.figures.decided,
    "acceptance": lambda line: line.figures.acceptance.share,
    "median": lambda line: line.figures.response.median,
    "p90": lambda line: line.figures.response.p90,
    "in_time": lambda line: line.figures.in_time.share,
    "waiting": lambda line: line.figures.waiting,
    "quality": lambda line: line.figures.quality.rate.share,
}
USUAL = "-offered"


@looks_at_borders
@require_GET
def borders(request: SignedInRequest) -> HttpResponse:
    look = look_of(request)
    blocks = border_blocks(look)
    context = {
        "look": look,
        "blocks": [(block, people_of(request, block)) for block in blocks],
        "sort": sort_of(request),
        "jobs": jobs_to_choose(request),
        "elsewhere": contracts_elsewhere(look),
        "days": window_of(request),
        "windows": WINDOWS,
        "sees_numbers": look.sees_people,
    }
    return render(request, "funnel/borders/borders.html", context)


@looks_at_borders
@require_GET
def borders_csv(request: SignedInRequest) -> StreamingHttpResponse:
    """The people table of every border. Figures about people who work here leave the house: it is written down."""
    look = look_of(request)
    asked_for = {key: str(value) for key, value in request.GET.items()}
    record("borders.exported", request.user, by=request.user, at=look.until, data={"asked_for": asked_for})
    lines = sheet(_head(), _cells(border_blocks(look)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="borders-{day_of(look.until)}.csv"'
    return response


def look_of(request: SignedInRequest) -> Look:
    """The window and the job asked for. Whoever does not see every job looks at theirs alone."""
    until = timezone.now()
    since = until - timedelta(days=window_of(request))
    asked = request.GET.get("job", "")
    if asked.isdecimal():
        job = visible_job(request, int(asked))
        return Look(request.user, since, until, job, Job.objects.filter(pk=job.pk))
    jobs = None if request.user.sees_everybody else Job.objects.visible_to(request.user)
    return Look(request.user, since, until, None, jobs)


def sort_of(request: SignedInRequest) -> str:
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in SORTS else USUAL


def people_of(request: SignedInRequest, block: BorderBlock) -> list[tuple[Any, list[PersonLine]]]:
    """Each pair of the border with its people in the order asked for; no data comes last either way."""
    asked = sort_of(request)
    figure, falls = SORTS[asked.removeprefix("-")], asked.startswith("-")

    def ordered(people: Iterable[PersonLine]) -> list[PersonLine]:
        known = sorted((line for line in people if figure(line) is not None), key=figure, reverse=falls)
        return known + [line for line in people if figure(line) is None]

    return [(pair, ordered(pair.people)) for pair in block.pairs]


def jobs_to_choose(request: SignedInRequest) -> list[tuple[int, str]]:
    """Jobs that people can be handed over in today."""
    jobs = Job.objects.visible_to(request.user).filter(state__in=(JobState.OPEN, JobState.ON_HOLD))
    return list(jobs.order_by("title", "pk").values_list("pk", "title")[:MOST_JOBS])


def _head() -> list[str]:
    offered, accepted = pgettext("handoff", "Offered"), pgettext("handoff", "Accepted")
    returned = pgettext("handoff", "Returned")
    return [
        _("Border into"), pgettext("side of a border", "Offers"), pgettext("side of a border", "Accepts"),
        pgettext("side of a border", "Person"), _("Side"), offered, _("Offered again"), accepted, returned,
        pgettext("handoff", "Let go"), _("Withdrawn"), pgettext("handoff", "At once"), _("Waiting"), _("Overdue"),
        _("Acceptance"), _("Acceptance, n"), _("Median response, hours"), _("90 % within, hours"), _("Response, n"),
        _("Within the clock"), _("Within the clock, n"), _("Quality two stages later"), _("Quality, n"),
        _("Quality, still open"),
    ]  # fmt: skip


def _cells(blocks: Iterable[BorderBlock]) -> Iterable[list[Any]]:
    for block in blocks:
        for pair in block.pairs:
            for line in pair.people:
                one = line.figures
                yield [
                    block.label, pair.from_label, pair.to_label, line.user.name,
                    _("offers") if line.sends else _("accepts"), one.offered, one.again, one.accepted, one.returned,
                    one.decided, one.withdrawn, one.at_once, one.waiting, one.late, _share(one.acceptance.share),
                    one.acceptance.n, _share(one.response.median), _share(one.response.p90), one.response.n,
                    _share(one.in_time.share), one.in_time.n, _share(one.quality.rate.share), one.quality.rate.n,
                    one.quality.maturity.n - one.quality.maturity.passed,
                ]  # fmt: skip


def _share(value: float | None) -> str:
    """Plain figures for a spreadsheet; no data is an empty cell."""
    return "" if value is None else f"{value:.3f}"
