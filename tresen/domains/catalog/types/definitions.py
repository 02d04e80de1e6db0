"""What products are described with: attributes, options, brands, categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tresen.domains.catalog.types.words import AttributeKind, Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value that a choice attribute or an option allows; `swatch` a hex colour or empty."""

    code: str
    labels: Localized
    swatch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeDef:
    """A property of goods. `unit` is for numbers only, `choices` for choices only."""

    code: str
    kind: AttributeKind
    labels: Localized
    unit: str = ""
    is_filterable: bool = False
    choices: tuple[Choice, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionDef:
    """What a customer chooses between variants (colour, size); values in the order shown."""

    code: str
    labels: Localized
    values: tuple[Choice, ...]
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandDef:
    """A brand as it is written; `about` is plain text in each language."""

    code: str
    name: str
    about: Localized = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandRow:
    """A brand as it is kept."""

    id: UUID
    code: str
    name: str
    about: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryText:
    """A category in one language. An empty slug is made from the name."""

    name: str
    slug: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryDef:
    """A shelf of the shop; `path` is the codes from the root («coffee/beans») and its identity."""

    path: str
    texts: dict[str, CategoryText]
    position: int = 0
    is_visible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """A category in one language, as a crumb or a row of a list."""

    id: UUID
    path: str
    name: str
    slug: str
    summary: str
    position: int
    is_visible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryNode:
    """A category with those below it."""

    category: CategoryRow
    children: Sequence[CategoryNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPage:
    """A category, its way from the root, the shelves right below it, its addresses by locale."""

    category: CategoryRow
    trail: tuple[CategoryRow, ...]
    children: tuple[CategoryRow, ...]
    slugs: Mapping[str, str]
