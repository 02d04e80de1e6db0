"""A new key of fingerprints reaches consents, too; nothing else of them is ever rewritten."""

from django.db import migrations

_GUARD = """
CREATE OR REPLACE FUNCTION tresen_refuse_change_but_index() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('tresen.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND current_setting('tresen.reindex', true) = 'on'
    AND to_jsonb(NEW) - 'email_index' = to_jsonb(OLD) - 'email_index'
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'table % is append-only: a correction is a new row', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
"""
_PUT = """
CREATE OR REPLACE TRIGGER privacy_consent_event_append_only
BEFORE UPDATE OR DELETE ON privacy_consent_event
FOR EACH ROW EXECUTE FUNCTION {function}()
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0005_processor")]

    operations = [
        migrations.RunSQL(
            sql=[_GUARD, _PUT.format(function="tresen_refuse_change_but_index")],
            reverse_sql=[
                _PUT.format(function="tresen_refuse_change_until_retention"),
                "DROP FUNCTION tresen_refuse_change_but_index()",
            ],
        ),
    ]
