"""Fills the table with the shipped rates. A later change of rates is one more such migration."""

from __future__ import annotations

from django.db import migrations

from tresen.domains.tax.rules import shipped_rates


def load(apps, editor):
    rate = apps.get_model("tax", "Rate")
    rate.objects.all().delete()
    rate.objects.bulk_create(
        rate(
            country=period.rate.country,
            category=period.rate.category,
            treatment=period.rate.treatment.value,
            basis_points=period.rate.rate_bp,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            source=period.source,
        )
        for period in shipped_rates()
    )


class Migration(migrations.Migration):
    dependencies = [("tax", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
