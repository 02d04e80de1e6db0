"""What a customer is told and may ask, on the order's page and at the checkout."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from tests.risk.make import called_back
from tresen.domains.accounts.types import Realm
from tresen.domains.risk.commands import replace_list
from tresen.domains.risk.queries import (
    KINDS,
    ReviewFilter,
    find_assessment,
    find_review_of,
    list_appeals_of,
    list_reviews,
)
from tresen.domains.risk.types import ListName, ReviewState
from tresen.entrypoints.shared.sessions.realms import device_cookie_of
from tresen.entrypoints.storefront.check import words
from tresen.entrypoints.storefront.tests.make import Guest, order_path, orders
from tresen.foundation import sql
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.weighing.ask_person import QUESTIONS
from tresen.workflows.weighing.weigh_orders import weigh_orders

pytestmark = pytest.mark.django_db
PICKED_UP = {"delivery": "pickup-altona", "payment": "pay_in_store", "seen_minor": ""}
ORDER, QUESTION = "/checkout/order/", "/checkout/question/"


def ordered(guest: Guest, **changes: str) -> UUID:
    guest.order(**changes)
    return orders()[0].id


def held(guest: Guest) -> UUID:
    called_back()
    order_id = ordered(guest, payment="demo_card")
    weigh_orders([order_id], now=NOON)
    return order_id


def read(guest: Guest, path: str) -> str:
    answer = guest.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_ordinary_customer_sees_every_way_to_pay_and_nothing_of_checks(guest: Guest) -> None:
    guest.take(guest.shop.mug)
    page = guest.post("/checkout/review/", **guest.checkout(**PICKED_UP)).content.decode()
    assert 'value="pay_in_store"' in page
    assert "Einen Menschen fragen" not in page
    order_id = ordered(guest)
    weigh_orders([order_id], now=NOON)
    assert "/check/" not in read(guest, order_path(order_id))


def test_doubt_takes_paying_in_the_store_off_the_page_and_says_whom_to_ask(guest: Guest) -> None:
    called_back(1)
    guest.take(guest.shop.mug)
    typed = guest.checkout(**PICKED_UP)
    for answer in (guest.post("/checkout/review/", **typed), guest.post(ORDER, **typed)):
        page = answer.content.decode()
        assert 'value="pay_in_store"' not in page
        assert 'value="bank_transfer"' in page
        assert "/de/checkout/question/" in page
    assert answer.status_code == 422
    assert "Geld sicher ist, bevor die Ware das Haus verlässt" in page
    assert orders() == []
    assert guest.post(ORDER, **(typed | {"payment": "bank_transfer"})).status_code == 302


def test_who_is_refused_paying_later_asks_a_person(guest: Guest) -> None:
    called_back(1)
    guest.take(guest.shop.mug)
    guest.post(ORDER, **guest.checkout(**PICKED_UP))
    assert "antwortet an erika@example.com" in read(guest, QUESTION)
    assert guest.post(QUESTION).status_code == 422

    answer = guest.post(QUESTION, words="Das war meine Bank.")

    assert answer["Location"] == "/de/checkout/"
    (case,) = list_reviews(narrow=ReviewFilter(is_open=True))
    assert (case.state, case.order_id) == (ReviewState.ASKED, None)
    assert [appeal.words for appeal in list_appeals_of(case.id)] == ["Das war meine Bank."]


def test_without_an_address_to_answer_to_the_checkout_comes_first(guest: Guest) -> None:
    assert guest.get(QUESTION)["Location"] == "/de/checkout/"
    guest.take()
    assert guest.post(QUESTION, words="?")["Location"] == "/de/checkout/"
    assert list_reviews(narrow=ReviewFilter()) == []


def test_a_held_order_says_that_a_person_looks_and_where_to_read_more(guest: Guest) -> None:
    path = order_path(held(guest))
    page = read(guest, path)
    assert "Wir prüfen Ihre Bestellung." in page
    assert "Ein Mensch sieht Ihre Bestellung an" in page
    assert f"/de{path}check/" in page


def test_the_check_names_kinds_of_data_and_no_figures(guest: Guest) -> None:
    page = read(guest, f"{order_path(held(guest))}check/")
    main = re.sub(r"<[^>]*>", " ", page.split("<main")[1].split("</main>")[0])
    main = re.sub(r"\b1\d{7}\b", "", main)  # the order's number may have any digits
    assert "Wog viel" in main
    assert "Zahlungen, die zurückgeholt wurden" in main
    assert "Ihre Bestellung wartet auf einen Menschen" in main
    for secret in ("60", "+", "Punktestand", "disputes", "30 Punkte"):
        assert secret not in main


def test_ask_a_person_makes_a_case_and_says_so(guest: Guest) -> None:
    order_id = held(guest)
    path = f"{order_path(order_id)}check/"
    assert guest.post(path, words="").status_code == 422
    assert guest.post(path, words="Ich bin es <b>wirklich</b>.").status_code == 302
    assert find_review_of(order_id).has_appeal
    assert "Die Antwort kommt innerhalb von sieben Tagen" in read(guest, path)


def test_questions_have_a_limit(guest: Guest) -> None:
    path = f"{order_path(held(guest))}check/"
    answers = [guest.post(path, words=str(n)).status_code for n in range(QUESTIONS.max + 1)]
    assert answers == [302] * QUESTIONS.max + [422]
    assert len(list_appeals_of(list_reviews(narrow=ReviewFilter())[0].id)) == 1


def test_the_link_is_the_key(guest: Guest) -> None:
    order_id = held(guest)
    for path in ("/orders/x/check/", f"{order_path(order_id, days=-1)}check/"):
        assert guest.get(path).status_code in {404, 410}
        assert guest.post(path, words="x").status_code in {404, 410}
    assert not find_review_of(order_id).has_appeal


def test_before_anybody_looked_the_page_says_so(guest: Guest) -> None:
    page = read(guest, f"{order_path(ordered(guest))}check/")
    assert "Es wurde noch nichts angesehen" in page


def test_the_browser_gets_its_cookie_with_the_order_and_never_before(guest: Guest) -> None:
    name = device_cookie_of(Realm.SHOP)
    guest.take()
    guest.get("/checkout/")
    assert name not in guest.browser.cookies
    first = ordered(guest, payment="demo_card")
    token = guest.browser.cookies[name].value
    second = ordered(guest, payment="demo_card")
    assert guest.browser.cookies[name].value == token
    weigh_orders([first, second], now=NOON + timedelta(minutes=1))
    assert find_assessment(second).history.device_was_seen
    assert token not in str(sql.rows("SELECT s::text FROM risk_sighting s"))


def test_a_made_up_cookie_is_nobodys(guest: Guest) -> None:
    guest.browser.cookies[device_cookie_of(Realm.SHOP)] = "x" * 48
    ordered(guest)
    assert guest.browser.cookies[device_cookie_of(Realm.SHOP)].value != "x" * 48


def test_a_guest_behind_a_vpn_buys_like_everybody_else(guest: Guest) -> None:
    replace_list(name=ListName.VPN, lines=["127.0.0.0/8"])
    guest.take(guest.shop.mug)
    page = guest.post("/checkout/review/", **guest.checkout(**PICKED_UP)).content.decode()
    assert 'value="pay_in_store"' in page
    assert guest.post(ORDER, **guest.checkout(**PICKED_UP)).status_code == 302
    order_id = orders()[0].id
    weigh_orders([order_id], now=NOON)
    said = find_assessment(order_id)
    assert (said.history.network, said.outcome, said.held) == ("vpn", "pass", False)


def test_every_kind_of_data_has_its_words() -> None:
    assert set(words.KINDS) == set(KINDS.values())
