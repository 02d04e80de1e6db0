"""No page is changed by a stranger's form, and none by a mere look (RELIABILITY S6, ASVS V3.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.backoffice.tests.make import Counter, clerk, order_path
from tresen.entrypoints.policy.routes import every_route
from tresen.entrypoints.policy.table import find_rule
from tresen.entrypoints.policy.types import Who
from tresen.entrypoints.shared.sessions.tests.make import seen_by, shopper, signed_in, with_pages
from tresen.foundation import sql
from tresen.workflows.buying.tests.make import small_shop

pytestmark = pytest.mark.django_db
PROGRAMS = {Who.KEY, Who.SIGNATURE, Who.TOKEN}
"""They bring no cookies, so that nobody can make them send any."""
API = "/api/"
REPORTS = "/reports/csp"
"""Browsers send these by themselves, without forms; they change nothing of anybody."""
CHANGES = ("POST", "PUT", "PATCH", "DELETE")
_PLACES = re.compile(r"<(?:(\w+):)?(\w+)>")
WRITTEN_BY_LOOKING = {"accounts_session", "throttle_bucket", "limits_count", "audit_deed"}
"""When somebody was last there; how often something was asked; who has read whose data."""


def samples(counter: Counter) -> Mapping[str, str]:
    """Something real for the places of addresses."""
    order = order_path(counter.order()).strip("/").split("/")[1]
    return {"order": order, "list_name": "orders", "kind": "imprint"}


def filled(address: str, known: Mapping[str, str]) -> str:
    kinds = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}
    return _PLACES.sub(
        lambda found: known.get(found[2]) or kinds.get(found[1] or "str", "x"), address
    )


def page_addresses(known: Mapping[str, str], *, changing: bool) -> Iterator[tuple[str, str]]:
    """Method and address of every page that takes a change, or of every page that can be seen."""
    for route in every_route():
        rule = find_rule(route.key)
        if rule is None or rule.who in PROGRAMS or route.address.startswith((API, REPORTS)):
            continue
        address = "/" + filled(route.address, known).lstrip("/")
        for method in sorted(rule.methods):
            if (method in CHANGES) is changing:
                yield method, address


def asked(browser: Client, method: str, address: str, **typed: str) -> int:
    sent: Any = getattr(browser, method.lower())(address, typed)
    return int(sent.status_code)


def strict(browser: Client) -> Client:
    browser.handler.enforce_csrf_checks = True
    return browser


@pytest.fixture
def known(counter: Counter) -> Mapping[str, str]:
    return samples(counter)


@pytest.fixture
def counter() -> Counter:
    return Counter(small_shop())


@pytest.fixture
def browsers(counter: Counter) -> list[Client]:
    return [Client(), signed_in(shopper()), counter.browser]


def test_every_change_needs_its_token(known: Mapping[str, str], browsers: list[Client]) -> None:
    addresses = list(page_addresses(known, changing=True))
    accepted = [
        (method, address, status)
        for browser in browsers
        for method, address in addresses
        if (status := asked(strict(browser), method, address)) != 403
    ]

    assert accepted == []
    assert len(addresses) >= 25


def test_somebody_elses_token_is_none(known: Mapping[str, str], browsers: list[Client]) -> None:
    foreign = token_of(Client())
    accepted = [
        (method, address, status)
        for browser in browsers
        for method, address in page_addresses(known, changing=True)
        if token_of(browser) != foreign
        and (status := asked(strict(browser), method, address, csrfmiddlewaretoken=foreign)) != 403
    ]

    assert accepted == []


def token_of(browser: Client) -> str:
    page = browser.get("/staff/account/login/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        page = browser.get("/staff/account/logout/").content.decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]


def test_control_without_the_check_changes_are_taken(known: Mapping[str, str]) -> None:
    browser = clerk(name="hinnerk")
    accepted = [
        address
        for method, address in page_addresses(known, changing=True)
        if asked(browser, method, address) != 403
    ]

    assert len(accepted) >= 20


def test_no_look_changes_anything(known: Mapping[str, str], browsers: list[Client]) -> None:
    addresses = [address for _, address in page_addresses(known, changing=False)]
    before = everything()

    for browser in browsers:
        for address in addresses:
            asked(browser, "GET", address)

    changed = {name for name, rows in everything().items() if rows != before[name]}
    assert changed - WRITTEN_BY_LOOKING == set()
    assert len(addresses) >= 25


def test_control_a_change_would_be_seen(counter: Counter) -> None:
    before = everything()
    order_id = counter.order()
    counter.post(f"{order_path(order_id)}payment/")

    changed = {name for name, rows in everything().items() if rows != before[name]}

    assert "payments_ledger_entry" in changed


@pytest.mark.parametrize("realm", [Realm.STAFF])
def test_looking_at_signing_out_signs_nobody_out(realm: Realm) -> None:
    browser = clerk()
    with with_pages():
        known = seen_by(browser, realm)
        browser.get("/staff/account/logout/")
        assert seen_by(browser, realm) == known
        browser.post("/staff/account/logout/")
        assert seen_by(browser, realm) == "nobody"


def everything() -> dict[str, str]:
    """A digest of every table."""
    names = sql.rows(
        "SELECT quote_ident(table_name) FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    digest = "SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM {} t"
    return {str(name): str(sql.rows(digest.format(name))[0][0]) for (name,) in names}
