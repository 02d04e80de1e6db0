"""What a letter's templates are given: the payload's plain values turned into the house's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel import Locale, UnknownLocaleError

from tresen.domains.conversations.types import Letter
from tresen.foundation.money import Money

_MONEY = {"minor", "currency"}
_PER_CENT = 100


def context_of(letter: Letter) -> dict[str, object]:
    """Money, days and moments as such; addresses with the country's name."""
    given = {name: _revived(name, value) for name, value in letter.payload.items()}
    return given | {
        "locale": letter.locale,
        "letter_id": str(letter.id),
        "addresses": [
            (kind, _address(rows, letter.locale))
            for kind in ("address", "billing")
            if isinstance(rows := given.get(kind), list) and rows
        ],
    }


def _revived(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        return _revived_mapping(value)
    if isinstance(value, list):
        return [_revived("", part) for part in value]
    if not isinstance(value, str):
        return value
    return _revived_text(name, value)


def _revived_text(name: str, value: str) -> object:
    if name.endswith("_on"):
        return date.fromisoformat(value)
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name == "iban":
        return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
    return value


def _revived_mapping(value: Mapping[str, object]) -> object:
    if value.keys() == _MONEY:
        return Money(int(str(value["minor"])), str(value["currency"]))
    given = {name: _revived(name, part) for name, part in value.items()}
    if isinstance(points := given.get("rate_bp"), int):
        whole, rest = divmod(points, _PER_CENT)
        given["percent"] = (Decimal(points) / _PER_CENT).normalize() if rest else whole
    return given


def _address(rows: list[str], language: str) -> list[str]:
    *street, country = rows
    return [*street, _country(country, language)]


def _country(code: str, language: str) -> str:
    try:
        names = Locale.parse(language.partition("-")[0]).territories
    except (UnknownLocaleError, ValueError):
        return code
    return str(names.get(code, code))
