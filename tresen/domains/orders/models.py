"""Tables of this domain. Private: others ask queries.py, or listen to events.py."""

from __future__ import annotations

from django.db import models

from tresen.domains.orders.types import FulfilmentState, OrderState, PaymentState
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Order(models.Model):
    """One promise to one customer. The snapshot is never edited; only the three states move."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    cart_id = models.UUIDField(null=True, unique=True)
    channel_code = models.CharField(max_length=40)
    store_code = models.CharField(max_length=40)
    locale = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=[(s, s) for s in OrderState])
    payment_state = models.CharField(max_length=20, choices=[(s, s) for s in PaymentState])
    fulfilment_state = models.CharField(max_length=20, choices=[(s, s) for s in FulfilmentState])
    person_id = models.UUIDField(null=True)
    person = SealedField()
    contact = SealedField(null=True)
    address = SealedField(null=True)
    billing = SealedField(null=True)
    tax_country = models.CharField(max_length=2)
    delivery = models.JSONField()
    delivery_kind = models.CharField(max_length=20)
    payment_method = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    pieces = models.IntegerField()
    goods_minor = models.BigIntegerField()
    delivery_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    taxes = models.JSONField()
    texts = models.JSONField(default=dict)
    placed_at = models.DateTimeField()

    class Meta:
        db_table = "orders_order"
        indexes = [
            models.Index(fields=["-placed_at", "-id"], name="orders_newest"),
            models.Index(fields=["person_id", "-placed_at"], name="orders_by_person"),
            models.Index(
                fields=["payment_state", "placed_at"],
                name="orders_to_be_paid",
                condition=models.Q(state="placed", payment_state="open"),
            ),
            models.Index(
                fields=["placed_at"],
                name="orders_to_be_shipped",
                condition=models.Q(state="placed", fulfilment_state__in=["open", "partly_shipped"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    gross_minor=models.F("goods_minor") + models.F("delivery_minor")
                ),
                name="order_gross_is_goods_and_delivery",
            ),
            models.CheckConstraint(
                condition=models.Q(gross_minor=models.F("net_minor") + models.F("tax_minor")),
                name="order_gross_is_net_and_tax",
            ),
            models.CheckConstraint(
                condition=models.Q(goods_minor__gte=0, delivery_minor__gte=0, tax_minor__gte=0),
                name="order_amounts_not_negative",
            ),
        ]


class Line(models.Model):
    """What was promised. Only `shipped` moves."""

    id = models.UUIDField(primary_key=True, default=new_id)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    position = models.SmallIntegerField()
    variant_id = models.UUIDField()
    sku = models.CharField(max_length=80)
    gtin = models.CharField(max_length=14, default="", blank=True)
    title = models.CharField(max_length=300)
    options = models.CharField(max_length=300, default="", blank=True)
    slug = models.CharField(max_length=200)
    picture_url = models.CharField(max_length=300, default="", blank=True)
    quantity = models.IntegerField()
    shipped = models.IntegerField(default=0)
    unit_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    tax_category = models.CharField(max_length=40)
    treatment = models.CharField(max_length=20)
    rate_bp = models.IntegerField()
    weight_g = models.IntegerField(null=True)
    origin_country = models.CharField(max_length=2, default="", blank=True)
    tariff_code = models.CharField(max_length=12, default="", blank=True)

    class Meta:
        db_table = "orders_line"
        indexes = [models.Index(fields=["variant_id"], name="orders_line_variant")]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_line_per_position"),
            models.CheckConstraint(
                condition=models.Q(
                    quantity__gt=0, shipped__gte=0, shipped__lte=models.F("quantity")
                ),
                name="line_not_shipped_twice",
            ),
            models.CheckConstraint(
                condition=models.Q(gross_minor=models.F("unit_minor") * models.F("quantity")),
                name="line_gross_is_unit_times_quantity",
            ),
        ]


class History(models.Model):
    """The order's story: append-only."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="history")
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    body = models.JSONField(default=dict)

    class Meta:
        db_table = "orders_history"
