"""Tables of this domain. Private: others ask queries.

All of it can be made again from the other domains, so that rows carry no foreign keys: a space is
filled with COPY-like speed and emptied in batches. Columns that are derived (search, place) are
written by the commands only.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from tresen.domains.discovery.types import SLOTS, FacetKind

PENDING_KB = 512
"""Fresh rows wait in a list that every search reads: short enough for that, long enough to be
worth writing in one go."""


class Space(models.Model):
    """One build of one channel and language. Readers see the current one only."""

    id = models.AutoField(primary_key=True)
    channel_code = models.CharField(max_length=40)
    locale = models.CharField(max_length=10)
    market = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    slot = models.SmallIntegerField()
    is_current = models.BooleanField(default=False)
    is_left = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    switched_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "discovery_space"
        constraints = [
            models.UniqueConstraint(
                fields=["channel_code", "locale"],
                condition=Q(is_current=True),
                name="discovery_one_current_space",
            ),
            models.UniqueConstraint(
                fields=["channel_code", "locale"],
                condition=Q(is_current=False, is_left=False),
                name="discovery_one_space_being_built",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(is_left=False),
                name="discovery_current_space_not_left",
            ),
        ]


class Entry(models.Model):
    """A product as a card shows it, and as it is searched. No joins are needed to show it.

    Each slot has an inverted index of its own, so that a search never wades through the same
    words in another channel's or language's rows.
    """

    pk = models.CompositePrimaryKey("space_id", "product_id")
    space_id = models.IntegerField()
    slot = models.SmallIntegerField()
    product_id = models.UUIDField()
    variant_id = models.UUIDField()
    variant_count = models.SmallIntegerField()
    slug = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    brand_code = models.CharField(max_length=160)
    brand = models.CharField(max_length=300)
    picture_urls = models.TextField()
    picture_width = models.IntegerField()
    picture_height = models.IntegerField()
    picture_alt = models.CharField(max_length=300)
    price_minor = models.BigIntegerField()
    price_max_minor = models.BigIntegerField()
    reference_minor = models.BigIntegerField(null=True)
    tax_category = models.CharField(max_length=40)
    content_amount = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    content_unit = models.CharField(max_length=2)
    available = models.IntegerField()
    demand = models.FloatField()
    rank = models.IntegerField()
    newness = models.IntegerField()
    name_key = models.CharField(max_length=40, db_collation="C")
    shelves = ArrayField(models.IntegerField())
    tokens = ArrayField(models.IntegerField())
    search = SearchVectorField()
    fingerprint = models.BinaryField(max_length=16)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "discovery_entry"
        indexes = [
            GinIndex(
                F("search"),
                F("tokens"),
                condition=Q(slot=slot),
                gin_pending_list_limit=PENDING_KB,
                name=f"discovery_entry_found_{slot:02d}",
            )
            for slot in range(SLOTS)
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(price_minor__gte=0) & Q(price_max_minor__gte=F("price_minor")),
                name="discovery_entry_price_sound",
            ),
            models.CheckConstraint(
                condition=Q(available__gte=0), name="discovery_entry_stock_not_negative"
            ),
        ]


class Place(models.Model):
    """Where a product stands on a shelf, in each of the orders; narrow, for walking along."""

    pk = models.CompositePrimaryKey("shelf_id", "product_id")
    shelf_id = models.IntegerField()
    product_id = models.UUIDField()
    rank = models.IntegerField()
    newness = models.IntegerField()
    price_minor = models.BigIntegerField()
    in_stock = models.BooleanField()
    name_key = models.CharField(max_length=40, db_collation="C")

    class Meta:
        db_table = "discovery_place"
        indexes = [
            models.Index(fields=["shelf_id", "rank", "product_id"], name="discovery_place_rank"),
            models.Index(
                fields=["shelf_id", "price_minor", "product_id"], name="discovery_place_price"
            ),
            models.Index(
                fields=["shelf_id", "newness", "product_id"], name="discovery_place_newness"
            ),
            models.Index(
                fields=["shelf_id", "name_key", "product_id"], name="discovery_place_name"
            ),
        ]


class Token(models.Model):
    """A facet's value with its words in the space's language; shelves are tokens, too."""

    id = models.AutoField(primary_key=True)
    space_id = models.IntegerField()
    facet = models.CharField(max_length=140)
    value = models.CharField(max_length=160)
    label = models.CharField(max_length=300)
    slug = models.CharField(max_length=200, default="")
    swatch = models.CharField(max_length=7, default="")
    position = models.IntegerField(default=0)
    facet_label = models.CharField(max_length=300, default="")
    facet_unit = models.CharField(max_length=20, default="")
    facet_kind = models.CharField(max_length=10, choices=[(k, k.title()) for k in FacetKind])
    facet_position = models.IntegerField(default=0)

    class Meta:
        db_table = "discovery_token"
        constraints = [
            models.UniqueConstraint(
                fields=["space_id", "facet", "value"], name="discovery_one_token_per_value"
            ),
        ]
        indexes = [
            models.Index(
                fields=["space_id", "slug"],
                condition=Q(facet="category"),
                name="discovery_token_shelf",
            ),
        ]


class FacetCount(models.Model):
    """How many products of a shelf have a value: kept, so that a category page need not count."""

    pk = models.CompositePrimaryKey("shelf_id", "token_id")
    shelf_id = models.IntegerField()
    token_id = models.IntegerField()
    products = models.IntegerField()

    class Meta:
        db_table = "discovery_facet_count"
        indexes = [
            models.Index(fields=["shelf_id", "-products"], name="discovery_facet_frequent"),
        ]


class Word(models.Model):
    """A word of titles, brands and categories with its frequency; for typing errors and terms."""

    pk = models.CompositePrimaryKey("space_id", "word")
    space_id = models.IntegerField()
    word = models.CharField(max_length=60, db_collation="C")
    products = models.IntegerField()

    class Meta:
        db_table = "discovery_word"
        indexes = [
            GinIndex(
                OpClass(F("space_id"), name="int4_ops"),
                OpClass(F("word"), name="gin_trgm_ops"),
                name="discovery_word_alike",
            ),
        ]


class Variant(models.Model):
    """Which product a variant belongs to, and the numbers it is found by. For all spaces."""

    variant_id = models.UUIDField(primary_key=True)
    product_id = models.UUIDField()
    codes = ArrayField(models.CharField(max_length=40))

    class Meta:
        db_table = "discovery_variant"
        indexes = [
            models.Index(fields=["product_id"], name="discovery_variant_of"),
            GinIndex(fields=["codes"], name="discovery_variant_codes", fastupdate=False),
        ]


class Due(models.Model):
    """When a product must be looked at again without a fact: a price or a publication begins."""

    product_id = models.UUIDField(primary_key=True)
    due_at = models.DateTimeField()

    class Meta:
        db_table = "discovery_due"
        indexes = [models.Index(fields=["due_at"], name="discovery_due_at")]


class Demand(models.Model):
    """Pieces sold of a product, fading; kept apart from the spaces so that rebuilds know it."""

    product_id = models.UUIDField(primary_key=True)
    pieces = models.FloatField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "discovery_demand"
