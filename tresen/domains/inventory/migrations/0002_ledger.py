"""A ledger that nobody rewrites, locations beyond our walls, and room for updates in place."""

from django.db import migrations

from tresen.foundation.append_only import append_only

_BEYOND = ("supplier", "customer", "loss", "transit")


def open_beyond(apps, editor):
    location = apps.get_model("inventory", "Location")
    location.objects.bulk_create(
        [location(code=code, name=code, kind=code) for code in _BEYOND], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial")]
    operations = [
        migrations.RunPython(open_beyond, migrations.RunPython.noop),
        append_only("inventory_movement"),
        migrations.RunSQL(
            sql=[
                "ALTER TABLE inventory_level SET (fillfactor = 50,"
                " autovacuum_vacuum_scale_factor = 0.02)",
                "ALTER TABLE inventory_hold SET (autovacuum_vacuum_scale_factor = 0.02)",
                "ALTER TABLE inventory_allocation SET (autovacuum_vacuum_scale_factor = 0.02)",
            ],
            reverse_sql=[
                "ALTER TABLE inventory_level RESET (fillfactor, autovacuum_vacuum_scale_factor)",
                "ALTER TABLE inventory_hold RESET (autovacuum_vacuum_scale_factor)",
                "ALTER TABLE inventory_allocation RESET (autovacuum_vacuum_scale_factor)",
            ],
        ),
    ]
