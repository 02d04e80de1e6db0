"""Small builders. Every default is boring, so that a test states only what matters."""

from __future__ import annotations

from tresen.domains.tax.types import STANDARD, Taxable, TaxRate, Treatment
from tresen.foundation.money import Money


def rate(basis_points: int = 1900, *, category: str = STANDARD, country: str = "DE") -> TaxRate:
    treatment = Treatment.STANDARD if category == STANDARD else Treatment.REDUCED
    return TaxRate(category, country, treatment, basis_points)


def euro(amount: str) -> Money:
    whole, _, cents = amount.partition(".")
    return Money(int(whole + cents.ljust(2, "0")), "EUR")


def goods(
    amount: str, basis_points: int = 1900, *, category: str = STANDARD, key: str = ""
) -> Taxable:
    found = rate(basis_points, category=category)
    return Taxable(key=key or f"{amount}@{basis_points}", gross=euro(amount), rate=found)
