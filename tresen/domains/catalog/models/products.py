"""Products, their words, their variants, and where they are shown."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from tresen.domains.catalog.models.definitions import Brand
from tresen.domains.catalog.models.shelves import Category
from tresen.domains.catalog.types import (
    CODE_LENGTH_MAX,
    META_LENGTH_MAX,
    NAME_LENGTH_MAX,
    PER_ORDER_DEFAULT,
    PER_ORDER_MAX,
    SIDE_MM_MAX,
    SKU_LENGTH_MAX,
    SLUG_LENGTH_MAX,
    SORT_NAME_LENGTH,
    WEIGHT_G_MAX,
    ContentUnit,
    ProductStatus,
)
from tresen.foundation.ids import new_id


class Product(models.Model):
    """An article of the range. `attributes` holds typed values by attribute code."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.CharField(max_length=CODE_LENGTH_MAX)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=10, choices=[(s, s.title()) for s in ProductStatus])
    tax_category = models.CharField(max_length=40)
    listed_on = models.DateField(null=True)
    options = ArrayField(models.CharField(max_length=CODE_LENGTH_MAX), default=list)
    attributes = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        db_table = "catalog_product"
        indexes = [
            models.Index(fields=["changed_at", "id"], name="catalog_product_changed"),
            models.Index(fields=["status"], name="catalog_product_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_product_per_code"),
            models.CheckConstraint(
                condition=Q(status__in=list(ProductStatus)), name="product_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(tax_category=""), name="product_has_code_and_tax"
            ),
        ]


class ProductText(models.Model):
    """A product in one language. `sort_name` orders by name on every operating system alike."""

    pk = models.CompositePrimaryKey("product_id", "locale")
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="texts", db_index=False
    )
    locale = models.CharField(max_length=10)
    name = models.CharField(max_length=NAME_LENGTH_MAX)
    sort_name = models.CharField(max_length=SORT_NAME_LENGTH)
    slug = models.CharField(max_length=SLUG_LENGTH_MAX)
    summary = models.TextField(blank=True, default="")
    description = models.TextField(blank=True, default="")
    meta_title = models.CharField(max_length=META_LENGTH_MAX, blank=True, default="")
    meta_description = models.CharField(max_length=META_LENGTH_MAX, blank=True, default="")

    class Meta:
        db_table = "catalog_product_text"
        indexes = [
            models.Index(fields=["sort_name", "product"], name="catalog_product_by_name"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="catalog_product_name_like"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="one_product_per_address"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="product_has_words"),
        ]


class OldSlug(models.Model):
    """An address that a product once had; it leads to the present one."""

    pk = models.CompositePrimaryKey("locale", "slug")
    locale = models.CharField(max_length=10)
    slug = models.CharField(max_length=SLUG_LENGTH_MAX)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "catalog_old_slug"


class Variant(models.Model):
    """What is sold: the thing with a SKU. `choices` are option codes to value codes."""

    id = models.UUIDField(primary_key=True, default=new_id)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    sku = models.CharField(max_length=SKU_LENGTH_MAX, unique=True)
    gtin = models.CharField(max_length=14, blank=True, default="")
    other_gtins = ArrayField(models.CharField(max_length=14), default=list)
    choices = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    is_default = models.BooleanField(default=False)
    is_archived = models.BooleanField(default=False)
    weight_g = models.IntegerField(null=True)
    length_mm = models.IntegerField(null=True)
    width_mm = models.IntegerField(null=True)
    height_mm = models.IntegerField(null=True)
    origin_country = models.CharField(max_length=2, blank=True, default="")
    tariff_code = models.CharField(max_length=10, blank=True, default="")
    content_amount = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    content_unit = models.CharField(max_length=2, blank=True, default="")
    max_per_order = models.PositiveSmallIntegerField(default=PER_ORDER_DEFAULT)

    class Meta:
        db_table = "catalog_variant"
        indexes = [
            models.Index(fields=["gtin"], name="catalog_variant_gtin", condition=~Q(gtin="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(is_default=True),
                name="one_default_variant_per_product",
            ),
            models.UniqueConstraint(
                fields=["product", "choices"],
                condition=Q(is_archived=False),
                name="one_variant_per_choice",
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_archived=False),
                name="default_variant_is_not_archived",
            ),
            models.CheckConstraint(condition=~Q(sku=""), name="variant_has_sku"),
            models.CheckConstraint(
                condition=Q(weight_g=None) | Q(weight_g__range=(1, WEIGHT_G_MAX)),
                name="variant_weight_sound",
            ),
            models.CheckConstraint(
                condition=(Q(length_mm=None) | Q(length_mm__range=(1, SIDE_MM_MAX)))
                & (Q(width_mm=None) | Q(width_mm__range=(1, SIDE_MM_MAX)))
                & (Q(height_mm=None) | Q(height_mm__range=(1, SIDE_MM_MAX))),
                name="variant_size_sound",
            ),
            models.CheckConstraint(
                condition=Q(origin_country="") | Q(origin_country__regex=r"^[A-Z]{2}$"),
                name="variant_origin_is_a_country",
            ),
            models.CheckConstraint(
                condition=Q(tariff_code="") | Q(tariff_code__regex=r"^[0-9]{6,10}$"),
                name="variant_tariff_code_sound",
            ),
            models.CheckConstraint(
                condition=Q(content_amount=None, content_unit="")
                | Q(content_amount__gt=0, content_unit__in=[u for u in ContentUnit if u]),
                name="variant_content_has_its_unit",
            ),
            models.CheckConstraint(
                condition=Q(max_per_order__range=(1, PER_ORDER_MAX)),
                name="variant_order_limit_sound",
            ),
        ]


class ProductCategory(models.Model):
    """A product on a shelf; position 0 is the main shelf, which the crumbs show."""

    pk = models.CompositePrimaryKey("product_id", "category_id")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "catalog_product_category"
        constraints = [
            models.UniqueConstraint(
                fields=["product", "position"],
                name="one_shelf_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]


class Publication(models.Model):
    """Since when, and until when, a product is shown in a channel."""

    pk = models.CompositePrimaryKey("product_id", "channel_id")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.ForeignKey(
        "stores.Channel",
        to_field="code",
        db_column="channel_code",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "catalog_publication"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
                name="publication_ends_after_it_begins",
            ),
        ]
