"""S6: no GET changes anything, and nothing is changed without the form's own token."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test import Client

from tests.security.asking import addresses, ask, one_connection
from tests.security.shop import open_shop
from tresen.entrypoints.policy.table import find_rule
from tresen.entrypoints.storefront.tests.make import Guest

pytestmark = pytest.mark.django_db
COUNTS = {"limits_count", "limits_window"}
"""That somebody asked is counted; nothing of anybody hangs on it."""
WITHOUT_TOKEN = {"webhooks:payments", "reports:csp"}
"""A signature is the key of the first; the second only counts."""


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Guest:
    return open_shop(monkeypatch)


def state() -> dict[str, str]:
    """A digest of every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t ORDER BY 1')  # noqa: S608
            rows = "\n".join(row for (row,) in cursor.fetchall())
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return {table: digest for table, digest in found.items() if table not in COUNTS}


def _changed(before: dict[str, str]) -> list[str]:
    after = state()
    return [table for table in after if after[table] != before.get(table)]


def test_a_crawl_of_everything_by_get_leaves_every_table_as_it_was(guest: Guest) -> None:
    path = guest.order()
    guest.take()
    places = [*addresses().values(), f"/de{path}", "/de/p/tee/", "/de/search/?q=tee", "/en/"]
    before = state()
    cookies = "; ".join(f"{name}={kept.value}" for name, kept in guest.browser.cookies.items())
    for place in places:
        guest.browser.get(place)
        guest.browser.head(place)
    with one_connection():
        for place in places:
            ask(place, Cookie=cookies)
    assert _changed(before) == []
    assert len(places) > 60


def test_a_post_is_seen_in_the_tables(guest: Guest) -> None:
    """Control: the same look sees a cart."""
    before = state()
    guest.take()
    assert any(table.startswith("carts_") for table in _changed(before))


def test_without_the_forms_token_nothing_is_changed(guest: Guest) -> None:
    guest.order()
    guest.take()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = guest.browser.cookies
    before, refused, open_doors = state(), 0, []
    for name, place in addresses().items():
        if place.startswith("/api/"):
            continue  # no cookie opens it
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = strict.generic(method, place, b"a=1", "application/x-www-form-urlencoded")
            refused += answer.status_code == 403
            if answer.status_code < 300 and name not in WITHOUT_TOKEN:
                open_doors.append((name, method, answer.status_code))
    assert open_doors == []
    assert _changed(before) == []
    assert refused > 15


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example"]
)
def test_a_form_of_another_site_is_refused_even_with_a_token(guest: Guest, origin: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/de/p/tee/")
    token = strict.cookies["csrf"].value if "csrf" in strict.cookies else "x" * 32
    sent = {"csrfmiddlewaretoken": token, "variant": "x", "quantity": "1"}
    answer = strict.post("/de/cart/lines/", sent, headers={"Origin": origin})
    assert answer.status_code == 403


def test_the_addresses_that_need_no_token_are_the_two_we_know() -> None:
    for name in WITHOUT_TOKEN:
        rule = find_rule(name)
        assert rule is not None
        assert rule.methods == {"POST"}
