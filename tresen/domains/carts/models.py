"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from tresen.domains.carts.types import QUANTITY_MAX
from tresen.foundation.vault.fields import SealedField


class Cart(models.Model):
    """What a guest means to buy. The id is the guest's only key to it: 122 random bits."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    channel_code = models.CharField(max_length=40)
    locale = models.CharField(max_length=10)
    is_open = models.BooleanField(default=True)
    order_id = models.UUIDField(null=True, unique=True)
    email_index = models.BinaryField(max_length=32, null=True)
    contact = SealedField(null=True)
    address = SealedField(null=True)
    billing = SealedField(null=True)
    delivery_code = models.CharField(max_length=60, default="", blank=True)
    payment_method = models.CharField(max_length=40, default="", blank=True)
    made_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        db_table = "carts_cart"
        indexes = [
            models.Index(fields=["touched_at"], name="carts_touched_at"),
            models.Index(
                fields=["email_index"],
                name="carts_of_an_address",
                condition=models.Q(email_index__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_open=True) | models.Q(order_id__isnull=False),
                name="closed_cart_has_an_order",
            ),
        ]


class Line(models.Model):
    """So many of one variant in one cart."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant_id = models.UUIDField()
    quantity = models.IntegerField()
    position = models.BigIntegerField()

    class Meta:
        db_table = "carts_line"
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant_id"], name="one_line_per_variant"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=QUANTITY_MAX),
                name="cart_quantity_in_bounds",
            ),
        ]
