"""One way to narrow jobs, for the list and for whoever asks by machine."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recruiting.accounts.models import User
from recruiting.jobs.models import Job, JobFamily, JobState, Level
from recruiting.jobs.selectors import recruiters, waiting_for_approval


class JobFilterSet(django_filters.FilterSet):
    """Words of the title or department, state, family, level, recruiter, mine, and what waits for my approval."""

    q = django_filters.CharFilter(method="with_words", label=_("Search"))
    state = django_filters.ChoiceFilter(choices=JobState.choices, label=_("State"))
    family = django_filters.ModelChoiceFilter(queryset=JobFamily.objects.all(), label=_("Family"))
    level = django_filters.ModelChoiceFilter(queryset=Level.objects.all(), label=pgettext_lazy("of a job", "Level"))
    recruiter = django_filters.ModelChoiceFilter(queryset=recruiters(), label=_("Recruiter"))
    mine = django_filters.BooleanFilter(method="of_mine", label=_("Mine"))
    asked = django_filters.BooleanFilter(method="asked_of_me", label=_("Waits for my approval"))

    class Meta:
        model = Job
        fields = ["state", "family", "level", "recruiter"]

    @property
    def _asker(self) -> User:
        return cast("User", cast("Any", self.request).user)

    def with_words(self, jobs: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        for word in value.split():
            jobs = jobs.filter(Q(title__icontains=word) | Q(department__icontains=word))
        return jobs

    def of_mine(self, jobs: QuerySet[Job], name: str, value: bool) -> QuerySet[Job]:
        """Where I recruit or hold a seat today."""
        user = self._asker
        seats = Job.objects.filter(seats__user=user, seats__until=None)
        return jobs.filter(Q(recruiter=user) | Q(pk__in=seats.values("pk"))) if value else jobs

    def asked_of_me(self, jobs: QuerySet[Job], name: str, value: bool) -> QuerySet[Job]:
        return jobs.filter(pk__in=waiting_for_approval(self._asker).values("pk")) if value else jobs
