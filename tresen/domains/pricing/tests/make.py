"""Small builders. Every default is boring, so that a test states only what matters."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from tresen.domains.pricing.commands import open_price_list, set_prices
from tresen.domains.pricing.types import Audience, NewPrice, PriceChange
from tresen.domains.stores.commands import set_market
from tresen.domains.stores.types import MarketRow
from tresen.foundation.actor import SYSTEM
from tresen.foundation.money import Money

BERLIN = ZoneInfo("Europe/Berlin")
VARIANT = UUID(int=7)
RETAIL = "retail"


def day(month: int, of_month: int, hour: int = 0, year: int = 2026) -> datetime:
    """A moment by the clock of Berlin, in UTC."""
    return datetime(year, month, of_month, hour, tzinfo=BERLIN).astimezone(UTC)


def euro(amount: str) -> Money:
    whole, _, cents = amount.partition(".")
    return Money(int(whole + cents.ljust(2, "0")), "EUR")


def change(
    at: datetime,
    amount: str | None,
    *,
    list_code: str = RETAIL,
    priority: int = 0,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    list_from: datetime | None = None,
    list_to: datetime | None = None,
) -> PriceChange:
    return PriceChange(
        variant_id=VARIANT,
        list_code=list_code,
        priority=priority,
        list_from=list_from,
        list_to=list_to,
        valid_from=valid_from,
        valid_to=valid_to,
        amount=None if amount is None else euro(amount),
        changed_at=at,
    )


def market(code: str = "de", currency: str = "EUR") -> None:
    set_market(
        market=MarketRow(
            code=code,
            country="DE",
            countries=("DE", "AT"),
            currency=currency,
            locales=("de", "en"),
            prices_include_tax=True,
            time_zone="Europe/Berlin",
        )
    )


def price_list(
    code: str = RETAIL,
    *,
    priority: int = 0,
    audience: Audience = Audience.EVERYONE,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    currency: str = "EUR",
    of: str = "de",
) -> None:
    open_price_list(
        code=code,
        name=code.title(),
        market=of,
        currency=currency,
        priority=priority,
        audience=audience,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def price(
    variant_id: UUID,
    amount: str,
    *,
    at: datetime,
    list_code: str = RETAIL,
    min_quantity: int = 1,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> int:
    row = NewPrice(
        variant_id=variant_id,
        amount=euro(amount),
        min_quantity=min_quantity,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return set_prices([row], list_code=list_code, now=at, actor=SYSTEM)
