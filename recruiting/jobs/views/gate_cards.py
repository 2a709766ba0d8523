"""What the pages of gates are made of: one card per border, for a pipeline and for a job alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused
from recruiting.jobs.forms_gates import GateForm, LineForm
from recruiting.jobs.gates import (
    Asked,
    GateToday,
    attributes_of,
    attributes_of_pipeline,
    gates_of,
    gates_of_pipeline,
    today_of,
)
from recruiting.jobs.models import BORDERS, Attribute, Criterion, Job, PipelineTemplate
from recruiting.jobs.views.sections import section, visible_job

Owner = Job | PipelineTemplate


@dataclass(frozen=True)
class Wrong:
    """What was refused: at which border or line, why, and the form with what was typed."""

    to_stage: str
    refusal: str = ""
    form: Form | None = None
    line: int | None = None
    status: int = 409


@dataclass
class Line:
    """One criterion on the page; `form` where this page may change its words."""

    asked: Asked
    form: Form | None
    is_open: bool

    @property
    def is_changeable(self) -> bool:
        """A must of the pipeline is as strict as can be: a job has nothing to change about it."""
        return self.form is not None or len(self.asked.heavier) > 1


@dataclass
class Card:
    """One border on the page. `seen` travels with every form: the second of two people is told."""

    today: GateToday
    lines: list[Line]
    form: Form
    new: Form
    change_url: str
    add_url: str
    refusal: str = ""
    is_changing: bool = False
    is_adding: bool = False
    seen: str = field(init=False)

    def __post_init__(self) -> None:
        self.seen = self.today.version


def may_change(request: SignedInRequest, owner: Owner) -> bool:
    return request.user.has_perm("jobs.change_job" if isinstance(owner, Job) else "jobs.change_gates")


def owner_of(request: SignedInRequest, owner: Owner) -> Owner:
    """The job if they may see it (else 404), or the pipeline; 403 where they may not change its gates."""
    if isinstance(owner, Job):
        owner = visible_job(request, owner.pk)
    if not may_change(request, owner):
        raise PermissionDenied
    return owner


def cards_of(owner: Owner, wrong: Wrong | None = None, only: str = "") -> list[Card]:
    """The borders of a pipeline or job in order; `only` one of them."""
    if isinstance(owner, Job):
        todays, attributes = list(gates_of(owner).values()), attributes_of(owner)
    else:
        todays, attributes = [today_of(gate) for gate in gates_of_pipeline(owner)], attributes_of_pipeline(owner)
    return [_card(owner, today, attributes, wrong) for today in todays if only in ("", today.to_stage)]


def show_gates(request: SignedInRequest, owner: Owner, only: str = "", wrong: Wrong | None = None) -> HttpResponse:
    """Every border on its page; for htmx the one that was changed."""
    cards = cards_of(owner, wrong, only if request.htmx else "")
    status = wrong.status if wrong else 200
    context: dict[str, Any] = {"cards": cards, "may_change": may_change(request, owner)}
    if request.htmx and only:
        context |= {"card": cards[0], "job": owner if isinstance(owner, Job) else None}
        return render(request, "jobs/_gate_answer.html", context, status=status)
    if isinstance(owner, Job):
        return section(request, owner, "job_gates", context, status)
    return render(request, "jobs/pipeline_gates.html", {"pipeline": owner, **context}, status=status)


def do(
    request: SignedInRequest,
    owner: Owner,
    to_stage: str,
    verb: Callable[[], object],
    *,
    form: Form | None = None,
    line: int | None = None,
) -> HttpResponse:
    """Do it, then show the border again; refused, the same border with the reason and what was typed."""
    try:
        verb()
    except Refused as refused:
        is_said = form is not None and bool(form.errors)
        status = 422 if refused.code == "invalid" else 409
        wrong = Wrong(to_stage, "" if is_said else refused.message, form, line, status)
        return show_gates(request, owner, to_stage, wrong)
    return show_gates(request, owner, to_stage) if request.htmx else redirect(f"{page_of(owner)}#gate-{to_stage}")


def page_of(owner: Owner) -> str:
    return reverse("jobs:job_gates" if isinstance(owner, Job) else "jobs:pipeline_gates", args=[owner.pk])


def border(to_stage: str) -> str:
    """A border by its name in the address, or 404."""
    if to_stage not in BORDERS:
        raise Http404
    return to_stage


def seen_number(request: SignedInRequest) -> int | None:
    """The version of the row a line hangs on: the pipeline's "3", or the job's in "3+2"."""
    last = request.POST.get("seen", "").rpartition("+")[2]
    return int(last) if last.isdecimal() else None


def line_form(request: SignedInRequest, owner: Owner, criterion: Criterion | None, to_stage: str = "") -> LineForm:
    """What was posted about one line, with the attributes of the scorecard in question to choose from."""
    attributes = attributes_of(owner) if isinstance(owner, Job) else attributes_of_pipeline(owner)
    if criterion and criterion.attribute and criterion.attribute not in attributes:
        attributes = [*attributes, criterion.attribute]
    name = f"line-{criterion.pk}-%s" if criterion else f"new-{to_stage}-%s"
    return LineForm(request.POST, auto_id=name, attributes=attributes)


def _card(owner: Owner, today: GateToday, attributes: Iterable[Attribute], wrong: Wrong | None) -> Card:
    hit = wrong if wrong and wrong.to_stage == today.to_stage else None
    typed = hit.form if hit else None
    is_job = isinstance(owner, Job)
    where = [owner.pk, today.to_stage]
    return Card(
        today=today,
        lines=[_line(asked, attributes, hit, is_ours=asked.is_own or not is_job) for asked in today.criteria],
        form=typed if isinstance(typed, GateForm) else GateForm.of(today),
        new=typed
        if isinstance(typed, LineForm) and hit and hit.line is None
        else LineForm.new(today.to_stage, attributes),
        change_url=reverse("jobs:tighten" if is_job else "jobs:change_gate", args=where),
        add_url=reverse("jobs:ask_more" if is_job else "jobs:add_criterion", args=where),
        refusal=hit.refusal if hit else "",
        is_changing=isinstance(typed, GateForm),
        is_adding=isinstance(typed, LineForm) and hit is not None and hit.line is None,
    )


def _line(asked: Asked, attributes: Iterable[Attribute], hit: Wrong | None, *, is_ours: bool) -> Line:
    if hit and hit.line == asked.criterion.pk:
        return Line(asked, hit.form, True)
    return Line(asked, LineForm.of(asked, attributes) if is_ours else None, False)
