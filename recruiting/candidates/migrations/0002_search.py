"""The index of search, where the database is PostgreSQL: trigrams of the normalised text."""

from __future__ import annotations

from django.db import migrations

# The pending list stays on: without it a row costs fourteen times as much to write. Imports settle it at their end
# (services.settle_search).
FORWARDS = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX candidate_trigrams ON candidates_candidate USING gin (search_text gin_trgm_ops)",
]
BACKWARDS = ["DROP INDEX candidate_trigrams"]


def _run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_initial")]

    operations = [migrations.RunPython(_run(FORWARDS), _run(BACKWARDS), elidable=False)]
