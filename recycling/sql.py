"""The few statements the ORM cannot write: INSERT ... SELECT and temporary tables, around querysets it compiles."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import Combinable

IS_POSTGRESQL = "postgresql"


def compiled(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement of a queryset and its parameters, for this connection."""
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def columns_of(rows: QuerySet[Any, Any], **columns: Combinable | models.Expression) -> QuerySet[Any, Any]:
    """The queryset with exactly these columns, in this order, each under its own name."""
    inner = {f"_{name}": expression for name, expression in columns.items()}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**inner).values_list(*inner)
    return found


def plan_simply() -> None:
    """Without just-in-time compiling: it costs more than these statements take. For this transaction only."""
    if connection.vendor == IS_POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")


def create_temporary(model: type[models.Model], *parts: QuerySet[Any, Any]) -> None:
    """Make a working table from querysets of `columns_of` (all of one shape); an older one of the name is dropped."""
    statements = [compiled(part) for part in parts]
    quote = connection.ops.quote_name
    names = [column.removeprefix("_") for column in parts[0].query.annotation_select]
    listed = ", ".join(f"{quote('_' + name)} AS {name}" for name in names)
    body = " UNION ALL ".join(sql for sql, _params in statements)
    params = tuple(param for _sql, params in statements for param in params)
    create_temporary_from(model, f"SELECT {listed} FROM ({body}) parts", params)  # noqa: S608


def create_temporary_from(model: type[models.Model], sql: str, params: tuple[Any, ...]) -> None:
    """The same from a statement whose columns have the names of the working table's."""
    drop_temporary(model)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} AS {sql}", params)
        if connection.vendor == IS_POSTGRESQL:
            cursor.execute(f"ANALYZE {table}")


def add_to_temporary(model: type[models.Model], *parts: QuerySet[Any, Any]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for part in parts:
            sql, params = compiled(part)
            cursor.execute(f"INSERT INTO {table} {sql}", params)


def drop_temporary(*models_: type[models.Model]) -> None:
    schema = "pg_temp" if connection.vendor == IS_POSTGRESQL else "temp"
    with connection.cursor() as cursor:
        for model in models_:
            cursor.execute(f"DROP TABLE IF EXISTS {schema}.{connection.ops.quote_name(model._meta.db_table)}")


def insert_select(
    model: type[models.Model],
    rows: QuerySet[Any, Any],
    *,
    order_by: str = "",
    **columns: Combinable | models.Expression,
) -> int:
    """INSERT ... SELECT ... ORDER BY ... ON CONFLICT DO NOTHING; returns how many rows are new.

    `columns` maps the model's fields to expressions over `rows`. The order gives every writer the same order of locks.
    """
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in columns]
    selected = columns_of(rows, **columns).order_by(order_by or "pk")
    sql, params = compiled(selected)
    target = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({target}) {sql} ON CONFLICT DO NOTHING",
            params,
        )
        written: int = cursor.rowcount
    return max(written, 0)


def lock_in_order(rows: QuerySet[Any, Any]) -> None:
    """Take the rows' locks in their order, without fetching them. SQLite has one writer: nothing to take."""
    if connection.vendor != IS_POSTGRESQL:
        return
    sql, params = compiled(rows.values_list("pk").select_for_update(of=("self",)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) locked", params)  # noqa: S608
