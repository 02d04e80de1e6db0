"""The smallest words: kinds, states, languages and limits."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Localized = Mapping[str, str]
"""The same words in several languages, keyed by locale (after commercetools' LocalizedString)."""

JsonValue = str | bool | int | float | Localized
"""An attribute's value as it is stored; a date is its ISO 8601 text, a choice its code."""

FALLBACKS: Mapping[str, tuple[str, ...]] = {"de": ("de", "en"), "en": ("en", "de")}
"""Which languages stand in, in order, when words are missing; after them comes any other."""
FALLBACK_ELSE = ("en", "de")


class ProductStatus(StrEnum):
    """Draft is being written, active may be published, archived is kept for old orders only."""

    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"


class AttributeKind(StrEnum):
    """How an attribute's values are typed."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"


class ContentUnit(StrEnum):
    """Units of net content, the base of the unit price (Grundpreis)."""

    NONE = ""
    GRAM = "g"
    MILLILITRE = "ml"
    METRE = "m"
    SQUARE_METRE = "m2"


NAME_LENGTH_MAX = 300
SLUG_LENGTH_MAX = 160
SUMMARY_LENGTH_MAX = 1_000
DESCRIPTION_LENGTH_MAX = 50_000
META_LENGTH_MAX = 300
SKU_LENGTH_MAX = 64
CODE_LENGTH_MAX = 120
PATH_LENGTH_MAX = 800
ALT_LENGTH_MAX = 300
UNIT_LENGTH_MAX = 20
ATTRIBUTE_TEXT_LENGTH_MAX = 10_000
ATTRIBUTES_MAX = 500
VARIANTS_MAX = 500
CATEGORIES_MAX = 50
MEDIA_MAX = 100
GTINS_MAX = 200
WEIGHT_G_MAX = 50_000_000
SIDE_MM_MAX = 100_000
PER_ORDER_MAX = 9_999
PER_ORDER_DEFAULT = 100
NUMBER_MAX = 10**15
SORT_NAME_LENGTH = 80
