"""Decisions about delivery: which options fit, and which days may be promised. Pure.

Source of the working days: the `holidays` package (public holidays by country and region);
Sundays are never working days, Saturdays count for transit of parcels but not for dispatch.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from tresen.domains.fulfilment.types import Basket, DeliveryKind, DeliveryOption, Offer
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal

_SATURDAY, _SUNDAY = 5, 6


class DeliveryNotPossible(Refusal):
    """The option does not exist for this address or basket."""

    code = "delivery_not_possible"
    message = "This delivery option is not available for your address. Please choose another one."


def offers_for(
    options: Sequence[DeliveryOption],
    *,
    country: str,
    basket: Basket,
    locale: str,
    at: datetime,
) -> tuple[Offer, ...]:
    """All options that fit, in the merchant's order."""
    return tuple(
        _offer(option, basket=basket, locale=locale, at=at)
        for option in sorted(options, key=lambda option: (option.position, option.code))
        if _fits(option, country=country, basket=basket)
    )


def price_for(option: DeliveryOption, goods: Money) -> Money:
    """The gross price of delivery; free from the set value of goods on."""
    if option.free_from is not None and goods.minor >= option.free_from.minor:
        return Money(0, option.price.currency)
    return option.price


def span_for(option: DeliveryOption, at: datetime) -> tuple[date, date]:
    """The first and last day of the promise, in the time zone of the place of dispatch."""
    there = at.astimezone(ZoneInfo(option.time_zone))
    ready = there.date()
    if there.time() >= option.cutoff or not _is_dispatch_day(option, ready):
        ready = _step(option, ready, 1, saturdays=False)
    ready = _step(option, ready, option.handling_days, saturdays=False)
    saturdays = option.kind is DeliveryKind.PARCEL or option.handling_days == 0
    return (
        _step(option, ready, option.transit_days_min, saturdays=saturdays),
        _step(option, ready, option.transit_days_max, saturdays=saturdays),
    )


def _fits(option: DeliveryOption, *, country: str, basket: Basket) -> bool:
    reaches = option.kind is DeliveryKind.PICKUP or country in option.countries
    return reaches and (option.weight_max_g == 0 or basket.weight_g <= option.weight_max_g)


def _offer(option: DeliveryOption, *, basket: Basket, locale: str, at: datetime) -> Offer:
    earliest, latest = span_for(option, at)
    return Offer(
        code=option.code,
        kind=option.kind,
        name=option.names.get(locale) or next(iter(option.names.values())),
        note=option.notes.get(locale, ""),
        carrier=option.carrier,
        price=price_for(option, basket.goods),
        free_from=option.free_from,
        earliest=earliest,
        latest=latest,
        place=option.place,
        locations=option.locations,
    )


def _step(option: DeliveryOption, start: date, days: int, *, saturdays: bool) -> date:
    day = start
    for _ in range(days):
        day += timedelta(days=1)
        while not _is_working_day(option, day, saturdays=saturdays):
            day += timedelta(days=1)
    return day


def _is_dispatch_day(option: DeliveryOption, day: date) -> bool:
    saturdays = option.kind is DeliveryKind.PICKUP
    return _is_working_day(option, day, saturdays=saturdays)


def _is_working_day(option: DeliveryOption, day: date, *, saturdays: bool) -> bool:
    if day.weekday() == _SUNDAY or (day.weekday() == _SATURDAY and not saturdays):
        return False
    return day not in _holidays(option.holiday_country, option.holiday_region, day.year)


@lru_cache(maxsize=128)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
