"""Pictures: files named by their content, and which product shows which."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.domains.catalog.models.products import Product, Variant


class Picture(models.Model):
    """A kept file. `hash` is the SHA-256 of what was handed in; `widths` are the WebP versions
    under `media/<hash>/<width>.webp`, `file` the original beside them."""

    hash = models.CharField(max_length=64, primary_key=True)
    file = models.CharField(max_length=100)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = ArrayField(models.PositiveIntegerField())
    bytes = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "catalog_picture"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hash__regex=r"^[0-9a-f]{64}$"), name="picture_named_by_content"
            ),
            models.CheckConstraint(
                condition=models.Q(width__gt=0, height__gt=0, widths__len__gt=0),
                name="picture_has_size",
            ),
        ]


class ProductPicture(models.Model):
    """A picture shown with a product, or with one of its variants. Words in each language."""

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="pictures", db_index=False
    )
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+", db_index=False)
    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    position = models.IntegerField(default=0)
    alt = models.JSONField()

    class Meta:
        db_table = "catalog_product_picture"
        constraints = [
            models.UniqueConstraint(
                fields=["product", "picture", "variant"],
                name="one_picture_once_per_product",
                nulls_distinct=False,
            ),
        ]
