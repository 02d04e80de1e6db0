"""Which refunds need a second person: settings.REFUND_ALONE_MAX, by currency."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings

from tresen.foundation.money import Money

OTHER = "other"


def needs_second_person(amount: Money) -> bool:
    """Above the limit of its currency; a currency without a limit has that of the others."""
    limits: dict[str, str] = settings.REFUND_ALONE_MAX
    limit = limits.get(amount.currency) or limits.get(OTHER)
    return limit is not None and amount.amount > Decimal(limit)
