"""Data keys lie in a schema of their own: it is backed up apart and for days only."""

from django.db import migrations

_MAKE = """
CREATE SCHEMA vault;
GRANT USAGE ON SCHEMA vault TO PUBLIC;
CREATE TABLE vault.data_key (
  id uuid PRIMARY KEY,
  subject uuid NOT NULL,
  class varchar(40) NOT NULL,
  wrapped bytea NOT NULL CHECK (length(wrapped) BETWEEN 48 AND 200),
  kek_version int NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  restricted_at timestamptz,
  CONSTRAINT one_key_per_subject_and_class UNIQUE (subject, class)
) WITH (fillfactor = 80);
CREATE INDEX data_keys_by_version ON vault.data_key (kek_version);
COMMENT ON TABLE vault.data_key IS
  'Keys of people, wrapped. Whoever deletes a row makes what it sealed unreadable for good.';
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL(sql=_MAKE, reverse_sql="DROP SCHEMA vault CASCADE;")]
