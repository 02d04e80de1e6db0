"""Services that process data for the shop."""

from __future__ import annotations

from django.db import models

from tresen.domains.privacy.types.processors import Mechanism


class Processor(models.Model):
    """One service under a contract of Art. 28. Business data, not data about people."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    task = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    mechanism = models.CharField(
        max_length=20, choices=[(m, m) for m in Mechanism], default="", blank=True
    )
    reference = models.CharField(max_length=200, default="", blank=True)
    contract_on = models.DateField(null=True)
    is_enabled = models.BooleanField(default=False)

    class Meta:
        db_table = "privacy_processor"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_enabled=False) | models.Q(contract_on__isnull=False),
                name="processor_enabled_has_a_contract",
            ),
        ]
