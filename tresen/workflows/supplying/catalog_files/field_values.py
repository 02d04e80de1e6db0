"""The fields of one record, read by the rules of a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from tresen.foundation.refusals import Refusal
from tresen.workflows.supplying.catalog_files.faults import RecordFault
from tresen.workflows.supplying.catalog_files.mapping_file import LOCALIZED, OPTION
from tresen.workflows.supplying.catalog_files.mapping_types import FieldRule, Target
from tresen.workflows.supplying.catalog_files.records import Data, Record
from tresen.workflows.supplying.catalog_files.values import READERS, money_of, plain


@dataclass(slots=True)
class FieldValues:
    """`values` by our field's name, `words` by name and locale, `options` by option code.

    `notes` are fields that were left out because their rule may drop what cannot be read.
    """

    values: dict[str, object] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    notes: list[RecordFault] = field(default_factory=list)

    @property
    def sku(self) -> str:
        return cast("str", self.values.get("sku", ""))

    def text(self, name: str) -> str:
        return cast("str", self.values.get(name) or "")

    def whole(self, name: str) -> int | None:
        return cast("int | None", self.values.get(name))

    def word(self, name: str, locale: str) -> str:
        return self.words.get(name, {}).get(locale, "")


class FieldUnreadable(Exception):
    """A field cannot be read and may not be dropped: the record is refused."""

    def __init__(self, refusal: Refusal, *, rule: FieldRule) -> None:
        self.refusal, self.rule = refusal, rule
        super().__init__(str(refusal))


def read_fields(
    record: Record,
    *,
    rules: Sequence[FieldRule],
    currency: str,
    file: str,
    found: FieldValues,
    seen: set[str],
) -> None:
    """Fill `found`, the article number first; note in `seen` which sources occur at all.

    Raises FieldUnreadable.
    """
    for rule in rules:
        raw = _raw(record.data, rule, seen)
        if raw is None:
            continue
        try:
            _keep(found, rule, _read(rule, raw, currency))
        except Refusal as refusal:
            if not rule.may_drop:
                raise FieldUnreadable(refusal, rule=rule) from refusal
            note = RecordFault(
                file=file,
                line=record.line,
                sku=found.sku,
                refusal=refusal,
                mapping_line=rule.line,
                left_out=True,
            )
            found.notes.append(note)


def _raw(data: Data, rule: FieldRule, seen: set[str]) -> object:
    """The first source that holds something."""
    for source in rule.sources:
        raw = data.get(source)
        if raw is None and "." in source:
            raw = _inside(data, source)
        if raw is not None:
            seen.add(source)
            if raw not in ("", []):
                return raw
    return None


def _inside(data: Data, path: str) -> object:
    """A field of an object inside an object: «price.gross»."""
    value: object = data
    for step in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def _read(rule: FieldRule, raw: object, currency: str) -> object:
    if rule.target is Target.MONEY:
        return money_of(raw, rule, currency=currency)
    return READERS[rule.target](raw, rule)


def _keep(found: FieldValues, rule: FieldRule, value: object) -> None:
    if rule.name in LOCALIZED:
        if value:
            found.words.setdefault(rule.name, {})[rule.locale] = plain(value)
    elif rule.name.startswith(OPTION):
        if value:
            found.options[rule.name.removeprefix(OPTION)] = plain(value)
    else:
        found.values[rule.name] = value
