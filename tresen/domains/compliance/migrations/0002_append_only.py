"""Published texts stay as they were."""

from __future__ import annotations

from django.db import migrations

from tresen.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]
    operations = [append_only("compliance_text")]
