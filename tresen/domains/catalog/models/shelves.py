"""The tree of categories.

A category's path is computed by the database from its parent's path and its own code, and the
parent is named by its path: moving a shelf is one UPDATE that PostgreSQL carries down the tree,
and a circle cannot be written, since no finite path contains itself.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat

from tresen.domains.catalog.types import (
    CODE_LENGTH_MAX,
    NAME_LENGTH_MAX,
    PATH_LENGTH_MAX,
    SLUG_LENGTH_MAX,
    SUMMARY_LENGTH_MAX,
)
from tresen.foundation.ids import new_id


class Category(models.Model):
    """A shelf of the shop."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.CharField(max_length=CODE_LENGTH_MAX)
    parent_path = models.CharField(max_length=PATH_LENGTH_MAX, null=True)  # noqa: DJ001 (no parent)
    path = models.GeneratedField(
        expression=Case(
            When(parent_path=None, then=F("code")),
            default=Concat(F("parent_path"), Value("/"), F("code")),
        ),
        output_field=models.CharField(max_length=PATH_LENGTH_MAX),
        db_persist=True,
        unique=True,
    )
    position = models.IntegerField(default=0)
    is_visible = models.BooleanField(default=True)

    class Meta:
        db_table = "catalog_category"


class CategoryText(models.Model):
    """A category in one language."""

    pk = models.CompositePrimaryKey("category_id", "locale")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="texts", db_index=False
    )
    locale = models.CharField(max_length=10)
    name = models.CharField(max_length=NAME_LENGTH_MAX)
    slug = models.CharField(max_length=SLUG_LENGTH_MAX)
    summary = models.CharField(max_length=SUMMARY_LENGTH_MAX, blank=True, default="")

    class Meta:
        db_table = "catalog_category_text"
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="one_category_per_address"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(slug=""), name="category_has_words"
            ),
        ]


class OldCategorySlug(models.Model):
    """An address that a category once had; it leads to the present one."""

    pk = models.CompositePrimaryKey("locale", "slug")
    locale = models.CharField(max_length=10)
    slug = models.CharField(max_length=SLUG_LENGTH_MAX)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "catalog_old_category_slug"
