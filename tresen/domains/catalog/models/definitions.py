"""What products are described with. Labels are JSON objects of words by locale."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tresen.domains.catalog.types import (
    CODE_LENGTH_MAX,
    NAME_LENGTH_MAX,
    UNIT_LENGTH_MAX,
    AttributeKind,
)
from tresen.foundation.ids import new_id


class Brand(models.Model):
    """A brand as it is written."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.CharField(max_length=CODE_LENGTH_MAX, unique=True)
    name = models.CharField(max_length=NAME_LENGTH_MAX)
    about = models.JSONField(default=dict)

    class Meta:
        db_table = "catalog_brand"


class Attribute(models.Model):
    """A typed property. `choices` is a list of {code, labels, swatch}, in the order shown.

    The values lie in `Product.attributes` (decisions/0004): one JSON object per product.
    """

    code = models.CharField(max_length=CODE_LENGTH_MAX, primary_key=True)
    kind = models.CharField(max_length=10, choices=[(k, k.title()) for k in AttributeKind])
    labels = models.JSONField()
    unit = models.CharField(max_length=UNIT_LENGTH_MAX, blank=True, default="")
    is_filterable = models.BooleanField(default=False)
    choices = models.JSONField(default=list)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_attribute"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit="") | Q(kind=AttributeKind.NUMBER), name="only_numbers_have_units"
            ),
            models.CheckConstraint(
                condition=Q(kind=AttributeKind.CHOICE) ^ Q(choices=[]),
                name="choices_have_their_values",
            ),
        ]


class Option(models.Model):
    """What a customer chooses between variants."""

    code = models.CharField(max_length=CODE_LENGTH_MAX, primary_key=True)
    labels = models.JSONField()
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_option"


class OptionValue(models.Model):
    """One button of an option."""

    pk = models.CompositePrimaryKey("option_id", "code")
    option = models.ForeignKey(
        Option, on_delete=models.PROTECT, related_name="values", db_index=False
    )
    code = models.CharField(max_length=CODE_LENGTH_MAX)
    labels = models.JSONField()
    swatch = models.CharField(max_length=7, blank=True, default="")
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_option_value"
