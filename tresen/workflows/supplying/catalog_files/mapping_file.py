"""Reading a mapping file (TOML); every complaint names the line and says what may stand there."""

from __future__ import annotations

import codecs
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from tresen.domains.catalog.types import AttributeKind, ProductStatus
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.supplying.catalog_files.mapping_lines import Lines
from tresen.workflows.supplying.catalog_files.mapping_types import (
    AttributeRule,
    FieldRule,
    FileMapping,
    MappingWrong,
    Target,
)
from tresen.workflows.supplying.catalog_files.units import UNITS

T = TypeVar("T")
Table = Mapping[str, object]

LOCALIZED: Final = frozenset(
    {"name", "slug", "summary", "description", "meta_title", "meta_description", "picture_alt"}
)
TARGETS: Final = {
    "sku": Target.TEXT,
    "product": Target.TEXT,
    **dict.fromkeys(sorted(LOCALIZED), Target.TEXT),
    "gtin": Target.GTIN,
    "other_gtins": Target.GTINS,
    "brand": Target.TEXT,
    "categories": Target.CATEGORIES,
    "price": Target.MONEY,
    "stock": Target.WHOLE,
    "status": Target.STATUS,
    "tax_category": Target.TEXT,
    "listed_on": Target.DATE,
    "weight": Target.GRAMS,
    "length": Target.MILLIMETRES,
    "width": Target.MILLIMETRES,
    "height": Target.MILLIMETRES,
    "origin_country": Target.COUNTRY,
    "tariff_code": Target.TARIFF_CODE,
    "content": Target.CONTENT,
    "max_per_order": Target.WHOLE,
    "pictures": Target.LIST,
}
OPTION: Final = "option."
"""`option.colour` names the value of a variant's option."""

VALUES: Final = {"status", "tax_category", "brand", "origin_country"}
_TOP: Final = {
    "locale", "currency", "format", "encoding", "delimiter", "records", "price_list", "location",
    "filterable", "attribute_mode", "fields", "values", "attributes", "units",
}  # fmt: skip
_FIELD: Final = {
    "from", "prefix", "suffix", "match", "split", "levels", "is_path", "map", "decimal", "unit",
    "date_format", "on_bad",
}  # fmt: skip
_ATTRIBUTE: Final = {
    "from", "kind", "code", "label", "unit", "filterable", "neutral", "choices", "decimal",
    "date_format", "ignore", "on_bad",
}  # fmt: skip
_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


def read_mapping(path: Path) -> FileMapping:
    """Raises MappingWrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        why = _("cannot be read: {reason}", reason=wrong)
        raise MappingWrong(file=path.name, line=0, why=why) from wrong
    return parse_mapping(text, name=path.name)


def parse_mapping(text: str, *, name: str) -> FileMapping:
    """Raises MappingWrong."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        why = _("no TOML: {reason}", reason=wrong)
        raise MappingWrong(file=name, line=0, why=why) from wrong
    return _Reader(name, Lines(text), table).mapping()


class _Reader:
    """Takes a parsed mapping apart and complains by line."""

    def __init__(self, name: str, lines: Lines, table: Table) -> None:
        self._name = name
        self._lines = lines
        self._table = table

    def mapping(self) -> FileMapping:
        self._only(self._table, _TOP)
        locale = self._word(self._table, "locale", pattern=_LOCALE, default="de")
        fields = self._fields(locale)
        if not any(rule.name == "sku" for rule in fields):
            why = _("no field is named for sku, which tells articles apart")
            raise self._wrong(why, "fields")
        return FileMapping(
            name=self._name,
            locale=locale,
            currency=self._word(self._table, "currency", pattern=_CURRENCY, default="EUR"),
            format=self._one_of(self._table, "format", {"", "csv", "json", "jsonl"}),
            encoding=self._encoding(),
            delimiter=self._word(self._table, "delimiter"),
            records=self._word(self._table, "records"),
            price_list=self._word(self._table, "price_list"),
            location=self._word(self._table, "location"),
            values=self._values(),
            fields=tuple(fields),
            attributes=self._attributes(),
            units=self._units(),
            filterable=tuple(self._list(self._table, "filterable")),
            replaces_attributes=self._one_of(
                self._table, "attribute_mode", {"", "merge", "replace"}
            )
            == "replace",
        )

    def _encoding(self) -> str:
        encoding = self._word(self._table, "encoding", default="utf-8-sig")
        try:
            codecs.lookup(encoding)
        except LookupError:
            why = _(
                "encoding = {given} is not known; usual ones are utf-8, cp1252, latin-1",
                given=repr(encoding),
            )
            raise self._wrong(why, "encoding") from None
        return encoding

    def _fields(self, locale: str) -> list[FieldRule]:
        fields = self._sub(self._table, "fields")
        return [self._field(key, value, locale) for key, value in fields.items()]

    def _field(self, key: str, value: object, locale: str) -> FieldRule:
        place = ("fields", key)
        name, target, locale = self._target(key, locale)
        given = value if isinstance(value, dict) else {"from": value}
        self._only(given, _FIELD, *place)
        sources = self._sources(given, *place)
        unit = self._one_of(given, "unit", {"", "minor", *UNITS}, *place)
        return FieldRule(
            name=name,
            locale=locale,
            target=target,
            sources=sources,
            line=self._lines.of(*place),
            prefix=self._word(given, "prefix", *place),
            suffix=self._word(given, "suffix", *place),
            match=self._pattern(given, *place),
            split=self._word(given, "split", *place),
            levels=self._word(given, "levels", *place),
            is_path=self._flag(given, "is_path", *place),
            values=self._words(given, "map", *place),
            decimal=self._one_of(given, "decimal", {"", ".", ","}, *place) or ".",
            unit=unit,
            date_format=self._word(given, "date_format", *place),
            may_drop=self._one_of(given, "on_bad", {"", "refuse", "drop"}, *place) == "drop",
        )

    def _target(self, key: str, locale: str) -> tuple[str, Target, str]:
        if key.startswith(OPTION):
            return key, Target.TEXT, locale
        name, dot, given = key.partition(".")
        if name not in TARGETS:
            near = _near(key, [*TARGETS, "option.<code>"])
            why = _("«{key}» is none of our fields.", key=key)
            raise self._wrong(f"{why} {near}".rstrip(), "fields", key)
        if dot and (name not in LOCALIZED or not _LOCALE.fullmatch(given)):
            why = _(
                "«{key}»: only {fields} have a language, written as name.de",
                key=key,
                fields=", ".join(sorted(LOCALIZED)),
            )
            raise self._wrong(why, "fields", key)
        return name, TARGETS[name], given or locale

    def _attributes(self) -> tuple[AttributeRule, ...]:
        entries = self._table.get("attributes", [])
        if not isinstance(entries, list):
            raise self._wrong(_("attributes are written as [[attributes]]"), "attributes")
        rules = [self._attribute(entry, at) for at, entry in enumerate(entries)]
        return tuple(sorted(rules, key=lambda rule: ("*" in rule.pattern, -len(rule.pattern))))

    def _attribute(self, entry: object, at: int) -> AttributeRule:
        place = ("attributes", str(at))
        if not isinstance(entry, dict):
            raise self._wrong(_("attributes are written as [[attributes]]"), *place)
        self._only(entry, _ATTRIBUTE, *place)
        pattern = self._word(entry, "from", *place)
        code = self._word(entry, "code", *place) or ("*" if "*" in pattern else "")
        if not pattern or pattern.count("*") > 1 or code.count("*") > pattern.count("*"):
            why = _("from = … names a field, with at most one «*»")
            raise self._wrong(why, *place, "from")
        kinds = {str(kind) for kind in AttributeKind}
        kind = AttributeKind(self._one_of(entry, "kind", kinds, *place, default="text"))
        choices = self._words(entry, "choices", *place)
        if (kind is AttributeKind.CHOICE) != bool(choices):
            raise self._wrong(_('kind = "choice" goes with choices = { … }'), *place)
        return AttributeRule(
            pattern=pattern,
            kind=kind,
            line=self._lines.of(*place),
            code=code or pattern,
            labels=self._words(entry, "label", *place),
            unit=self._word(entry, "unit", *place),
            is_filterable=self._flag(entry, "filterable", *place),
            is_neutral=self._flag(entry, "neutral", *place),
            choices=choices,
            decimal=self._one_of(entry, "decimal", {"", ".", ","}, *place) or ".",
            date_format=self._word(entry, "date_format", *place),
            ignore=self._flag(entry, "ignore", *place),
            may_drop=self._one_of(entry, "on_bad", {"", "refuse", "drop"}, *place) == "drop",
        )

    def _values(self) -> dict[str, str]:
        values = self._words(self._table, "values")
        for key, value in values.items():
            if key not in VALUES:
                why = _("«{key}» cannot be set for all.", key=key)
                raise self._wrong(f"{why} {_near(key, VALUES)}", "values", key)
            if key == "status" and value not in set(ProductStatus):
                why = _("status is one of {known}", known=_listed(ProductStatus))
                raise self._wrong(why, "values", key)
        return values

    def _units(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._words(self._table, "units").items())

    def _sources(self, given: Table, *place: str) -> tuple[str, ...]:
        value = given.get("from")
        sources = [value] if isinstance(value, str) else value
        if isinstance(sources, list) and sources and all(isinstance(s, str) and s for s in sources):
            return tuple(sources)
        raise self._wrong(_('the name of a field is missing (from = "…")'), *place)

    def _pattern(self, given: Table, *place: str) -> re.Pattern[str] | None:
        text = self._word(given, "match", *place)
        if not text:
            return None
        try:
            pattern = re.compile(text)
        except re.error as wrong:
            why = _("match is no regular expression: {reason}", reason=wrong)
            raise self._wrong(why, *place) from wrong
        if pattern.groups != 1:
            why = _("match needs exactly one group ( … ): what it finds is kept")
            raise self._wrong(why, *place)
        return pattern

    def _only(self, table: Table, known: Iterable[str], *place: str) -> None:
        for key in table:
            if key not in known:
                why = _("«{key}» is not known here.", key=key)
                raise self._wrong(f"{why} {_near(key, known)}", *place, key)

    def _word(
        self,
        table: Table,
        key: str,
        *place: str,
        pattern: re.Pattern[str] | None = None,
        default: str = "",
    ) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (pattern and not pattern.fullmatch(value)):
            why = _("{key} = {given} is not possible here", key=key, given=repr(value))
            raise self._wrong(why, *place, key)
        return value

    def _one_of(
        self, table: Table, key: str, known: set[str], *place: str, default: str = ""
    ) -> str:
        value = self._word(table, key, *place, default=default)
        if value not in known:
            listed = _listed(known - {""})
            why = _("{key} = {given}: one of {known}", key=key, given=repr(value), known=listed)
            raise self._wrong(why, *place, key)
        return value

    def _flag(self, table: Table, key: str, *place: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(_("{key} is true or false", key=key), *place, key)
        return value

    def _list(self, table: Table, key: str) -> list[str]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(_("{key} is a list of words", key=key), key)
        return list(value)

    def _words(self, table: Table, key: str, *place: str) -> dict[str, str]:
        value = table.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self._wrong(_("{key} is a table of words", key=key), *place, key)
        return dict(value)

    def _sub(self, table: Table, key: str) -> Table:
        value = table.get(key)
        if not isinstance(value, dict) or not value:
            raise self._wrong(_("the table [{key}] is missing", key=key), key)
        return value

    def _wrong(self, why: str, *place: str) -> MappingWrong:
        return MappingWrong(file=self._name, line=self._lines.of(*place), why=why)


def _near(word: str, known: Iterable[str]) -> str:
    choices = sorted(set(known))
    near = difflib.get_close_matches(word, choices, n=1)
    if near:
        return _("Did you mean «{name}»?", name=near[0])
    return _("Possible: {known}.", known=", ".join(choices))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(str(word) for word in words))
