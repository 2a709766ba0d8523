"""Elapsed days, of 24 hours: in Python for one visit, in the database for many."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Value
from django.db.models.expressions import Func

DAY_SECONDS = 86_400


def days_between(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / DAY_SECONDS


class ElapsedDays(Func):
    """`ElapsedDays("entered_at", until=at)`: days from a column's moment to one moment, on both databases."""

    output_field = models.FloatField()
    template = f"(EXTRACT(EPOCH FROM (%(expressions)s)) / {DAY_SECONDS}.0)"
    arg_joiner = " - "

    def __init__(self, since: str, *, until: datetime) -> None:
        super().__init__(Value(until, output_field=models.DateTimeField()), since)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        days = [f"julianday({sql})" for sql, _ in map(compiler.compile, self.source_expressions)]
        params = [value for _, values in map(compiler.compile, self.source_expressions) for value in values]
        return f"({' - '.join(days)})", params
