"""The figures of the law on mixed baskets and rounding, and a second, naive calculation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.tax.rules import (
    NothingToTax,
    assess,
    gross_keeping_net,
    shared_out,
    smallest_step,
)
from tresen.domains.tax.tests.make import euro, goods, rate
from tresen.domains.tax.types import Taxable, Treatment
from tresen.foundation.money import Money

NO_DELIVERY = euro("0.00")
RATES = st.sampled_from([0, 210, 490, 550, 700, 1350, 1900, 2100, 2550, 2700])
AMOUNTS = st.integers(0, 10**7)


def test_delivery_is_split_by_net_value_in_a_mixed_basket() -> None:
    basket = [goods("20.00", 700, category="books"), goods("40.00", 1900)]

    owed = assess(basket, delivery=euro("4.95"))

    assert owed.delivery_shares == (euro("1.77"), euro("3.18"))
    assert [(g.rate_bp, g.net, g.tax, g.gross) for g in owed.groups] == [
        (700, euro("20.35"), euro("1.42"), euro("21.77")),
        (1900, euro("36.29"), euro("6.89"), euro("43.18")),
    ]
    assert (owed.net, owed.tax, owed.gross) == (euro("56.64"), euro("8.31"), euro("64.95"))


def test_a_coupon_is_split_by_gross_value_and_the_last_takes_the_remainder() -> None:
    assert shared_out(euro("10.00"), weights=[2000, 4000]) == (euro("3.33"), euro("6.67"))


def test_tax_is_rounded_once_per_rate_and_not_per_piece() -> None:
    owed = assess([goods("29.97")], delivery=NO_DELIVERY)

    assert (owed.net, owed.tax, owed.gross) == (euro("25.18"), euro("4.79"), euro("29.97"))


def test_lines_of_one_rate_are_rounded_together() -> None:
    pieces = [goods("9.99", key=str(piece)) for piece in range(3)]

    owed = assess(pieces, delivery=NO_DELIVERY)

    assert [(g.net, g.tax) for g in owed.groups] == [(euro("25.18"), euro("4.79"))]


def test_yen_have_no_fraction_and_forint_are_whole() -> None:
    yen = Taxable(key="a", gross=Money(1_000, "JPY"), rate=rate(1_000))
    forint = Taxable(key="b", gross=Money(1_299_000, "HUF"), rate=rate(2_700))

    in_yen = assess([yen], delivery=Money(0, "JPY"))
    in_forint = assess([forint], delivery=Money(0, "HUF"))

    assert (in_yen.net.minor, in_yen.tax.minor) == (909, 91)
    assert (in_forint.net.minor, in_forint.tax.minor) == (1_022_800, 276_200)


def test_forint_deliveries_are_split_in_whole_forint() -> None:
    shares = shared_out(Money(99_900, "HUF"), weights=[1, 2])

    assert [share.minor for share in shares] == [33_300, 66_600]


def test_net_prices_get_the_tax_on_top() -> None:
    owed = assess([goods("100.00")], delivery=euro("5.00"), prices_include_tax=False)

    assert (owed.net, owed.tax, owed.gross) == (euro("105.00"), euro("19.95"), euro("124.95"))


def test_a_free_basket_leaves_the_delivery_to_the_highest_rate() -> None:
    basket = [goods("0.00", 700, category="food"), goods("0.00", 1900)]

    owed = assess(basket, delivery=euro("4.95"))

    assert owed.delivery_shares == (euro("0.00"), euro("4.95"))


def test_a_group_names_its_category_only_when_it_has_one() -> None:
    basket = [
        goods("1.00", 700, category="food", key="a"),
        goods("2.00", 700, category="books", key="b"),
        goods("3.00", key="c"),
    ]

    owed = assess(basket, delivery=NO_DELIVERY)

    assert [group.category for group in owed.groups] == ["", "standard"]
    assert owed.rate_of("b").category == "books"


def test_a_basket_without_goods_is_refused() -> None:
    with pytest.raises(NothingToTax):
        assess([], delivery=euro("4.95"))


@pytest.mark.parametrize(
    ("abroad", "net", "tax"), [(2000, "99.17", "19.83"), (2700, "93.70", "25.30")]
)
def test_keeping_the_gross_price_abroad_changes_the_net(abroad: int, net: str, tax: str) -> None:
    owed = assess([goods("119.00", abroad)], delivery=NO_DELIVERY)

    assert (owed.net, owed.tax, owed.gross) == (euro(net), euro(tax), euro("119.00"))


@pytest.mark.parametrize(("abroad", "gross"), [(2000, "120.00"), (2700, "127.00")])
def test_keeping_the_net_price_abroad_changes_the_gross(abroad: int, gross: str) -> None:
    shown = gross_keeping_net(euro("119.00"), home=rate(1900), abroad=rate(abroad))

    assert shown == euro(gross)


@given(
    lines=st.lists(st.tuples(AMOUNTS, RATES), min_size=1, max_size=12),
    delivery=st.integers(0, 20_000),
    currency=st.sampled_from(["EUR", "JPY", "HUF", "KWD"]),
    included=st.booleans(),
)
def test_any_basket_equals_the_calculation_in_fractions(
    lines: list[tuple[int, int]], delivery: int, currency: str, included: bool
) -> None:
    step = smallest_step(currency)
    basket = [
        Taxable(key=str(place), gross=Money(minor * step, currency), rate=rate(rate_bp))
        for place, (minor, rate_bp) in enumerate(lines)
    ]

    owed = assess(basket, delivery=Money(delivery * step, currency), prices_include_tax=included)

    expected = _naive(lines, delivery, included=included)
    assert [
        (g.rate_bp, g.net.minor // step, g.tax.minor // step, g.gross.minor // step)
        for g in owed.groups
    ] == expected
    assert sum(g.net.minor for g in owed.groups) == owed.net.minor
    assert sum(g.tax.minor for g in owed.groups) == owed.tax.minor
    assert owed.net + owed.tax == owed.gross
    assert sum(share.minor for share in owed.delivery_shares) == delivery * step
    if included:
        assert owed.gross.minor == (sum(minor for minor, _ in lines) + delivery) * step


@given(amount=st.integers(0, 10_000), weights=st.lists(AMOUNTS, min_size=1, max_size=20))
def test_shares_are_never_negative_and_always_sum_up(amount: int, weights: list[int]) -> None:
    shares = shared_out(Money(amount, "EUR"), weights=weights)

    assert min(share.minor for share in shares) >= 0
    assert sum(share.minor for share in shares) == amount


def test_treatments_of_the_same_rate_stay_apart() -> None:
    free = rate(0, category="books")
    exported = rate(0, category="food")
    basket = [
        Taxable(key="a", gross=euro("5.00"), rate=free),
        Taxable(
            key="b", gross=euro("7.00"), rate=type(exported)("food", "DE", Treatment.EXPORT, 0)
        ),
    ]

    owed = assess(basket, delivery=NO_DELIVERY)

    assert [(g.treatment, g.gross) for g in owed.groups] == [
        (Treatment.EXPORT, euro("7.00")),
        (Treatment.REDUCED, euro("5.00")),
    ]


def _naive(
    lines: list[tuple[int, int]], delivery: int, *, included: bool
) -> list[tuple[int, int, int, int]]:
    """The same rule, written slowly in fractions of whole steps."""
    sums: dict[int, int] = {}
    for minor, rate_bp in lines:
        sums[rate_bp] = sums.get(rate_bp, 0) + minor
    part = {bp: Fraction(bp, 10_000) for bp in sums}
    nets = {bp: Fraction(sums[bp]) / (1 + part[bp]) if included else sums[bp] for bp in sums}
    whole, left, groups = sum(nets.values()), delivery, []
    for rate_bp in sorted(sums):
        share = _half_up(Fraction(delivery) * nets[rate_bp] / whole) if whole else 0
        share = left if rate_bp == max(sums) else min(share, left)
        left -= share
        amount = sums[rate_bp] + share
        base = 1 + part[rate_bp] if included else Fraction(1)
        tax = _half_up(Fraction(amount) * part[rate_bp] / base)
        net, gross = (amount - tax, amount) if included else (amount, amount + tax)
        groups.append((rate_bp, net, tax, gross))
    return groups


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
