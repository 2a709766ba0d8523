"""Scope: what one evaluation looks at. A job's pairs, some people's, or a slice of all people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class Scope:
    """Jobs, people (keys), or a slice `after < key <= upto` of people; the parts given all hold. Never nothing."""

    jobs: Collection[int] | None = None
    people: Collection[int] | QuerySet[Any, Any] | None = None
    after: int | None = None
    upto: int | None = None

    def __post_init__(self) -> None:
        if self.jobs is None and self.people is None and self.upto is None:
            raise ValueError("a scope names jobs, people or a slice")

    @property
    def is_empty(self) -> bool:
        """It names jobs or people, and none."""
        return any(
            part is not None and not isinstance(part, QuerySet) and not part for part in (self.jobs, self.people)
        )

    @property
    def is_about_people(self) -> bool:
        """Every condition and every job of the people in it is looked at."""
        return self.jobs is None

    def people_of(self, path: str = "candidate") -> Q:
        """The people's part over any row with a person; `path` is the person's key ("pk" on Candidate itself)."""
        found = Q()
        if self.people is not None:
            found &= Q(**{f"{path}__in": self.people})
        if self.after is not None:
            found &= Q(**{f"{path}__gt": self.after})
        if self.upto is not None:
            found &= Q(**{f"{path}__lte": self.upto})
        return found

    def of_proposals(self) -> Q:
        return self.people_of() if self.jobs is None else self.people_of() & Q(job__in=self.jobs)

    def of_pairs(self) -> Q:
        """Over bound pairs: their job is `job`."""
        return self.people_of() if self.jobs is None else self.people_of() & Q(job__in=self.jobs)
