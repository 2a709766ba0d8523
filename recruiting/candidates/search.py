"""The one place that knows which database searches: two-character names have no trigram and need an index of pairs."""

from __future__ import annotations

from django.db import connections
from django.db.models import BooleanField, F, Func, Value

from recruiting.candidates.models.people import CandidateQuerySet


class _HasPair(Func):
    """PostgreSQL: `kanryu_pairs(search_text) @> ARRAY[pair]`, answered by the index candidate_pairs."""

    template = "(kanryu_pairs(%(expressions)s])"
    arg_joiner = ") @> ARRAY["
    output_field = BooleanField()


def contains_bigram(queryset: CandidateQuerySet, pair: str) -> CandidateQuerySet:
    if connections[queryset.db].vendor == "postgresql":
        return queryset.filter(_HasPair(F("search_text"), Value(pair)))
    return queryset.filter(search_text__contains=pair)
