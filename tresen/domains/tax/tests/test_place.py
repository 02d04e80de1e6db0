"""Where an order is taxed: the law's threshold table and its postcodes."""

from __future__ import annotations

from datetime import date

import pytest

from tresen.domains.tax.rules import area_of, decide_country, is_outside_vat
from tresen.domains.tax.types import Place, SellerStanding, Supply, Treatment

TODAY = date(2026, 11, 21)
HAMBURG = Place(country="DE", postcode="20539")
EXPORT = Supply(country="DE", area="DE", treatment=Treatment.EXPORT)


def decided(
    country: str,
    postcode: str = "",
    *,
    last_year: int = 0,
    this_year: int = 0,
    order: int = 10_000,
    one_stop_shop: bool = False,
    ship_from: Place = HAMBURG,
    collected: bool = False,
    registered: frozenset[str] = frozenset(),
) -> Supply:
    seller = SellerStanding(
        home="DE",
        registered=registered,
        one_stop_shop=one_stop_shop,
        last_year_minor=last_year,
        this_year_minor=this_year,
    )
    return decide_country(
        ship_from=ship_from,
        ship_to=Place(country=country, postcode=postcode),
        seller=seller,
        order_net_minor=order,
        at=TODAY,
        collected=collected,
    )


def test_exactly_the_threshold_is_not_beyond_it() -> None:
    supply = decided("FR", last_year=800_000, this_year=990_000, order=10_000)

    assert (supply.country, supply.counts) == ("DE", True)


def test_the_order_that_goes_beyond_the_threshold_is_taxed_on_arrival() -> None:
    supply = decided("FR", last_year=800_000, this_year=995_000, order=10_000)

    assert (supply.country, supply.counts) == ("FR", True)


def test_a_large_former_year_taxes_on_arrival_from_the_first_order() -> None:
    assert decided("AT", last_year=1_200_000, order=5_000).country == "AT"


def test_a_waived_threshold_taxes_on_arrival() -> None:
    assert decided("NL", one_stop_shop=True, order=1_000).country == "NL"


def test_a_registration_abroad_taxes_on_arrival() -> None:
    assert decided("IT", registered=frozenset({"IT"})).country == "IT"


def test_goods_fetched_in_the_shop_are_taxed_there_and_do_not_count() -> None:
    munich = Place(country="DE", postcode="80331")

    supply = decided("AT", ship_from=munich, collected=True)

    assert supply == Supply(country="DE", area="DE")


def test_stock_abroad_needs_a_registration_there() -> None:
    warsaw = Place(country="PL", postcode="00-001")

    supply = decided("DE", "20539", ship_from=warsaw)

    assert supply == Supply(country="DE", area="DE", counts=True, registration_needed="PL")


def test_stock_abroad_with_its_registration_sells_there_as_at_home() -> None:
    warsaw = Place(country="PL", postcode="00-001")

    supply = decided("PL", "31-001", ship_from=warsaw, registered=frozenset({"PL"}))

    assert supply == Supply(country="PL", area="PL")


def test_a_third_country_is_an_export() -> None:
    assert decided("CH", "8001") == EXPORT
    assert decided("US", "10001") == EXPORT


@pytest.mark.parametrize(
    ("country", "postcode"),
    [
        ("DE", "27498"), ("DE", "78266"),
        ("ES", "35001"), ("ES", "38600"), ("ES", "51001"), ("ES", "52001"),
        ("IT", "22061"), ("IT", "23041"),
        ("FR", "97100"), ("FR", "97200"), ("FR", "97300"), ("FR", "97400"), ("FR", "97600"),
        ("FI", "22100"), ("FI", "FI-22100"), ("GR", "63086"), ("GR", "630 86"),
    ],
)  # fmt: skip
def test_special_territories_are_exports_even_from_the_same_country(
    country: str, postcode: str
) -> None:
    assert decided(country, postcode, one_stop_shop=True) == EXPORT


@pytest.mark.parametrize("postcode", ["6691", "6991", "6992", "6993"])
def test_jungholz_and_mittelberg_are_austria_for_a_german_seller(postcode: str) -> None:
    supply = decided("AT", postcode, one_stop_shop=True)

    assert (supply.country, supply.area, supply.treatment) == ("AT", "AT", None)


@pytest.mark.parametrize(
    ("place", "area"),
    [
        (Place(country="PT", postcode="9000-123"), "PT-30"),
        (Place(country="PT", postcode="9500-123"), "PT-20"),
        (Place(country="PT", postcode="1000-001"), "PT"),
        (Place(country="MC", postcode="98000"), "FR"),
        (Place(country="GB", postcode="BT1 5GS"), "XI"),
        (Place(country="GB", postcode="SW1A 1AA"), "GB"),
    ],
)
def test_some_places_have_the_rates_of_an_area(place: Place, area: str) -> None:
    assert area_of(place) == area


def test_madeira_is_portugal_with_rates_of_its_own() -> None:
    supply = decided("PT", "9000-123", one_stop_shop=True)

    assert (supply.country, supply.area) == ("PT", "PT-30")


def test_northern_ireland_is_inside_for_goods_and_great_britain_is_not() -> None:
    assert decided("GB", "BT1 5GS", one_stop_shop=True).country == "XI"
    assert decided("GB", "SW1A 1AA", one_stop_shop=True) == EXPORT


def test_neighbouring_postcodes_are_not_special() -> None:
    assert not is_outside_vat(Place(country="DE", postcode="27499"))
    assert not is_outside_vat(Place(country="IT", postcode="22060"))
    assert not is_outside_vat(Place(country="FR", postcode="75001"))
