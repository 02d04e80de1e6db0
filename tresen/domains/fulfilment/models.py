"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.domains.fulfilment.types import DeliveryKind
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Option(models.Model):
    """One way to receive goods in one market."""

    code = models.SlugField(max_length=60, primary_key=True)
    market = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in DeliveryKind])
    countries = ArrayField(models.CharField(max_length=2), default=list)
    names = models.JSONField()
    notes = models.JSONField(default=dict)
    carrier = models.CharField(max_length=60, default="", blank=True)
    currency = models.CharField(max_length=3)
    price_minor = models.BigIntegerField()
    free_from_minor = models.BigIntegerField(null=True)
    handling_days = models.SmallIntegerField()
    transit_days_min = models.SmallIntegerField()
    transit_days_max = models.SmallIntegerField()
    cutoff = models.TimeField()
    time_zone = models.CharField(max_length=60)
    holiday_country = models.CharField(max_length=2)
    holiday_region = models.CharField(max_length=10, default="", blank=True)
    locations = ArrayField(models.CharField(max_length=40))
    place = models.CharField(max_length=200, default="", blank=True)
    weight_max_g = models.IntegerField(default=0)
    position = models.SmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "fulfilment_option"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    price_minor__gte=0,
                    handling_days__gte=0,
                    transit_days_min__gte=0,
                    transit_days_max__gte=models.F("transit_days_min"),
                ),
                name="delivery_option_makes_sense",
            ),
        ]


class Parcel(models.Model):
    """What left the house in one go: by carrier, or handed over at the counter."""

    id = models.UUIDField(primary_key=True, default=new_id)
    order_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in DeliveryKind])
    carrier = models.CharField(max_length=60, default="", blank=True)
    person_id = models.UUIDField(null=True)
    tracking = SealedField(null=True)
    location = models.CharField(max_length=40)
    shipped_at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    class Meta:
        db_table = "fulfilment_parcel"


class ParcelLine(models.Model):
    """So many pieces of one order line in one parcel."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="lines")
    order_line_id = models.UUIDField()
    quantity = models.IntegerField()

    class Meta:
        db_table = "fulfilment_parcel_line"
        constraints = [
            models.UniqueConstraint(fields=["parcel", "order_line_id"], name="line_once_a_parcel"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="parcel_line_positive"),
        ]
