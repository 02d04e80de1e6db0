"""Delivery promises: working days, cut-offs and holidays, in the zone of the place of dispatch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.fulfilment import rules
from tresen.domains.fulfilment.tests.make import PARCEL, PICKUP
from tresen.domains.fulfilment.types import Basket
from tresen.foundation.money import Money

BERLIN = ZoneInfo("Europe/Berlin")


def _at(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "first", "last", "why"),
    [
        (_at("2026-11-23", 10), "2026-11-24", "2026-11-25", "Monday before the cut-off"),
        (_at("2026-11-23", 14), "2026-11-25", "2026-11-26", "at the cut-off it is too late"),
        (_at("2026-11-20", 10), "2026-11-21", "2026-11-23", "Saturdays count on the way"),
        (_at("2026-11-20", 15), "2026-11-24", "2026-11-25", "nothing leaves on a Saturday"),
        (_at("2026-11-22", 10), "2026-11-24", "2026-11-25", "Sunday leaves on Monday"),
        (_at("2026-12-24", 10), "2026-12-28", "2026-12-29", "two holidays and a Sunday"),
        (_at("2026-10-30", 10), "2026-11-02", "2026-11-03", "Reformation Day in Hamburg"),
    ],
)
def test_a_parcel_is_promised_in_working_days(
    at: datetime, first: str, last: str, why: str
) -> None:
    span = rules.span_for(PARCEL, at)

    assert span == (date.fromisoformat(first), date.fromisoformat(last)), why


def test_a_region_without_the_holiday_delivers_on_it() -> None:
    at = _at("2026-10-30", 10)

    span = rules.span_for(replace(PARCEL, holiday_region="BE"), at)

    assert span == (date(2026, 10, 31), date(2026, 11, 2))


def test_a_pick_up_is_ready_the_same_day_until_the_store_closes() -> None:
    assert rules.span_for(PICKUP, _at("2026-11-21", 17))[0] == date(2026, 11, 21)
    assert rules.span_for(PICKUP, _at("2026-11-21", 19))[0] == date(2026, 11, 23)


def test_the_cut_off_is_local_time_there() -> None:
    before = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)  # 13:59 in Hamburg
    after = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)

    assert rules.span_for(PARCEL, before)[0] == date(2026, 11, 24)
    assert rules.span_for(PARCEL, after)[0] == date(2026, 11, 25)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_a_promise_is_never_in_the_past_nor_upside_down(
    at: datetime, handling: int, more: int
) -> None:
    option = replace(PARCEL, handling_days=handling, transit_days_max=1 + more)

    first, last = rules.span_for(option, at)

    assert at.astimezone(BERLIN).date() < first <= last
    assert first.weekday() != 6
    assert last.weekday() != 6


def _offers(country: str, *, goods: int = 1000, weight: int = 500) -> list[str]:
    found = rules.offers_for(
        [PICKUP, PARCEL],
        country=country,
        basket=Basket(goods=Money(goods, "EUR"), weight_g=weight),
        locale="de",
        at=_at("2026-11-23", 10),
    )
    return [f"{offer.name} {offer.price.minor}" for offer in found]


def test_offers_fit_country_weight_and_value() -> None:
    assert _offers("DE") == ["Paket 490", "Abholen in Altona 0"]
    assert _offers("DE", goods=4999) == ["Paket 490", "Abholen in Altona 0"]
    assert _offers("DE", goods=5000) == ["Paket 0", "Abholen in Altona 0"]
    assert _offers("DE", weight=40_000) == ["Abholen in Altona 0"]
    assert _offers("AT") == ["Abholen in Altona 0"]
