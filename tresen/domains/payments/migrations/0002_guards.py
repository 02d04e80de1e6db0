"""Guards of the books: append-only tables, and groups of postings that sum to zero."""

from __future__ import annotations

from django.db import migrations

from tresen.foundation.append_only import append_only

_BALANCED = """
CREATE FUNCTION payments_ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM payments_ledger_entry WHERE group_id = NEW.group_id
    GROUP BY currency HAVING sum(minor) <> 0
  ) THEN
    RAISE EXCEPTION 'posting group % does not sum to zero', NEW.group_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_ledger_balanced';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_ledger_balanced AFTER INSERT ON payments_ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_ledger_balanced();
"""

_UNDO = """
DROP TRIGGER payments_ledger_balanced ON payments_ledger_entry;
DROP FUNCTION payments_ledger_balanced();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        append_only("payments_payment_event"),
        append_only("payments_ledger_entry"),
        migrations.RunSQL(sql=_BALANCED, reverse_sql=_UNDO),
    ]
