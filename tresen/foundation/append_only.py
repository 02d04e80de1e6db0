"""Append-only tables: the database itself refuses UPDATE and DELETE; a correction is a new row."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

_GUARD = """
CREATE OR REPLACE FUNCTION tresen_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table %% is append-only: a correction is a new row', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
""".replace("%%", "%")


def append_only(table: str) -> RunSQL:
    """A migration step that puts the guard on `table`."""
    assert table.replace("_", "").isalnum()
    return RunSQL(
        sql=[
            _GUARD,
            (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION tresen_refuse_change();"
            ),
        ],
        reverse_sql=[f"DROP TRIGGER {table}_append_only ON {table};"],
    )
