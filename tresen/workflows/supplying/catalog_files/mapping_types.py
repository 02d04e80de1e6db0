"""A mapping: which field of a file becomes which of ours, and how it is written there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tresen.domains.catalog.types import AttributeKind, Localized
from tresen.operations.words.speaking import gettext as _


class Target(StrEnum):
    """What our fields are, as a reader of values sees them."""

    TEXT = "text"
    LIST = "list"
    GTIN = "gtin"
    GTINS = "gtins"
    CATEGORIES = "categories"
    MONEY = "money"
    WHOLE = "whole"
    DATE = "date"
    GRAMS = "grams"
    MILLIMETRES = "millimetres"
    COUNTRY = "country"
    TARIFF_CODE = "tariff_code"
    CONTENT = "content"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """How one of our fields is read. `sources` are tried in order, the first with a value counts.

    `line` is the line of the mapping file, for messages.
    """

    name: str
    locale: str
    target: Target
    sources: tuple[str, ...]
    line: int
    prefix: str = ""
    suffix: str = ""
    match: re.Pattern[str] | None = None
    split: str = ""
    levels: str = ""
    is_path: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
    unit: str = ""
    date_format: str = ""
    may_drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeRule:
    """How fields of a kind become attributes. `pattern` holds at most one «*», which stands for
    the attribute's code; an exact pattern goes before one with a star, a longer before a shorter.
    """

    pattern: str
    kind: AttributeKind
    line: int
    code: str = "*"
    labels: Localized = field(default_factory=dict)
    unit: str = ""
    is_filterable: bool = False
    is_neutral: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
    date_format: str = ""
    ignore: bool = False
    may_drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """A whole mapping file."""

    name: str
    locale: str
    currency: str
    format: str
    encoding: str
    delimiter: str
    records: str
    price_list: str
    location: str
    values: Mapping[str, str]
    fields: tuple[FieldRule, ...]
    attributes: tuple[AttributeRule, ...]
    units: tuple[tuple[str, str], ...]
    filterable: tuple[str, ...]
    replaces_attributes: bool = False


class MappingWrong(Exception):
    """The mapping file cannot be used; says the line, what is wrong, and what may stand there."""

    def __init__(self, *, file: str, line: int, why: str) -> None:
        self.file, self.line, self.why = file, line, why
        told = _("{file}, line {line}: {reason}", file=file, line=line, reason=why)
        super().__init__(told if line else f"{file}: {why}")
