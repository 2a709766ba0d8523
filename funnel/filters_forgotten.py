"""One way to narrow forgotten cards down."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.candidates.models import Candidate
from recruiting.candidates.selectors import search
from recruiting.jobs.models import Job
from recruiting.jobs.stages import Stage

NOBODY = "nobody"
EVERYBODY = "funnel.reassign_handoff"  # whoever leads looks after the cards of others


class ForgottenFilterSet(django_filters.FilterSet):
    """Mine; for leads anybody's. `rows` are all that the reader may see: what can be chosen occurs among them."""

    q = django_filters.CharFilter(label=_("Name"), method="find_people")
    owner = django_filters.ChoiceFilter(empty_label=_("Everybody’s"), label=_("Owner"), method="owned_by")
    job = django_filters.ModelChoiceFilter(empty_label=_("All"), label=_("Job"), queryset=Job.objects.none())
    stage = django_filters.ChoiceFilter(empty_label=_("All"), label=_("Stage"), choices=Stage.choices)

    class Meta:
        model = Application
        fields: list[str] = []

    def __init__(self, data: Any, *, queryset: QuerySet[Application], request: SignedInRequest) -> None:
        super().__init__(data, queryset=queryset, request=request)
        if request.user.has_perm(EVERYBODY):
            owners = User.objects.filter(pk__in=queryset.order_by().values("owner"))
            known = [(str(user.pk), user.name) for user in owners]
            self.filters["owner"].extra["choices"] = [*known, (NOBODY, _("Nobody’s"))]
        else:
            del self.filters["owner"]
            self.queryset = queryset = queryset.filter(owner=request.user)
        jobs = Job.objects.filter(pk__in=queryset.order_by().values("job")).order_by("title")
        self.filters["job"].queryset = jobs  # type: ignore[attr-defined]

    def find_people(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(candidate__in=search(Candidate.objects.filter(erased_at=None), value).values("pk"))

    def owned_by(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(owner=None) if value == NOBODY else rows.filter(owner=cast("int", value))
