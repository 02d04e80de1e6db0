"""Fields that become attributes: planned once per field name, read for every record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from typing import Final, NoReturn

from tresen.domains.catalog.rules.codes import name_from, shown
from tresen.domains.catalog.types import AttributeDef, AttributeKind, Choice, JsonValue
from tresen.workflows.supplying.catalog_files.faults import ValueUnreadable
from tresen.workflows.supplying.catalog_files.mapping_types import AttributeRule, FileMapping
from tresen.workflows.supplying.catalog_files.numbers import measure_of
from tresen.workflows.supplying.catalog_files.units import converted, known_unit, unit_in_name
from tresen.workflows.supplying.catalog_files.values import plain

_YES: Final = frozenset({"true", "yes", "y", "ja", "j", "1", "x", "wahr"})
_NO: Final = frozenset({"false", "no", "n", "nein", "0", "-", "falsch"})
_BRACKETS: Final = re.compile(r"__(.+?)_(?=_|$)")


@dataclass(frozen=True, slots=True)
class AttributePlan:
    """What is done with every field of one name."""

    rule: AttributeRule
    definition: AttributeDef
    locale: str


def plan_of(name: str, mapping: FileMapping) -> AttributePlan | None:
    """None for fields that are no attributes."""
    for rule in mapping.attributes:
        star = _star_of(name, rule.pattern)
        if star is not None:
            return None if rule.ignore else _plan(star, rule, mapping)
    return None


def value_of(raw: object, plan: AttributePlan) -> JsonValue | None:
    """None for an empty field. Raises ValueUnreadable."""
    kind = plan.definition.kind
    if kind is AttributeKind.TEXT:
        text = raw.strip() if type(raw) is str else plain(raw)
        return (text if plan.rule.is_neutral else {plan.locale: text}) if text else None
    if kind is AttributeKind.NUMBER:
        return _number(raw, plan)
    if kind is AttributeKind.BOOLEAN:
        return _boolean(raw, plan)
    text = plain(raw)
    if not text:
        return None
    if kind is AttributeKind.DATE:
        return _date(text, plan)
    return plan.rule.choices.get(text) or _refuse(text, plan, ", ".join(plan.rule.choices))


def label_from(name: str) -> str:
    """Words for people from a field's name: «weight__imperial_» reads «Weight (imperial)»."""
    words = _BRACKETS.sub(lambda found: f" ({found[1].replace('_', ' ').strip()})", name)
    text = " ".join(words.replace("_", " ").split())
    return text[:1].upper() + text[1:]


def _star_of(name: str, pattern: str) -> str | None:
    """What the star stands for; the whole name where there is none; None if it does not fit."""
    head, star, tail = pattern.partition("*")
    if not star:
        return name if name == pattern else None
    fits = name.startswith(head) and name.endswith(tail) and len(name) > len(head) + len(tail)
    return name[len(head) : len(name) - len(tail)] if fits else None


def _plan(star: str, rule: AttributeRule, mapping: FileMapping) -> AttributePlan | None:
    code = name_from(rule.code.replace("*", star))
    if not code:
        return None
    definition = AttributeDef(
        code=code,
        kind=rule.kind,
        labels=rule.labels or {mapping.locale: label_from(star)},
        unit=_unit(star, code, rule, mapping) if rule.kind is AttributeKind.NUMBER else "",
        is_filterable=rule.is_filterable or code in mapping.filterable,
        choices=_choices(rule, mapping.locale),
    )
    return AttributePlan(rule, definition, mapping.locale)


def _unit(star: str, code: str, rule: AttributeRule, mapping: FileMapping) -> str:
    """As the rule says, else as the table of units says, else as the name tells."""
    if rule.unit:
        return known_unit(rule.unit) or rule.unit
    for pattern, unit in mapping.units:
        if fnmatchcase(code, pattern):
            return unit
    return unit_in_name(star)


def _choices(rule: AttributeRule, locale: str) -> tuple[Choice, ...]:
    labels: dict[str, str] = {}
    for words, code in rule.choices.items():
        labels.setdefault(code, words)
    return tuple(Choice(code=code, labels={locale: words}) for code, words in labels.items())


def _boolean(raw: object, plan: AttributePlan) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = plain(raw).casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    return _refuse(text, plan, "true, false") if text else None


def _number(raw: object, plan: AttributePlan) -> int | float | None:
    if type(raw) is float:
        return int(raw) if raw.is_integer() else raw
    if type(raw) is int:
        return raw
    text = plain(raw)
    if not text:
        return None
    found = measure_of(text, decimal=plan.rule.decimal)
    if found is None:
        _refuse(text, plan, f"1{plan.rule.decimal}5 {plan.definition.unit}".strip())
    number, unit = found
    own = plan.definition.unit
    amount = converted(number, unit=unit or own, into=own)
    if amount is None:
        _refuse(text, plan, own or "1, 2, 3 …")
    return int(amount) if amount == int(amount) else float(amount)


def _date(text: str, plan: AttributePlan) -> str:
    form = plan.rule.date_format
    try:
        if form:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        _refuse(text, plan, form or "2026-12-31")


def _refuse(text: str, plan: AttributePlan, wanted: str) -> NoReturn:
    raise ValueUnreadable(
        field=f"attributes.{plan.definition.code}",
        params={"value": shown(text), "wanted": shown(wanted)},
    )
