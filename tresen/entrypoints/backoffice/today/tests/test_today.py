"""The board of the day says what waits, and each number leads to its list."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from tresen.domains.orders.queries import get_order
from tresen.domains.payments.commands import ask_refund, note_event
from tresen.domains.payments.queries import list_payments_of
from tresen.domains.payments.types import EventKind, RefundReason
from tresen.entrypoints.backoffice.tests.make import Counter
from tresen.foundation.actor import GUEST
from tresen.foundation.money import Money
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db


def test_what_waits_is_counted_and_leads_to_its_list(counter: Counter) -> None:
    paid = get_order(counter.order(paid=True)).number
    unpaid = get_order(counter.order((counter.shop.tea, 1))).number

    page = counter.get("/today/").content.decode()

    links = [
        url.replace("&amp;", "&") for url in re.findall(r'href="(/staff/orders/\?[^"]+)"', page)
    ]
    found = [counter.browser.get(url).content.decode() for url in links]
    assert [(paid in one, unpaid in one) for one in found] == [(True, False), (False, True)]


def test_one_is_told_as_one(counter: Counter) -> None:
    counter.order(paid=True)

    one = counter.get("/today/").content.decode()
    counter.order((counter.shop.mug, 1), paid=True)
    two = counter.get("/today/").content.decode()

    assert "Bestellung wartet aufs Packen" in one
    assert "Bestellungen warten aufs Packen" in two


def test_each_number_is_that_of_its_list(counter: Counter) -> None:
    tea = (counter.shop.tea, 1)
    for method in ("bank_transfer", "pay_in_store"):
        counter.order((counter.shop.mug, 1), payment=method, paid=method == "bank_transfer")
    for _ in range(2):
        _asked_back_twice(counter.order(tea, paid=True))
    _set_something_aside(counter.order(tea))

    board = counter.get("/today/").content.decode()

    cards = re.findall(r'href="(/staff/orders/\?[^"]+)"><span class="board-count">(\d+)<', board)
    assert {url.partition("?")[2]: int(count) for url, count in cards} == {
        "to_pack=1": 4,
        "state=placed&amp;payment=open": 2,
        "money=review": 1,
        "money=give_back": 2,
    }
    for url, count in cards:
        page = counter.browser.get(url.replace("&amp;", "&")).content.decode()
        assert len(set(re.findall(r'href="/staff/orders/(ord_\w+)/"', page))) == int(count), url


def _asked_back_twice(order_id: UUID) -> None:
    (payment,) = list_payments_of(order_id)
    for key in ("first", "second"):
        ask_refund(
            payment_id=payment.id,
            amount=Money(100, "EUR"),
            reason=RefundReason.GOODWILL,
            key=key,
            now=NOON,
            actor=GUEST,
        )


def _set_something_aside(order_id: UUID) -> None:
    (payment,) = list_payments_of(order_id)
    note_event(payment_id=payment.id, kind=EventKind.QUARANTINED, event_id="strange", now=NOON)


def test_a_quiet_day_has_nothing_on_its_board(counter: Counter) -> None:
    page = counter.get("/today/")

    assert page.status_code == 200
    assert "/staff/orders/?" not in page.content.decode()


def test_the_back_office_opens_with_the_day(counter: Counter) -> None:
    assert counter.get("/")["Location"] == "/staff/today/"


def test_late_answers_about_data_are_on_the_board(counter: Counter) -> None:
    counter.order()
    for kind, day in (("access", "2026-10-01"), ("rectification", "2026-11-20")):
        typed = {"email": "erika@example.com", "kind": kind, "way": "phone", "received_on": day}
        counter.post("/trust/requests/new/", **typed)

    page = counter.get("/today/").content.decode()

    assert "Anfrage zu Daten ist verspätet" in page
    assert "Anfrage zu Daten wartet" in page
    assert "/staff/trust/requests/?overdue=1" in page
