"""Opening price lists, and saying when one ends."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from tresen.domains.pricing.models import PriceList
from tresen.domains.pricing.queries import get_price_list
from tresen.domains.pricing.types import Audience, PriceListRow
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

_CLASHES = {"pricing_list_one_per_priority", "pricing_list_one_currency_at_a_time"}


class ListIsFixed(Refusal):
    """Past prices are read from the list: only its name and its future end may change."""

    code = "price_list_is_fixed"
    status = 409
    message = "Only the name and a future end of a price list can change. Open a new list."


class PriorityTaken(Refusal):
    """Another list of the market has that priority, or another currency, on the same days."""

    code = "priority_taken"
    status = 409
    message = "Another price list of this market already has this priority or another currency."


@transaction.atomic
def open_price_list(
    *,
    code: str,
    name: str,
    market: str,
    currency: str,
    priority: int = 0,
    audience: Audience = Audience.EVERYONE,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> None:
    """A new list, or a new name for the one of that code. Raises ListIsFixed, PriorityTaken.

    In a market the greater `priority` wins, so that no two lists share one at the same time.
    """
    wanted = PriceListRow(
        code=code,
        name=name,
        market=market,
        currency=currency,
        audience=audience,
        priority=priority,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    if PriceList.objects.filter(code=code).exists():
        _rename(get_price_list(code), wanted)
    else:
        _open(wanted)


@transaction.atomic
def end_price_list(*, code: str, at: datetime | None, now: datetime) -> None:
    """From `at` on the list counts no more (None: no end is known).

    Raises NoSuchPriceList, PriorityTaken, and ListIsFixed when it would change the past.
    """
    known = get_price_list(code)
    if any(end is not None and end < now for end in (at, known.valid_to)):
        raise ListIsFixed(field="valid_to")
    if at is not None and known.valid_from is not None and at <= known.valid_from:
        raise ListIsFixed(field="valid_to")
    try:
        with transaction.atomic():
            PriceList.objects.filter(code=code).update(valid_to=at)
    except IntegrityError as error:
        raise _clash(error) from error


def _rename(known: PriceListRow, wanted: PriceListRow) -> None:
    for name in ("market", "currency", "audience", "priority", "valid_from", "valid_to"):
        if getattr(known, name) != getattr(wanted, name):
            raise ListIsFixed(field=name)
    PriceList.objects.filter(code=known.code).update(name=wanted.name)


def _open(wanted: PriceListRow) -> None:
    try:
        with transaction.atomic():
            PriceList.objects.create(
                code=wanted.code,
                name=wanted.name,
                market_id=wanted.market,
                currency=wanted.currency,
                audience=wanted.audience.value,
                priority=wanted.priority,
                valid_from=wanted.valid_from,
                valid_to=wanted.valid_to,
            )
    except IntegrityError as error:
        raise _clash(error) from error


def _clash(error: IntegrityError) -> Exception:
    if sql.constraint_of(error) in _CLASHES:
        return PriorityTaken(field="priority")
    return error
