"""Money: whole minor units of one ISO 4217 currency. Never a float, never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision


class CurrencyMix(Exception):
    """Two currencies met in one sum. Remedy: convert first, or keep them apart."""


@lru_cache(maxsize=64)
def exponent_of(currency: str) -> int:
    """Decimal places of a currency (ISO 4217 through CLDR): EUR 2, JPY 0, HUF 2, BHD 3."""
    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount: `minor` whole minor units (may be negative) of `currency` (ISO 4217)."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise CurrencyMix(f"{self.currency} + {other.currency}")
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + (-other)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimal places."""
        return Decimal(self.minor).scaleb(-exponent_of(self.currency))

    @classmethod
    def from_amount(cls, amount: Decimal, currency: str) -> Money:
        """Major units to minor, rounded half-up (away from zero) to the currency's exponent."""
        scaled = amount.scaleb(exponent_of(currency)).quantize(Decimal(1), ROUND_HALF_UP)
        return cls(int(scaled), currency)


def div_half_up(numerator: int, denominator: int) -> int:
    """Whole division rounded half-up, away from zero for negatives (kaufmännisch, DIN 1333)."""
    assert denominator > 0
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))
