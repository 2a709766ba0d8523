"""Many rows at once are the rows one would have saved."""

from __future__ import annotations

import pytest

from recruiting.core import bulk
from recruiting.core.models import Event
from tests.builders import MONDAY

HARD = ["tab\tand\nline", "back\\slash \\N", "quote ' \" ; --", "日本 🐟", "{}", ""]


@pytest.mark.django_db
def test_every_character_comes_back_as_it_was_given():
    rows = [
        (MONDAY, "x.y", "x", number, text, {"said": text, "list": [1, None, True]}) for number, text in enumerate(HARD)
    ]

    keys = bulk.insert_keyed(Event, ("at", "verb", "subject", "subject_key", "why", "data"), rows)

    events = list(Event.objects.filter(pk__in=keys).order_by("subject_key"))
    assert [event.pk for event in events] == list(keys)
    assert [event.why for event in events] == HARD
    assert [event.data["said"] for event in events] == HARD
    assert {(event.at, event.person, event.from_state) for event in events} == {(MONDAY, None, "")}


@pytest.mark.django_db
def test_the_next_row_saved_alone_gets_a_key_of_its_own():
    keys = bulk.insert_keyed(Event, ("at", "verb", "subject", "subject_key"), [(MONDAY, "x.y", "x", 1)] * 3)

    alone = Event.objects.create(at=MONDAY, verb="x.y", subject="x", subject_key=1)

    assert alone.pk not in keys


@pytest.mark.django_db
def test_an_update_writes_the_named_columns_of_the_named_rows():
    keys = list(bulk.insert_keyed(Event, ("at", "verb", "subject", "subject_key"), [(MONDAY, "x.y", "x", 1)] * 3))

    bulk.update(Event, ("why", "data", "person"), [(keys[0], "a\t'b'", {"x": 1}, 7), (keys[2], "", [], None)])

    told = list(Event.objects.filter(pk__in=keys).order_by("pk").values_list("why", "data", "person"))
    assert told == [("a\t'b'", {"x": 1}, 7), ("", {}, None), ("", [], None)]


@pytest.mark.django_db
def test_a_column_that_differs_from_row_to_row_must_be_named():
    from recruiting.candidates.models import Candidate

    with pytest.raises(ValueError, match="public_id"):
        bulk.insert(Candidate, ("family_name", "created_at", "changed_at"), [("Mori", MONDAY, MONDAY)])
