"""The words of this domain. Rates are basis points: 19 % is 1900, 25.5 % is 2550."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tresen.foundation.money import Money

STANDARD = "standard"
"""The tax category of all goods that no special rate is known for."""

BROADER: Mapping[str, str] = {
    "food": STANDARD,
    "bread": "food",
    "butter": "food",
    "oat_flakes": "food",
    "restaurant_food": STANDARD,
    "books": STANDARD,
    "ebooks": "books",
}
"""Which category's rate counts where a country has none of its own for a category."""


class Treatment(StrEnum):
    """How the law treats a supply; recorded with every taxed line."""

    STANDARD = "standard"
    REDUCED = "reduced"
    SUPER_REDUCED = "super_reduced"
    ZERO = "zero"
    EXEMPT = "exempt"
    REVERSE_CHARGE = "reverse_charge"
    EXPORT = "export"
    OUTSIDE_SCOPE = "outside_scope"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """The rate of a tax category in a country, in basis points.

    `country` is ISO 3166-1 alpha-2, or an area with rates of its own (PT-20, PT-30, XI).
    """

    category: str
    country: str
    treatment: Treatment
    rate_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePeriod:
    """A rate with its days: `valid_from` is the first day, `valid_to` the day after the last."""

    rate: TaxRate
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxable:
    """What a line costs in all, under the caller's key (gross, or net where prices are net)."""

    key: str
    gross: Money
    rate: TaxRate


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxGroup:
    """One rate on the invoice: goods and their share of the delivery, net + tax = gross.

    `category` is the goods' tax category, or empty where several share the rate.
    """

    rate_bp: int
    treatment: Treatment
    category: str
    net: Money
    tax: Money
    gross: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is owed, rounded once per group. Groups run from the lowest rate to the highest.

    `delivery_shares` stands beside `groups`: how much of the delivery fell to each.
    """

    groups: tuple[TaxGroup, ...]
    delivery_shares: tuple[Money, ...]
    net: Money
    tax: Money
    gross: Money
    rates: Mapping[str, TaxRate] = field(repr=False)

    def rate_of(self, key: str) -> TaxRate:
        """The rate that the line of that key was taxed with."""
        return self.rates[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where goods leave or arrive. `country` is ISO 3166-1 alpha-2."""

    country: str
    postcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerStanding:
    """What decides whether the seller taxes at home or where the goods arrive.

    `home` is where the seller is established, `registered` the countries with a registration
    of its own, `one_stop_shop` says that the threshold is waived (binds for two years). The two
    sums are net sales to consumers in other member states, in euro cents, services included.
    """

    home: str
    registered: frozenset[str] = frozenset()
    one_stop_shop: bool = False
    last_year_minor: int = 0
    this_year_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Where a sale to a consumer is taxed.

    `country` is whose tax it is, `area` whose rates apply (mostly the same), `treatment` is set
    where no rate applies at all (export). `counts` says that the sale adds to the threshold
    sum, `registration_needed` names a country where the seller must register first.
    """

    country: str
    area: str
    treatment: Treatment | None = None
    counts: bool = False
    registration_needed: str = ""
