"""Checkout: nothing typed is lost, everything wrong is told, one form is one order."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tresen.domains.carts.models import Cart
from tresen.domains.pricing.commands import set_prices
from tresen.domains.pricing.types import NewPrice
from tresen.entrypoints.storefront.cart_cookie import NAME
from tresen.entrypoints.storefront.tests.make import HOSTILE, TYPED, Guest, orders
from tresen.foundation.actor import SYSTEM
from tresen.foundation.money import Money
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db

ORDER = "/checkout/order/"
FIELDS = (
    *("email", "phone", "name", "company", "street", "extra", "postcode", "city"),
    *("country", "delivery", "payment", "key", "seen_minor", "billing_country"),
)


def test_without_a_cart_there_is_no_checkout(guest: Guest) -> None:
    for answer in (guest.get("/checkout/"), guest.post(ORDER), guest.post("/checkout/review/")):
        assert (answer.status_code, answer["Location"]) == (302, "/de/cart/")


def test_a_filled_form_becomes_an_order_and_its_page_says_so(guest: Guest) -> None:
    guest.take()

    answer = guest.post(ORDER, **guest.checkout())

    assert answer.status_code == 302
    assert answer["Location"].startswith("/de/orders/")
    assert answer.cookies[NAME].value == ""
    page = guest.browser.get(answer["Location"])
    assert page.status_code == 200
    assert "erika@example.com" in page.content.decode()
    assert [order.gross.minor for order in orders()] == [1070 + 490]


def test_the_button_stands_under_the_total_and_says_what_the_law_asks_for(guest: Guest) -> None:
    guest.take()

    page = guest.get("/checkout/").content.decode()

    button = page.index("zahlungspflichtig bestellen")
    assert page.index("15,60") < button
    assert not re.search(
        r"<(input|select|textarea)(?! type=.hidden)", page[page.index("15,60") : button]
    )


def test_an_empty_form_names_each_field_and_orders_nothing(guest: Guest) -> None:
    guest.take()
    form = guest.checkout()

    answer = guest.post(ORDER, key=form["key"], country="DE", delivery="parcel-de")

    page = answer.content.decode()
    assert answer.status_code == 422
    for name in ("email", "name", "street", "postcode", "city"):
        assert f'href="#id_{name}"' in page, name
        assert f'id="id_{name}_error"' in page, name
    assert orders() == []


def test_what_is_wrong_is_told_at_its_field_and_all_that_was_typed_stays(guest: Guest) -> None:
    guest.take()
    wrong = {"email": "erika@", "postcode": "1", "phone": "call me", "street": "Elbweg 7b"}

    answer = guest.post(ORDER, **guest.checkout(**wrong))

    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert {name for name in FIELDS if f'href="#id_{name}"' in page} == {
        "email",
        "postcode",
        "phone",
    }
    for text in (*wrong.values(), "Erika Beispiel", "Hamburg"):
        assert f'value="{text}"' in page, text
    assert orders() == []


def test_the_invoice_address_says_which_of_its_fields_are_needed(guest: Guest) -> None:
    guest.take()

    answer = guest.post(ORDER, **guest.checkout(other_billing="on", billing_country="DE"))

    page = unescape(answer.content.decode())
    summary = page[page.index("error-summary") : page.index("</section>")]
    assert answer.status_code == 422
    assert "Postleitzahl der Rechnung: " in summary
    optional = re.findall(r'for="id_(billing_\w+)">[^<]*<span class="field-optional"', page)
    assert optional == ["billing_company"]


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_can_be_misused(guest: Guest, name: str) -> None:
    guest.take()
    form = guest.checkout(other_billing="on", billing_name="B", billing_street="S 1")

    for text in HOSTILE:
        answer = guest.post(ORDER, **form | {name: text})
        page = answer.content.decode()
        assert answer.status_code in {302, 422}, (name, text)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        if answer.status_code == 302:  # honest enough for a name or a street; a fresh cart then
            guest.take()
            form |= {"key": guest.checkout()["key"]}
        review = guest.post("/checkout/review/", **form | {name: text})
        assert review.status_code == 200, (name, text)


def test_the_review_neither_orders_nor_stores(guest: Guest) -> None:
    guest.take()
    form = guest.checkout(name="Noch Niemand")

    answer = guest.post("/checkout/review/", **form)

    cart = Cart.objects.get()
    assert answer.status_code == 200
    assert 'value="Noch Niemand"' in answer.content.decode()
    assert (cart.contact, cart.address, cart.delivery_code) == (None, None, "")
    assert orders() == []


def test_under_htmx_the_review_is_only_the_part_that_changes(guest: Guest) -> None:
    guest.take()
    form = guest.checkout()

    answer = guest.browser.post("/de/checkout/review/", form, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert 'id="checkout-live"' in page
    assert "<html" not in page


def test_the_same_form_twice_is_one_order(guest: Guest) -> None:
    guest.take()
    form = guest.checkout()
    cookie = guest.browser.cookies[NAME].value

    first = guest.post(ORDER, **form)
    guest.browser.cookies[NAME] = cookie
    second = guest.post(ORDER, **form)

    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert len(orders()) == 1


def test_the_same_cart_with_another_form_leads_to_the_order_it_became(guest: Guest) -> None:
    guest.take()
    form = guest.checkout()
    cookie = guest.browser.cookies[NAME].value
    first = guest.post(ORDER, **form)

    guest.browser.cookies[NAME] = cookie
    second = guest.post(ORDER, **form | {"key": "another-key"})

    assert second["Location"] == first["Location"]
    assert len(orders()) == 1


def test_a_changed_price_is_shown_before_anything_is_ordered(guest: Guest) -> None:
    guest.take()
    form = guest.checkout()
    set_prices(
        [NewPrice(variant_id=guest.shop.tea, amount=Money(1200, "EUR"))],
        list_code="retail",
        now=NOON,
        actor=SYSTEM,
    )

    answer = guest.post(ORDER, **form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "16,90" in page
    assert 'name="seen_minor" value="1690"' in page
    assert orders() == []


def test_a_pickup_needs_no_postal_address(guest: Guest) -> None:
    guest.take(guest.shop.mug)
    nowhere = {"street": "", "postcode": "", "city": "", "seen_minor": "1190"}

    answer = guest.post(
        ORDER, **guest.checkout(delivery="pickup-altona", payment="pay_in_store") | nowhere
    )

    assert answer.status_code == 302, answer.content.decode()
    assert [order.delivery_kind for order in orders()] == ["pickup"]


def test_a_country_without_delivery_is_refused_at_its_field(guest: Guest) -> None:
    guest.take()

    answer = guest.post(ORDER, **guest.checkout(country="US"))

    assert answer.status_code == 422
    assert 'href="#id_country"' in answer.content.decode()
    assert TYPED["city"] in answer.content.decode()
    assert orders() == []


def test_the_address_of_a_refused_form_leads_back_to_the_checkout(guest: Guest) -> None:
    for path in (ORDER, "/checkout/review/"):
        answer = guest.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/de/checkout/")


def test_an_order_speaks_the_language_of_the_page_it_was_placed_on(guest: Guest) -> None:
    guest.take()
    guest.language = "en"

    guest.post(ORDER, **guest.checkout())

    assert [order.locale for order in orders()] == ["en"]
