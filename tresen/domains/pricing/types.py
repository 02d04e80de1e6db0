"""The words of this domain. Amounts are per piece, in the list's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tresen.foundation.money import Money


class Audience(StrEnum):
    """For whom a price list is: everyone (consumers), or proven businesses only."""

    EVERYONE = "everyone"
    BUSINESS = "business"


class ReductionKind(StrEnum):
    """What sort of reduction is announced; PAngV §11 binds only the general one."""

    GENERAL = "general"
    INDIVIDUAL = "individual"
    PERISHABLE = "perishable"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPrice:
    """What one piece costs. `reference` is the 30-day lowest price, only while reduced."""

    variant_id: UUID
    amount: Money
    reference: Money | None
    list_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrice:
    """A price from `min_quantity` pieces on; valid from the first moment, to before the last."""

    variant_id: UUID
    amount: Money
    min_quantity: int = 1
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceKey:
    """Which price of a list is meant."""

    variant_id: UUID
    min_quantity: int = 1
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow:
    """A price as it stands in a list."""

    variant_id: UUID
    list_code: str
    amount: Money
    min_quantity: int
    valid_from: datetime | None
    valid_to: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceListRow:
    """A list of prices for a market. The greater `priority` wins over the smaller."""

    code: str
    name: str
    market: str
    currency: str
    audience: Audience
    priority: int
    valid_from: datetime | None
    valid_to: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """One line of the history: from `changed_at` on this price stood in the list, or none did."""

    variant_id: UUID
    list_code: str
    priority: int
    list_from: datetime | None
    list_to: datetime | None
    valid_from: datetime | None
    valid_to: datetime | None
    amount: Money | None
    changed_at: datetime
    actor: str = ""
    min_quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From `since` on, until the next step, a piece cost `amount` (None: not for sale)."""

    since: datetime
    amount: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """A reduction that may be announced: the price to name beside it, and until when it holds.

    `ends_at` is when the price is known to rise again, None when nothing is planned.
    """

    reference: Money
    amount: Money
    began_at: datetime
    ends_at: datetime | None

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, computed on the reference price."""
        return (self.reference.minor - self.amount.minor) * 100 // self.reference.minor


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionRow:
    """An announced reduction as it stands."""

    id: int
    variant_id: UUID
    market: str
    kind: ReductionKind
    reference: Money
    began_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPriceShown:
    """The Grundpreis: `amount` for 1 `unit` (kg, l, m, m2, m3).

    `may_be_omitted` where it says the same as the price itself (PAngV §4(1) sentence 4).
    """

    amount: Money
    unit: str
    may_be_omitted: bool
