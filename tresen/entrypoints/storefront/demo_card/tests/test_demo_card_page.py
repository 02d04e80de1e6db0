"""The play card's page pays, declines, and knows no strangers."""

from __future__ import annotations

import pytest

from tresen.domains.orders.types import PaymentState
from tresen.entrypoints.storefront.tests.make import HOSTILE, Guest, order_path, orders

pytestmark = pytest.mark.django_db

GOOD, DECLINED = "4000000000000002", "4000000000000010"


def _page_of(guest: Guest) -> str:
    """Ordering leads straight there."""
    page = guest.order(payment="demo_card")
    assert page.startswith("/demo-card/")
    return page


def test_a_good_card_leads_back_to_the_paid_order(guest: Guest) -> None:
    page = _page_of(guest)
    assert guest.get(page).status_code == 200

    answer = guest.post(f"{page}payment/", number=GOOD)

    assert answer.status_code == 302
    assert "/de/orders/" in answer["Location"]
    assert orders()[0].payment_state is PaymentState.PAID
    again = guest.post(f"{page}payment/", number=GOOD)
    assert again.status_code in {302, 422}
    assert orders()[0].payment_state is PaymentState.PAID


@pytest.mark.parametrize("number", ["", "4242424242424242", "x" * 31, *HOSTILE])
def test_another_number_is_refused_at_its_field(guest: Guest, number: str) -> None:
    page = _page_of(guest)

    answer = guest.post(f"{page}payment/", number=number)

    assert answer.status_code == 422
    assert 'id="id_number_error"' in answer.content.decode()
    assert orders()[0].payment_state is PaymentState.OPEN


def test_leaving_leads_back_unpaid(guest: Guest) -> None:
    page = _page_of(guest)

    answer = guest.post(f"{page}departure/")

    assert answer.status_code == 302
    assert "/de/orders/" in answer["Location"]
    assert orders()[0].payment_state is not PaymentState.PAID


@pytest.mark.parametrize("reference", ["x", "%00", "..%2f", "'", "x" * 3000])
def test_an_unknown_reference_is_not_found(guest: Guest, reference: str) -> None:
    for tail in ("", "payment/", "departure/"):
        path = f"/demo-card/{reference}/{tail}"
        answer = guest.post(path, number=GOOD) if tail else guest.get(path)
        assert answer.status_code == 404, path


def test_the_order_page_leads_to_the_same_payment(guest: Guest) -> None:
    page = _page_of(guest)

    answer = guest.post(f"{order_path(orders()[0].id)}payment/")

    assert answer["Location"] == f"/de{page}"


def test_the_address_of_a_refused_card_leads_back_to_the_page(guest: Guest) -> None:
    page = _page_of(guest)

    assert guest.get(f"{page}payment/")["Location"] == f"/de{page}"
