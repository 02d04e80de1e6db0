"""Contacts and addresses: what can be right is taken, what cannot is told field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.carts import rules
from tresen.domains.carts.tests.make import address, contact
from tresen.domains.carts.types import QUANTITY_MAX

EU = ("DE", "AT", "FR", "NL", "PL", "DK", "IE", "PT", "SE", "CZ")


@pytest.mark.parametrize(
    ("country", "right", "wrong"),
    [
        ("DE", "22765", "2276"),
        ("AT", "1010", "22765"),
        ("FR", "75001", "7500A"),
        ("NL", "1012 JS", "1012"),
        ("PL", "00-001", "000-01"),
        ("PT", "1000-001", "1000-0"),
        ("SE", "111 22", "11122333"),
        ("CZ", "100 00", "1000"),
    ],
)
def test_a_postcode_has_the_form_of_its_country(country: str, right: str, wrong: str) -> None:
    good = rules.address_refusals(address(country=country, postcode=right), countries=EU)
    bad = rules.address_refusals(address(country=country, postcode=wrong), countries=EU)

    assert good == []
    assert [(refusal.code, refusal.field) for refusal in bad] == [("bad_postcode", "postcode")]
    assert bad[0].params["example"]


def test_every_missing_part_is_told_at_once() -> None:
    empty = address(name="", street="", postcode="", city="")

    wrong = rules.address_refusals(empty, countries=EU, prefix="billing.")

    assert [refusal.field for refusal in wrong] == [
        "billing.name",
        "billing.street",
        "billing.postcode",
        "billing.city",
    ]


def test_a_country_the_shop_does_not_serve_is_refused() -> None:
    (refusal,) = rules.address_refusals(address(country="US", postcode="10001"), countries=EU)

    assert (refusal.code, refusal.field) == ("country_not_served", "country")


@pytest.mark.parametrize("name", ["a" * 121, "Erika\nBcc: x@example.com", "Erika\x00"])
def test_a_name_no_label_can_carry_is_refused(name: str) -> None:
    wrong = rules.address_refusals(address(name=name), countries=EU)

    assert [(refusal.code, refusal.field) for refusal in wrong] == [("too_long", "name")]


@pytest.mark.parametrize(
    "email",
    ["erika@example.com", "erika.m+shop@sub.example.co.uk", "e@müller.de", "o'neil@example.ie"],
)
def test_ordinary_addresses_are_taken(email: str) -> None:
    assert rules.contact_refusals(contact(email=email), country="DE") == []


@pytest.mark.parametrize(
    "email", ["", "erika", "erika@", "@example.com", "a@b", "a b@example.com", "a@example.com\n",
              "<a@example.com>", "a@exa..mple.com", "x" * 250 + "@example.com"]
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused(email: str) -> None:
    (refusal,) = rules.contact_refusals(contact(email=email), country="DE")

    assert (refusal.code, refusal.field) == ("bad_email", "email")


@pytest.mark.parametrize("phone", ["+49 40 1234567", "040 1234567", "0171/2345678"])
def test_german_numbers_are_taken_as_people_write_them(phone: str) -> None:
    assert rules.contact_refusals(contact(phone=phone), country="DE") == []


@pytest.mark.parametrize("phone", ["call me", "1", "+999999999999999999"])
def test_what_cannot_be_a_number_is_refused(phone: str) -> None:
    (refusal,) = rules.contact_refusals(contact(phone=phone), country="DE")

    assert refusal.code == "bad_phone"


@given(st.integers())
def test_a_quantity_is_taken_only_inside_its_bounds(quantity: int) -> None:
    if 1 <= quantity <= QUANTITY_MAX:
        assert rules.checked_quantity(quantity) == quantity
    else:
        with pytest.raises(rules.BadQuantity):
            rules.checked_quantity(quantity)


@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from(EU))
def test_no_text_breaks_the_checks(text: str, postcode: str, country: str) -> None:
    typed = rules.tidied(address(name=text, street=text, postcode=postcode, country=country))

    rules.address_refusals(typed, countries=EU)
    rules.contact_refusals(contact(email=text, phone=text), country=country)
