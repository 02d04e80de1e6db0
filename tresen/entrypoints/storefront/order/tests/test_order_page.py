"""The order page opens to its signed link and to nothing else."""

from __future__ import annotations

from uuid import UUID

import pytest

from tresen.domains.inventory.queries import list_levels
from tresen.domains.orders.types import OrderState
from tresen.entrypoints.storefront.tests.make import Guest, order_path, orders
from tresen.foundation.ids import outer

pytestmark = pytest.mark.django_db


def test_the_link_opens_the_order_with_how_to_pay(guest: Guest) -> None:
    path = guest.order()

    answer = guest.get(path)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert orders()[0].number in page
    assert "DE02 1203 0000 0000 2020 51" in page or "DE02120300000000202051" in page
    assert "noindex" in page


def test_the_address_names_its_country_in_the_language_of_the_page(guest: Guest) -> None:
    path = guest.order()

    page = guest.get(path).content.decode()

    assert "Hamburg<br>Deutschland</address>" in page


def test_an_expired_link_is_gone_in_words(guest: Guest) -> None:
    guest.order()
    path = order_path(orders()[0].id, days=-1)

    answer = guest.get(path)

    assert answer.status_code == 410
    assert "abgelaufen" in answer.content.decode()
    assert "erika@example.com" not in answer.content.decode()


def test_forged_links_open_nothing_and_change_nothing(guest: Guest) -> None:
    path = guest.order()
    order_id = orders()[0].id
    null = order_path(UUID(int=0))
    for forged in (
        path[:-2] + "/",
        path.replace("/orders/", "/orders/A"),
        f"/orders/{outer('ord', order_id)}/",
        f"/orders/{order_id}/",
        "/orders/x/",
        f"/orders/{'A' * 3000}/",
        "/orders/%00/",
        null,
    ):
        assert guest.get(forged).status_code == 404, forged
        guest.post(f"{forged}cancellation/")
        guest.post(f"{forged}payment/")
    assert orders()[0].state is OrderState.PLACED


def test_the_guest_cancels_and_the_goods_are_free(guest: Guest) -> None:
    path = guest.order()

    answer = guest.post(f"{path}cancellation/")

    assert (answer.status_code, answer["Location"]) == (302, f"/de{path}")
    assert orders()[0].state is OrderState.CANCELLED
    assert sum(level.available for level in list_levels([guest.shop.tea])) == 10
    page = guest.get(path).content.decode()
    assert "Ihre Bestellung ist storniert" in page or "storniert" in page
    guest.post(f"{path}cancellation/")
    assert sum(level.available for level in list_levels([guest.shop.tea])) == 10


def test_an_expired_link_cancels_nothing(guest: Guest) -> None:
    guest.order()

    guest.post(f"{order_path(orders()[0].id, days=-1)}cancellation/")

    assert orders()[0].state is OrderState.PLACED


def test_reading_is_no_way_to_cancel_or_pay(guest: Guest) -> None:
    path = guest.order()

    assert guest.get(f"{path}cancellation/").status_code == 405
    assert guest.get(f"{path}payment/").status_code == 405
    assert orders()[0].state is OrderState.PLACED


def test_a_transfer_needs_no_payment_page(guest: Guest) -> None:
    path = guest.order()

    answer = guest.post(f"{path}payment/")

    assert (answer.status_code, answer["Location"]) == (302, f"/de{path}")
