"""Tables of this domain. Private: other domains ask queries.py.

Variants are plain ids: what something cost must be known longer than the product is.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from tresen.domains.pricing.types import Audience, ReductionKind

AUDIENCES = [(audience.value, audience.value) for audience in Audience]
KINDS = [(kind.value, kind.value) for kind in ReductionKind]


def _span(first: str, last: str) -> Func:
    """From the first moment to before the last; an empty end is open."""
    return Func(F(first), F(last), function="tstzrange", output_field=DateTimeRangeField())


class PriceList(models.Model):
    """Prices for a market; the greater priority wins. What the past was read from stays fixed."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    market = models.ForeignKey("stores.Market", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    audience = models.CharField(max_length=20, choices=AUDIENCES)
    priority = models.IntegerField(default=0)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "pricing_price_list"
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=[audience for audience, _ in AUDIENCES]),
                name="pricing_list_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="pricing_list_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="pricing_list_one_per_priority",
                expressions=[
                    ("market", RangeOperators.EQUAL),
                    ("priority", RangeOperators.EQUAL),
                    (_span("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="pricing_list_one_currency_at_a_time",
                expressions=[
                    ("market", RangeOperators.EQUAL),
                    ("currency", RangeOperators.NOT_EQUAL),
                    (_span("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Price(models.Model):
    """What one piece costs from so many pieces on, within its own days if it has any."""

    variant_id = models.UUIDField()
    price_list = models.ForeignKey(
        PriceList, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    min_quantity = models.PositiveIntegerField(default=1)
    amount_minor = models.BigIntegerField()
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "pricing_price"
        constraints = [
            models.UniqueConstraint(
                fields=["variant_id", "price_list", "min_quantity", "valid_from", "valid_to"],
                name="pricing_price_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0), name="pricing_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(min_quantity__gte=1), name="pricing_price_of_something"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="pricing_price_ends_after_it_begins",
            ),
        ]


class PriceChange(models.Model):
    """From then on a price stood in a list, or (no amount) none did any more. Append-only."""

    variant_id = models.UUIDField()
    price_list = models.ForeignKey(
        PriceList, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    min_quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        db_table = "pricing_price_change"
        indexes = [
            models.Index(fields=["variant_id", "changed_at"], name="pricing_change_of_variant"),
        ]


class Reduction(models.Model):
    """An announced reduction: the price to name beside the new one, and for how long."""

    variant_id = models.UUIDField()
    market = models.ForeignKey("stores.Market", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS)
    reference_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    actor = models.CharField(max_length=60)

    class Meta:
        db_table = "pricing_reduction"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in KINDS]),
                name="pricing_reduction_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("began_at")),
                name="pricing_reduction_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="pricing_reduction_one_at_a_time",
                expressions=[
                    ("market", RangeOperators.EQUAL),
                    ("variant_id", RangeOperators.EQUAL),
                    (_span("began_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
