"""The board of the day says what waits, and each number leads to its list."""

from __future__ import annotations

import re

import pytest

from tresen.domains.orders.queries import get_order
from tresen.entrypoints.backoffice.tests.make import Counter

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


def test_a_quiet_day_has_nothing_on_its_board(counter: Counter) -> None:
    page = counter.get("/today/")

    assert page.status_code == 200
    assert "/staff/orders/?" not in page.content.decode()


def test_the_back_office_opens_with_the_day(counter: Counter) -> None:
    assert counter.get("/")["Location"] == "/staff/today/"
