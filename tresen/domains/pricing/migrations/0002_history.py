"""A price history that nobody rewrites."""

from django.db import migrations

from tresen.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("pricing", "0001_initial")]
    operations = [append_only("pricing_price_change")]
