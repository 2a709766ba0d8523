"""One batch becomes people, ways, exits and stays, and the rows of the report: one transaction, few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from funnel.models import Application
from funnel.services.histories import write_histories
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, ContactPoint
from recruiting.candidates.models.documents import DocumentKind
from recruiting.candidates.services import add_document
from recruiting.candidates.services.bulk import Person, write_people
from recruiting.core import bulk, outbox
from recruiting.core.refused import Refused
from recruiting.integrations.models import Import, ImportKey, ImportRow, KnownAs, Result
from recruiting.integrations.reading.notes import is_problem
from recruiting.integrations.services.known import keys_of
from recruiting.integrations.services.planning import Planned
from recruiting.integrations.services.ways import Way
from recycling.leaving.bulk import settle_many

FEW = 4  # batches: before that any plan is quick


def write_batch(
    table: Import, planned: Sequence[Planned], ways: Sequence[Way], *, by: User | None, at: datetime
) -> None:
    """Everything that the batch says, and one message to whoever evaluates."""
    data = {"import": table.pk}
    people = list({id(one.person): one.person for one in planned if one.person is not None}.values())
    is_shown = {id(person) for person in people if person.new_skills}
    was_known = {id(person) for person in people if not person.is_new and person.is_touched}
    write_people(people=people, by=by, at=at, data=data)
    _write_ways(ways, by, at, data)
    numbers = {one.arrival.external_id: one.person for one in planned if one.is_joined and one.person}
    bulk.insert(
        KnownAs,
        ("system", "external_id", "candidate_id"),
        [(table.system, number, person.key) for number, person in numbers.items()],
    )
    shown = [person.key for person in people if id(person) in is_shown]
    speaking = {way.person.key for way in ways if way.exit is not None and way.exit.reason.kind != "review"}
    touched = speaking | {person.key for person in people if id(person) in was_known}
    payload = {"import": table.pk, "shown": shown, "touched": sorted(touched - set(shown))}
    if shown or touched:
        outbox.post(
            topic="people.imported", key=f"import:{table.pk}:{planned[0].arrival.number}", at=at, payload=payload
        )


def tell_planner(batch: int) -> None:
    """Every time the import has doubled, so that looking people up stays as quick as in the first batch."""
    if batch >= FEW and batch & (batch - 1) == 0:
        bulk.refresh_statistics(Candidate, "external_source", "external_id")
        bulk.refresh_statistics(ContactPoint, "kind", "normal")
        bulk.refresh_statistics(Application, "external_source", "external_id")


def _write_ways(ways: Sequence[Way], by: User | None, at: datetime, data: dict[str, Any]) -> None:
    for way in ways:
        way.history.candidate = way.person.key
        way.history.source = way.person.sources[0] if way.person.sources else None
    write_histories(histories=[way.history for way in ways], by=by, at=at, data=data)
    exits = [way.exit for way in ways if way.exit is not None]
    for way in ways:
        if way.exit is not None:
            way.exit.use_until = way.person.columns.get("use_until")
            way.exit.reach = way.person.reach
    settle_many(exits=exits, by=by, at=at, data=data)


def write_rows(table: Import, planned: Sequence[Planned]) -> None:
    """The lines of the report; those of the dry run give way to what really happened."""
    if not planned:
        return
    first, last = planned[0].arrival.number, planned[-1].arrival.number
    ImportRow.objects.filter(of=table, number__gte=first, number__lte=last).delete()
    columns = ("number", "result", "shown", "person", "has_problem", "notes")
    bulk.insert(ImportRow, columns, [_row(one) for one in planned], of_id=table.pk)


def write_keys(table: Import, planned: Sequence[Planned]) -> None:
    """What later rows of a dry run recognise these by."""
    rows = [
        (table.pk, key[:320], one.arrival.number, [one.arrival.family, one.arrival.given, one.arrival.name])
        for one in planned
        if one.result != Result.REFUSED
        for key in keys_of(one.arrival)
    ]
    bulk.insert(ImportKey, ("of_id", "key", "row", "name"), rows)


def _row(one: Planned) -> tuple[Any, ...]:
    arrival = one.arrival
    key = one.person.key if one.person is not None and one.person.key else None
    shown = arrival.name[:120] if key is None else ""
    has_problem = one.result == Result.REFUSED or is_problem(arrival.notes)
    return (arrival.number, str(one.result), shown, key, has_problem, arrival.notes)


def keep_files(
    planned: Sequence[Planned], contents: dict[int, tuple[str, bytes]], *, by: User | None, at: datetime
) -> None:
    """A résumé stays with the person as the document it came as; one that is here already is not kept twice."""
    for one in planned:
        person: Person | None = one.person
        if person is None or one.arrival.number not in contents or one.result in (Result.REFUSED, Result.KNOWN):
            continue
        name, content = contents[one.arrival.number]
        candidate = Candidate.objects.get(pk=person.key)
        try:
            add_document(candidate=candidate, file=ContentFile(content, name), kind=DocumentKind.OTHER, by=by, at=at)
        except Refused as refused:
            one.arrival.say("file_not_kept", why=refused.message)
