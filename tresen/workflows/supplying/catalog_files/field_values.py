"""The fields of one record, read by the rules of a mapping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule made ready for the hot loop: how to read, and where to keep what was read."""

    rule: FieldRule
    sources: tuple[str, ...]
    read: Callable[[object], object]
    keep: Callable[[FieldValues, object], None]


def ready(rule: FieldRule, *, currency: str) -> ReadyRule:
    return ReadyRule(rule, rule.sources, _reader(rule, currency), _keeper(rule))


def read_fields(
    record: Record, *, rules: Sequence[ReadyRule], file: str, found: FieldValues, seen: set[str]
) -> None:
    """Fill `found`, the article number first; note in `seen` which sources occur at all.

    Raises FieldUnreadable.
    """
    data = record.data
    for ready_rule in rules:
        raw = _raw(data, ready_rule.sources, seen)
        if raw is None:
            continue
        try:
            ready_rule.keep(found, ready_rule.read(raw))
        except Refusal as refusal:
            rule = ready_rule.rule
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


def _raw(data: Data, sources: tuple[str, ...], seen: set[str]) -> object:
    """The first source that holds something."""
    for source in sources:
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


def _reader(rule: FieldRule, currency: str) -> Callable[[object], object]:
    if rule.target is Target.MONEY:
        return lambda raw: money_of(raw, rule, currency=currency)
    is_bare = not (rule.match or rule.values or rule.prefix or rule.suffix)
    if rule.target is Target.TEXT and is_bare:
        return plain
    read = READERS[rule.target]
    return lambda raw: read(raw, rule)


def _keeper(rule: FieldRule) -> Callable[[FieldValues, object], None]:
    name, locale = rule.name, rule.locale
    option = name.removeprefix(OPTION)

    def keep_value(found: FieldValues, value: object) -> None:
        found.values[name] = value

    def keep_words(found: FieldValues, value: object) -> None:
        if value:
            found.words.setdefault(name, {})[locale] = cast("str", value)

    def keep_option(found: FieldValues, value: object) -> None:
        if value:
            found.options[option] = cast("str", value)

    if name in LOCALIZED:
        return keep_words
    return keep_option if name.startswith(OPTION) else keep_value
