"""An order or a cart taken down to what may be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tresen.domains.risk.rules.reading import phone_country_of
from tresen.domains.risk.types import Facts


def facts_of(
    *,
    delivery_country: str,
    billing_country: str,
    phone: str,
    method: str,
    quantities: Sequence[int],
    categories: Iterable[str],
    begun_at: datetime | None,
    at: datetime,
    zone: str,
) -> Facts:
    """Countries, numbers and codes: no name, no street; the phone number leaves its country."""
    seconds = int((at - begun_at).total_seconds()) if begun_at else -1
    return Facts(
        delivery_country=delivery_country,
        billing_country=billing_country,
        phone_country=phone_country_of(phone, country=delivery_country),
        method=method,
        most_of_one=max(quantities, default=0),
        categories=tuple(sorted(set(categories))),
        cart_seconds=max(seconds, -1),
        hour=at.astimezone(ZoneInfo(zone)).hour,
    )
