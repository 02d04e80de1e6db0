"""Careful reading of Stripe's JSON, and its way to count money."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

from tresen.foundation.money import Money, exponent_of

Json = Mapping[str, object]

_WITHOUT_DECIMALS = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA",
        "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    }
)  # fmt: skip
_THREE_DECIMALS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})


class Unreadable(Exception):
    """An answer that is not shaped as Stripe's documentation says."""


def json_of(content: bytes | str) -> Json:
    """A JSON object. Raises Unreadable."""
    try:
        found = json.loads(content)
    except ValueError as error:
        raise Unreadable("no JSON") from error
    return _object(found)


def part(holder: Json, name: str) -> Json:
    """An object inside; an absent one is empty."""
    return _object(holder.get(name) or {})


def parts(holder: Json, name: str) -> list[Json]:
    """A list of objects inside; an absent one is empty."""
    found = holder.get(name) or []
    if not isinstance(found, list):
        raise Unreadable(name)
    return [_object(one) for one in found]


def text(holder: Json, name: str) -> str:
    """A text; an absent one, or null, is empty."""
    found = holder.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Unreadable(name)
    return found


def id_in(holder: Json, name: str) -> str:
    """The id of another thing, which may be given as id or as the whole thing."""
    found = holder.get(name)
    return text(_object(found), "id") if isinstance(found, dict) else text(holder, name)


def whole(holder: Json, name: str) -> int:
    """A whole number that has to be there."""
    found = holder.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise Unreadable(name)
    return found


def flag(holder: Json, name: str) -> bool:
    """A yes or no; an absent one is no."""
    return holder.get(name) is True


def moment(holder: Json, name: str) -> datetime:
    """Seconds since 1970 as an aware moment in UTC."""
    return datetime.fromtimestamp(whole(holder, name), UTC)


def money(holder: Json, name: str) -> Money:
    """An amount in Stripe's smallest unit; zero where our currency cannot say it."""
    currency = text(holder, "currency").upper()
    shift = _exponent_at_stripe(currency) - exponent_of(currency)
    minor, rest = divmod(whole(holder, name), 10 ** max(shift, 0))
    return Money(0 if rest else minor * 10 ** max(-shift, 0), currency)


def in_units(amount: Money) -> tuple[str, str]:
    """(amount, currency) as Stripe wants them."""
    shift = _exponent_at_stripe(amount.currency) - exponent_of(amount.currency)
    minor, rest = divmod(amount.minor * 10 ** max(shift, 0), 10 ** max(-shift, 0))
    assert rest == 0, "Stripe cannot charge a fraction of its smallest unit"
    return str(minor), amount.currency.lower()


def _exponent_at_stripe(currency: str) -> int:
    """docs.stripe.com/currencies: most have two decimals, some none, some three."""
    if currency in _WITHOUT_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def _object(found: object) -> Json:
    if not isinstance(found, dict):
        raise Unreadable("no object")
    return cast("Json", found)
