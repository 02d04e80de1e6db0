"""Money that waits to be given back is found without reading all payments."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_guards")]

    operations = [
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                fields=["opened_at"],
                name="payments_giving_back",
                condition=models.Q(refunding_minor__gt=0),
            ),
        ),
    ]
