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


_ADD_AND_READ = """
DO $$ DECLARE other regrole; BEGIN
  FOR other IN
    SELECT DISTINCT held.grantee::regrole
    FROM pg_class table_of, aclexplode(table_of.relacl) held
    WHERE table_of.oid = '{table}'::regclass AND held.grantee <> table_of.relowner
      AND held.grantee <> 0
  LOOP
    EXECUTE format('REVOKE ALL ON {table} FROM %s', other);
    EXECUTE format('GRANT SELECT, INSERT ON {table} TO %s', other);
  END LOOP;
  REVOKE ALL ON {table} FROM PUBLIC;
END $$;
"""


def add_and_read_only(table: str) -> RunSQL:
    """A migration step that leaves every role but the owner INSERT and SELECT on `table`."""
    assert table.replace("_", "").isalnum()
    return RunSQL(sql=[_ADD_AND_READ.format(table=table)], reverse_sql=[])


_GUARD_UNTIL = """
CREATE OR REPLACE FUNCTION tresen_refuse_change_until_retention() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('tresen.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'table % is append-only: a correction is a new row', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
"""


def append_only_until_retention(table: str) -> RunSQL:
    """The same guard for records about people: only the retention engine may delete, once due.

    It says so for its own transaction (`SET LOCAL tresen.retention = 'on'`); nobody may update.
    """
    assert table.replace("_", "").isalnum()
    return RunSQL(
        sql=[
            _GUARD_UNTIL,
            (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION tresen_refuse_change_until_retention();"
            ),
        ],
        reverse_sql=[f"DROP TRIGGER {table}_append_only ON {table};"],
    )
