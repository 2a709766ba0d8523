"""The indexes of search, where the database is PostgreSQL: trigrams, pairs of Japanese characters, the name's head."""

from __future__ import annotations

from django.db import migrations

PAIRS = r"""
CREATE OR REPLACE FUNCTION kanryu_pairs(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN octet_length(words) = length(words) THEN '{}'::text[] ELSE (
    SELECT coalesce(array_agg(DISTINCT pair), '{}'::text[])
    FROM (SELECT substr(words, place, 2) AS pair FROM generate_series(1, length(words) - 1) AS place) AS pairs
    WHERE pair ~ '^[々〆ァ-ヺー㐀-鿿가-힣豈-﫿]{2}$'
  ) END
$$
"""

FORWARDS = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    PAIRS,
    "CREATE INDEX candidate_trigrams ON candidates_candidate USING gin (search_text gin_trgm_ops)"
    " WITH (fastupdate = off)",
    "CREATE INDEX candidate_pairs ON candidates_candidate USING gin (kanryu_pairs(search_text))"
    " WITH (fastupdate = off)",
    "CREATE INDEX candidate_head ON candidates_candidate (left(search_text, 64) text_pattern_ops)",
]
BACKWARDS = [
    "DROP INDEX candidate_head",
    "DROP INDEX candidate_pairs",
    "DROP INDEX candidate_trigrams",
    "DROP FUNCTION kanryu_pairs(text)",
]


def _run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_initial")]

    operations = [migrations.RunPython(_run(FORWARDS), _run(BACKWARDS), elidable=False)]
