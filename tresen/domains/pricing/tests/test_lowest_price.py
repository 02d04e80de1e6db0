"""The law's table of the lowest price in 30 days (PAngV 2022 §11), as pure decisions."""

from __future__ import annotations

import pytest

from tresen.domains.pricing.rules import (
    NoReduction,
    end_of,
    must_name_lowest_price,
    reduction_of,
    start_of,
    timeline,
    window_start,
)
from tresen.domains.pricing.tests.make import BERLIN, change, day, euro
from tresen.domains.pricing.types import Audience, PriceChange, Reduction, ReductionKind, Step

AUTUMN = [
    change(day(9, 1), "49.90"),
    change(day(10, 20), "39.90"),
    change(day(10, 22), "49.90"),
]


def reduced(*changes: PriceChange) -> Reduction:
    return reduction_of(changes, began=changes[-1].changed_at, zone=BERLIN)


def refused(*changes: PriceChange) -> str:
    with pytest.raises(NoReduction) as found:
        reduced(*changes)
    assert found.value.reference is not None
    return str(found.value.reference.amount)


def test_a_price_that_was_as_low_two_weeks_ago_is_no_reduction() -> None:
    weeks = [change(day(11, 1), "4.44"), change(day(11, 8), "6.99"), change(day(11, 15), "4.44")]

    assert refused(*weeks) == "4.44"


def test_a_price_highlight_at_the_price_of_three_weeks_ago_is_no_reduction() -> None:
    weeks = [change(day(10, 20), "1.29"), change(day(10, 30), "1.69"), change(day(11, 15), "1.29")]

    assert refused(*weeks) == "1.29"


def test_a_short_offer_inside_the_window_counts() -> None:
    assert refused(*AUTUMN, change(day(11, 15), "44.90")) == "39.90"


def test_the_same_offer_a_week_later_is_outside_the_window() -> None:
    found = reduced(*AUTUMN, change(day(11, 22), "44.90"))

    assert (found.reference, found.amount, found.percent) == (euro("49.90"), euro("44.90"), 10)


def test_steps_without_a_gap_keep_the_price_before_the_first() -> None:
    first = [change(day(10, 1), "100.00"), change(day(11, 1), "90.00")]
    more = [change(day(11, 10), "80.00"), change(day(11, 20), "70.00")]

    found = reduced(*first)
    later = end_of(timeline([*first, *more], since=day(11, 1)), began=found.began_at)

    assert (found.reference, later) == (euro("100.00"), None)
    deepest = Reduction(
        reference=found.reference, amount=euro("70.00"), began_at=found.began_at, ends_at=later
    )
    assert deepest.percent == 30


def test_a_gap_of_two_days_ends_the_steps() -> None:
    story = [
        change(day(10, 1), "100.00"),
        change(day(11, 1), "90.00"),
        change(day(11, 10), "100.00"),
        change(day(11, 12), "70.00"),
    ]

    first = reduced(*story[:2])
    over = end_of(timeline(story, since=day(11, 1)), began=first.began_at)
    found = reduced(*story)

    assert over == day(11, 10)
    assert (found.reference, found.percent) == (euro("90.00"), 22)


def test_a_new_product_is_compared_with_its_lowest_price_since_launch() -> None:
    found = reduced(change(day(11, 11), "50.00"), change(day(11, 21), "40.00"))

    assert (found.reference, found.percent) == (euro("50.00"), 20)


def test_what_was_not_for_sale_before_has_no_reduction() -> None:
    with pytest.raises(NoReduction) as found:
        reduced(change(day(11, 21), "40.00"))

    assert found.value.reference is None


def test_an_unchanged_price_from_before_the_window_is_the_baseline() -> None:
    """A look-back over changes of the last 30 days alone would find only the reduced price."""
    story = [change(day(6, 1), "100.00"), change(day(11, 21), "80.00")]
    within_window = [
        each for each in story if each.changed_at > window_start(day(11, 21), zone=BERLIN)
    ]

    assert reduced(*story).reference == euro("100.00")
    with pytest.raises(NoReduction):
        reduced(*within_window)


def test_percent_is_rounded_down() -> None:
    found = reduced(change(day(10, 1), "29.99"), change(day(11, 1), "20.00"))

    assert found.percent == 33


@pytest.mark.parametrize(
    ("audience", "kind", "due"),
    [
        (Audience.EVERYONE, ReductionKind.GENERAL, True),
        (Audience.EVERYONE, ReductionKind.INDIVIDUAL, False),
        (Audience.EVERYONE, ReductionKind.PERISHABLE, False),
        (Audience.BUSINESS, ReductionKind.GENERAL, False),
    ],
)
def test_the_duty_binds_general_reductions_for_consumers(
    audience: Audience, kind: ReductionKind, due: bool
) -> None:
    assert must_name_lowest_price(audience=audience, kind=kind) is due


def test_perishables_are_compared_with_the_price_just_before() -> None:
    story = [change(day(11, 1), "1.00"), change(day(11, 10), "2.00"), change(day(11, 20), "1.50")]

    found = reduction_of(story, began=day(11, 20), zone=BERLIN, kind=ReductionKind.PERISHABLE)

    assert (found.reference, found.percent) == (euro("2.00"), 25)


def test_the_window_is_thirty_whole_days_even_when_the_clock_changes() -> None:
    assert window_start(day(11, 15, hour=10), zone=BERLIN) == day(10, 16)
    assert window_start(day(11, 22), zone=BERLIN) == day(10, 23)


def test_a_planned_offer_ends_the_reduction_when_it_ends() -> None:
    story = [
        change(day(10, 1), "100.00"),
        change(day(10, 1), "90.00", valid_from=day(11, 1), valid_to=day(11, 10)),
    ]

    found = reduction_of(story, began=day(11, 1), zone=BERLIN)

    assert (found.reference, found.ends_at) == (euro("100.00"), day(11, 10))


def test_the_timeline_follows_priority_and_windows() -> None:
    story = [
        change(day(10, 1), "10.00"),
        change(day(10, 2), "8.00", list_code="sale", priority=9, list_from=day(10, 5)),
        change(day(10, 2), "9.00", valid_from=day(10, 3), valid_to=day(10, 20)),
        change(day(10, 7), None, list_code="sale", priority=9, list_from=day(10, 5)),
        change(day(10, 10), "11.00"),
    ]

    assert timeline(story, since=day(9, 1)) == [
        Step(since=day(9, 1), amount=None),
        Step(since=day(10, 1), amount=euro("10.00")),
        Step(since=day(10, 3), amount=euro("9.00")),
        Step(since=day(10, 5), amount=euro("8.00")),
        Step(since=day(10, 7), amount=euro("9.00")),
        Step(since=day(10, 20), amount=euro("11.00")),
    ]


def test_a_reduction_began_when_its_price_did_if_that_was_today() -> None:
    steps = timeline(
        [change(day(10, 1), "10.00"), change(day(11, 21, hour=8), "8.00")], since=day(10, 20)
    )

    assert start_of(steps, now=day(11, 21, hour=12), zone=BERLIN) == day(11, 21, hour=8)
    assert start_of(steps, now=day(11, 22, hour=12), zone=BERLIN) == day(11, 22, hour=12)
