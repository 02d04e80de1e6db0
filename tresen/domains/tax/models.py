"""Tables of this domain. Private: other domains ask queries.py."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from tresen.domains.tax.types import Treatment

BASIS_POINTS_MAX = 10_000
TREATMENTS = [(treatment.value, treatment.value) for treatment in Treatment]


class Rate(models.Model):
    """A rate with its days, as the law reads: a category without a row falls back to a broader one.

    `valid_to` is the day after the last, empty while no end is known. Rows come from the files in
    `rates/`; orders keep what they were taxed with, so that nothing points here.
    """

    country = models.CharField(max_length=5)
    category = models.CharField(max_length=40)
    treatment = models.CharField(max_length=20, choices=TREATMENTS)
    basis_points = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "tax_rate"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="tax_rate_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(treatment__in=[value for value, _ in TREATMENTS]),
                name="tax_rate_treatment_known",
            ),
            models.CheckConstraint(
                condition=Q(basis_points__lte=BASIS_POINTS_MAX), name="tax_rate_at_most_all"
            ),
            ExclusionConstraint(
                name="tax_rate_one_at_a_time",
                expressions=[
                    ("country", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
