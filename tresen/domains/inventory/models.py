"""Tables of this domain. Private: other domains ask queries.py.

Variants are plain ids: stock, its claims and above all its ledger outlive a product.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tresen.domains.inventory.types import LocationKind, Reason

KINDS = [(kind.value, kind.value) for kind in LocationKind]
REASONS = [(reason.value, reason.value) for reason in Reason]
CODE_LENGTH = 40


class Location(models.Model):
    """Where goods lie, come from or go to. Its address is that of a business.

    `store_code` names the store whose shelf it is; empty: it serves the whole house.
    """

    code = models.SlugField(max_length=CODE_LENGTH, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=KINDS)
    pickup_allowed = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=100)
    street = models.CharField(max_length=200, blank=True, default="")
    postcode = models.CharField(max_length=20, blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    opening_hours = models.JSONField(default=dict)
    store_code = models.CharField(max_length=CODE_LENGTH, blank=True, default="")

    class Meta:
        db_table = "inventory_location"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in KINDS]),
                name="inventory_location_kind_known",
            ),
        ]


class Level(models.Model):
    """What lies at a location. A hot article lies on several rows, its shards 1 to n beside 0.

    `spread` says that buyers may choose any unlocked row instead of queueing (spread_level).
    """

    variant_id = models.UUIDField()
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    shard = models.PositiveSmallIntegerField(default=0)
    spread = models.BooleanField(default=False)
    on_hand = models.IntegerField(default=0)
    allocated = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)

    class Meta:
        db_table = "inventory_level"
        constraints = [
            models.UniqueConstraint(
                fields=["variant_id", "location", "shard"], name="inventory_level_once"
            ),
            models.CheckConstraint(
                condition=Q(on_hand__gte=0) & Q(allocated__gte=0) & Q(reserved__gte=0),
                name="inventory_level_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(on_hand__gte=F("allocated") + F("reserved")),
                name="inventory_level_never_oversold",
            ),
        ]


class Hold(models.Model):
    """So many pieces of a level are held for a cart until then; gone when released or used."""

    cart_id = models.UUIDField()
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+", db_index=False)
    quantity = models.IntegerField()
    until = models.DateTimeField()

    class Meta:
        db_table = "inventory_hold"
        indexes = [
            models.Index(fields=["cart_id"], name="inventory_hold_of_cart"),
            models.Index(fields=["level", "until"], name="inventory_hold_on_level"),
            models.Index(fields=["until"], name="inventory_hold_until"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="inventory_hold_of_something"),
        ]


class Allocation(models.Model):
    """So many pieces of a level are kept for an order; gone when shipped or cancelled."""

    order_id = models.UUIDField()
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    quantity = models.IntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "inventory_allocation"
        indexes = [
            models.Index(fields=["order_id"], name="inventory_allocation_of_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="inventory_allocation_of_something"
            ),
        ]


class Movement(models.Model):
    """One line of the ledger: from here to there. Append-only; the sums are what lies there."""

    variant_id = models.UUIDField()
    from_location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    quantity = models.IntegerField()
    reason = models.CharField(max_length=20, choices=REASONS)
    cause_kind = models.CharField(max_length=40, blank=True, default="")
    cause_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=60)
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "inventory_movement"
        indexes = [
            models.Index(fields=["variant_id", "-id"], name="inventory_movement_of_variant"),
            models.Index(
                fields=["cause_id"],
                name="inventory_movement_of_cause",
                condition=Q(cause_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="inventory_movement_of_something"
            ),
            models.CheckConstraint(
                condition=~Q(from_location=F("to_location")), name="inventory_movement_goes_away"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[reason for reason, _ in REASONS]),
                name="inventory_movement_reason_known",
            ),
        ]
