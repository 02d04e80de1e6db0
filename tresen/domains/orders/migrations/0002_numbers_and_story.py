"""The sequence of order numbers, and the story that nobody can rewrite."""

from __future__ import annotations

from django.db import migrations

from tresen.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE orders_number START 1000001",
            reverse_sql="DROP SEQUENCE orders_number",
        ),
        append_only("orders_history"),
    ]
