"""One way of narrowing the vocabulary, for the page and for machines."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from recruiting.skills import selectors
from recruiting.skills.models import Field, Skill


class SkillFilterSet(django_filters.FilterSet):
    q = django_filters.CharFilter(method="any_name")
    field = django_filters.ChoiceFilter(choices=Field.choices)

    class Meta:
        model = Skill
        fields = ["q", "field"]

    def any_name(self, queryset: QuerySet[Skill], name: str, value: str) -> QuerySet[Skill]:
        return queryset.filter(pk__in=selectors.matching(value).values("pk"))
