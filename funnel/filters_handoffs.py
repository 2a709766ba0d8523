"""One way to narrow handoffs down."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from funnel.filters import ANY
from funnel.models import Handoff, HandoffState
from recruiting.candidates.models import Candidate
from recruiting.candidates.selectors import search
from recruiting.jobs.models import BORDERS, Job

INTO = [(stage.value, stage.label) for stage in BORDERS]


class HandoffFilterSet(django_filters.FilterSet):
    """`jobs` are those the reader may see: a job that is not among them narrows nothing down."""

    q = django_filters.CharFilter(label=_("Name"), method="find_people")
    job = django_filters.ModelChoiceFilter(empty_label=ANY, label=_("Job"), queryset=Job.objects.none())
    to_stage = django_filters.ChoiceFilter(empty_label=ANY, label=_("Into"), choices=INTO)
    state = django_filters.ChoiceFilter(empty_label=ANY, label=_("State"), choices=HandoffState.choices)

    class Meta:
        model = Handoff
        fields: list[str] = []

    def __init__(self, *args: Any, jobs: QuerySet[Job], has_states: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        cast("django_filters.ModelChoiceFilter", self.filters["job"]).queryset = jobs
        if not has_states:
            del self.filters["state"]

    def find_people(self, rows: QuerySet[Handoff], name: str, value: str) -> QuerySet[Handoff]:
        found = search(Candidate.objects.filter(erased_at=None), value)
        return rows.filter(application__candidate__in=found.values("pk"))
