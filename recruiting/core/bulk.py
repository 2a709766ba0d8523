"""Many rows at once, faster than `bulk_create`: COPY on PostgreSQL, executemany on SQLite. Keys are drawn first.

For imports and other writes of thousands of rows. No `save()`, no defaults from callables, no signals: the caller names
every column that varies, and what is left takes its field's plain default.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

Values = Sequence[Any]


def keys_for(model: type[models.Model], count: int) -> Sequence[int]:
    """So many new primary keys. On SQLite the caller's transaction is the only writer, so counting on is safe."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', _key_of(model), count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    last = int(found[0]) if found else 0
    return range(last + 1, last + 1 + count)


def insert_keyed(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Values], **shared: Any
) -> Sequence[int]:
    """insert(), and the keys of the rows, in their order."""
    keys = keys_for(model, len(rows))
    insert(model, (_key_of(model), *columns), [(key, *row) for key, row in zip(keys, rows, strict=True)], **shared)
    return keys


@transaction.atomic
def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Values], **shared: Any) -> None:
    """Write the rows. `columns` are attribute names (`candidate_id`); `shared` have one value for all rows."""
    if not rows:
        return
    named = {*columns, *shared}
    fields = {field.attname: field for field in model._meta.concrete_fields}
    others = {name: _default(field) for name, field in fields.items() if name not in named and not field.primary_key}
    constants = {**shared, **others}
    names = [str(fields[name].column) for name in (*columns, *constants)]
    write = _copy if connection.vendor == "postgresql" else _execute_many
    write(model, [fields[name] for name in columns], names, rows, list(constants.values()))


@transaction.atomic
def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Write these columns of the rows whose key stands first in each tuple."""
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [fields[name] for name in columns]
    key = model._meta.pk
    quote = connection.ops.quote_name
    assert key is not None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _update_from_values(cursor, model, chosen, rows)
            return
        setting = ", ".join(f"{quote(str(field.column))} = %s" for field in chosen)
        table = quote(model._meta.db_table)
        cursor.executemany(
            f"UPDATE {table} SET {setting} WHERE {quote(str(key.column))} = %s",  # noqa: S608
            [(*_prepared(chosen, row[1:]), row[0]) for row in rows],
        )


def refresh_statistics(model: type[models.Model], *columns: str) -> None:
    """PostgreSQL plans by what it knew of a column before a bulk write; tell it. Elsewhere there is nothing to tell."""
    if connection.vendor == "postgresql":
        quote = connection.ops.quote_name
        columns_of = {field.name: field.column for field in model._meta.concrete_fields}
        listed = ", ".join(quote(str(columns_of[name])) for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {quote(model._meta.db_table)} ({listed})")


def _update_from_values(
    cursor: Any, model: type[models.Model], fields: Sequence[models.Field[Any, Any]], rows: Sequence[Values]
) -> None:
    """PostgreSQL: one statement for many rows; every value is cast to its column's type."""
    from psycopg2.extras import execute_values

    key = model._meta.pk
    assert key is not None
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in fields]
    setting = ", ".join(f"{name} = fresh.{name}" for name in names)
    types = [field.cast_db_type(connection) for field in (key, *fields)]
    table, own = quote(model._meta.db_table), quote(str(key.column))
    execute_values(
        cursor.cursor,
        f"UPDATE {table} AS t SET {setting} FROM (VALUES %s) AS fresh({own}, {', '.join(names)}) "  # noqa: S608
        f"WHERE t.{own} = fresh.{own}",
        [(row[0], *_prepared(fields, row[1:])) for row in rows],
        template=f"({', '.join(f'%s::{kind}' for kind in types)})",
        page_size=500,
    )


def _key_of(model: type[models.Model]) -> str:
    key = model._meta.pk
    assert key is not None
    return key.attname


def _default(field: models.Field[Any, Any]) -> Any:
    """A plain default, or an empty JSON value; what must differ from row to row has to be named by the caller."""
    if field.has_default():
        value = field.get_default()
        if isinstance(value, UUID):
            raise ValueError(f"{field.name} differs from row to row: name it")
        return value
    return None if field.null else ""


def _prepared(fields: Sequence[models.Field[Any, Any]], row: Values) -> list[Any]:
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]


def _execute_many(
    model: type[models.Model],
    fields: Sequence[models.Field[Any, Any]],
    names: Sequence[str],
    rows: Sequence[Values],
    constants: Values,
) -> None:
    others = {field.column: field for field in model._meta.concrete_fields}
    tail = [
        others[name].get_db_prep_save(value, connection)
        for name, value in zip(names[len(fields) :], constants, strict=True)
    ]
    quote = connection.ops.quote_name
    listed, marks = ", ".join(map(quote, names)), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({marks})",  # noqa: S608
            [(*_prepared(fields, row), *tail) for row in rows],
        )


def _copy(
    model: type[models.Model],
    fields: Sequence[models.Field[Any, Any]],
    names: Sequence[str],
    rows: Sequence[Values],
    constants: Values,
) -> None:
    """PostgreSQL's text format: tab between values, \\N for nothing. The constant tail is written once."""
    is_json = {field.column: isinstance(field, models.JSONField) for field in model._meta.concrete_fields}
    named = zip(names[len(fields) :], constants, strict=True)
    tail = [_text(json.dumps(value) if is_json[name] else value) for name, value in named]
    end = "".join(f"\t{part}" for part in tail) + "\n"
    buffer = StringIO()
    write = buffer.write
    for row in rows:
        write("\t".join([_text(value) for value in row]))
        write(end)
    buffer.seek(0)
    quote = connection.ops.quote_name
    listed = ", ".join(map(quote, names))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({listed}) FROM STDIN", buffer)


def _text(value: Any) -> str:
    """One value of COPY's text format; the commonest kinds first."""
    kind = type(value)
    if kind is str:
        return value if value.isprintable() and "\\" not in value else _escaped(value)
    if value is None:
        return "\\N"
    if kind is int or kind is float or kind is Decimal:
        return str(value)
    if kind is datetime or kind is date:
        return str(value.isoformat())
    if kind is bool:
        return "t" if value else "f"
    if kind is dict or kind is list:
        return _escaped(json.dumps(value, ensure_ascii=False)) if value else str(value)
    return str(value.hex) if kind is UUID else _escaped(str(value))


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\")
    return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
