"""Filters, orders and page sizes that a list can serve, and those it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.discovery.rules import (
    BadFilter,
    BadLimit,
    BadSort,
    packed,
    rank_of,
    sound_filters,
    sound_limit,
    sound_sort,
    unpacked,
)
from tresen.domains.discovery.types import Filters, Sort


def test_filters_lose_doubles_and_empty_values() -> None:
    found = sound_filters(brands=["elbe", "", "elbe"], attributes={"farbe": ["rot", ""], "x": [""]})

    assert found == Filters(brands=("elbe",), attributes={"farbe": ("rot",)})
    assert not sound_filters().are_set


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"brands": ["x" * 161]}, "brand"),
        ({"brands": [str(n) for n in range(21)]}, "brand"),
        ({"brands": ["a\0b"]}, "brand"),
        ({"brands": ["\ud800"]}, "brand"),
        ({"attributes": {str(n): ["x"] for n in range(9)}}, "attr"),
        ({"attributes": {"": ["x"]}}, "attr"),
        ({"price_min": -1}, "price_min"),
        ({"price_max": 10**13}, "price_max"),
        ({"price_min": 2, "price_max": 1}, "price_max"),
    ],
)
def test_filters_that_cannot_be_name_their_field(asked: dict[str, object], field: str) -> None:
    with pytest.raises(BadFilter) as refused:
        sound_filters(**asked)  # type: ignore[arg-type]

    assert refused.value.field == field


def test_orders_have_names_and_a_usual_one() -> None:
    assert sound_sort("", is_search=False) is Sort.RANK
    assert sound_sort("", is_search=True) is Sort.RELEVANCE
    assert sound_sort("-price", is_search=False) is Sort.PRICE_DOWN
    for text, is_search in (("relevance", False), ("cheap", True)):
        with pytest.raises(BadSort):
            sound_sort(text, is_search=is_search)


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_page_has_its_limits(limit: int) -> None:
    with pytest.raises(BadLimit):
        sound_limit(limit)


def test_what_is_sold_out_stands_behind_what_can_be_had() -> None:
    assert rank_of(demand=1_000, available=0) > rank_of(demand=0, available=1)
    assert rank_of(demand=10, available=1) < rank_of(demand=5, available=1)


addresses = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.dictionaries(st.integers(1, 9_999), addresses, max_size=4))
def test_picture_addresses_come_back_whatever_they_are(urls: dict[int, str]) -> None:
    assert unpacked(packed(urls)) == urls if urls else packed(urls) == ""


def test_usual_picture_addresses_are_kept_in_few_bytes() -> None:
    urls = {320: "/media/320320/320.webp", 640: "/media/320320/640.webp"}

    assert packed(urls) == "/media/320320/{}.webp 320 640"
    assert unpacked(packed(urls)) == urls
