"""Columns say what they hold: moments end in _at, days in _on, and a row that points says what at, not its key."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import models

OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in {"recruiting", "funnel", "recycling"}]
PLAIN_MOMENTS = {"at", "as_of", "last_login", "decider_since", "stage_since", "ready_since", "since", "until"}
PLAIN_MOMENT_ENDS = ("_at", "_since", "_until")
PLAIN_DAY_ENDS = ("_on", "_until", "_since")
PLAIN_DAYS = {"on", "until", "since"}


def badly_named(fields: Iterable[models.Field]) -> list[str]:
    complaints = []
    for field in fields:
        name = field.name
        if isinstance(field, models.ForeignKey) and name.endswith("_id"):
            complaints.append(f"{name} is a row, not its key")
        elif isinstance(field, models.DateTimeField):
            if name not in PLAIN_MOMENTS and not name.endswith(PLAIN_MOMENT_ENDS):
                complaints.append(f"{name} is a moment and does not end in _at")
        elif isinstance(field, models.DateField):
            if name not in PLAIN_DAYS and not name.endswith(PLAIN_DAY_ENDS):
                complaints.append(f"{name} is a day and does not end in _on")
        elif isinstance(field, models.BooleanField) and name in {"active", "flag", "status"}:
            complaints.append(f"{name} says too little")
    return complaints


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_column_says_what_it_holds(model: type[models.Model]) -> None:
    assert badly_named(field for field in model._meta.get_fields() if isinstance(field, models.Field)) == []


def test_a_planted_name_is_seen() -> None:
    moment, day = models.DateTimeField(), models.DateField()
    moment.name, day.name = "created", "birthday"
    row = models.ForeignKey("accounts.User", on_delete=models.CASCADE)
    row.name = "owner_id"

    assert len(badly_named([moment, day, row])) == 3
