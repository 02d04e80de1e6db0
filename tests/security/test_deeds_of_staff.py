"""I-28: each privileged action leaves exactly one row in its transaction; no row without action.

Walks every address of the back office that changes something. One that is not named here fails
the test: name it with what it records, or with the reason why it records nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.security import deeds_of_counter, deeds_of_privacy, deeds_of_trust
from tests.security.deeds_of_counter import Act, receipt, refund
from tresen.entrypoints.backoffice.tests.make import Counter, allow_list
from tresen.entrypoints.policy.routes import every_route
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import Who
from tresen.foundation import clock, sql
from tresen.foundation.audit import deeds
from tresen.workflows.buying.tests.make import NOON, small_shop

RECORDED = {
    **deeds_of_counter.RECORDED,
    **deeds_of_trust.RECORDED,
    **deeds_of_privacy.RECORDED,
}
UNRECORDED = {**deeds_of_counter.UNRECORDED, **deeds_of_privacy.UNRECORDED}
ELSEWHERE = {"backoffice:backups_wish": "tresen/entrypoints/backoffice/backups/tests"}
"""Needs a keeper of backups: its row is looked at where there is one."""


ROUTES = sorted(RECORDED)


@pytest.fixture
def counter(db: None, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Each row must be written below a transaction that the request opened itself."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    outside, write = len(connection.savepoint_ids), deeds._write

    def within(deed: deeds.Deed, *, fields: Sequence[str], now: datetime) -> UUID:
        is_read = deed.action.endswith((".view", ".list")) or deed.action == "orders.export"
        assert is_read or len(connection.savepoint_ids) > outside, "no transaction of its own"
        return write(deed, fields=fields, now=now)

    monkeypatch.setattr(deeds, "_write", within)
    return Counter(small_shop())


def _rows() -> list[str]:
    return [
        str(action)
        for (action,) in sql.rows(
            "SELECT action FROM audit_deed WHERE actor_kind = 'staff' ORDER BY id"
        )
        if not str(action).endswith((".view", ".list"))
    ]


def _changing() -> set[str]:
    return {
        name
        for name, rule in TABLE.items()
        if rule.who is Who.STAFF and name.startswith("backoffice:") and rule.methods - {"GET"}
    }


def test_every_address_that_changes_something_is_named_here() -> None:
    assert _changing() == {*RECORDED, *UNRECORDED, *ELSEWHERE}


def _new_rows(counter: Counter, act: Act) -> tuple[Any, list[str]]:
    path, typed = act(counter)
    before = _rows()
    answer = counter.post(path, **typed)
    after = _rows()
    return answer, sorted(after)[len(before) :] if after == before else _added(before, after)


def _added(before: list[str], after: list[str]) -> list[str]:
    left = list(after)
    for action in before:
        left.remove(action)
    return left


@pytest.mark.parametrize("route", ROUTES)
def test_each_action_leaves_one_row(counter: Counter, route: str) -> None:
    action, act = RECORDED[route]

    answer, added = _new_rows(counter, act)

    assert answer.status_code == 302
    assert added == [action]


@pytest.mark.parametrize("route", ROUTES)
def test_what_cannot_be_recorded_is_not_done(
    counter: Counter, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row and the deed are one: without the row, nothing has changed."""
    path, typed = RECORDED[route][1](counter)
    before = _everything()
    monkeypatch.setattr(deeds, "_INSERT", deeds._INSERT.replace("audit_deed", "no_such_table"))
    counter.browser.raise_request_exception = False

    answer = counter.post(path, **typed)

    assert answer.status_code == 500
    assert _everything() == before


@pytest.mark.parametrize("route", ["backoffice:order_payment", "backoffice:order_cancellation"])
def test_what_is_done_already_leaves_no_row(counter: Counter, route: str) -> None:
    path, typed = RECORDED[route][1](counter)
    counter.post(path, **typed)
    before = _rows()

    counter.post(path, **typed)

    assert _rows() == before


def test_the_same_refund_twice_is_one_row(counter: Counter) -> None:
    path, typed = refund(counter)
    counter.post(path, **typed)
    counter.post(path, **typed)

    assert _rows().count("payment.refund") == 1


@pytest.mark.parametrize(
    ("route", "typed"),
    [
        ("backoffice:order_refund", {"amount": "99999", "reason": "goodwill", "key": "x"}),
        ("backoffice:stock_receipt", {"location": "lager", "quantity": "-1"}),
        ("backoffice:product_prices", {"price_0": "0"}),
        ("backoffice:product_prices", {"price_0": "10,70"}),
        ("backoffice:product_words", {"revision": "0"}),
        ("backoffice:order_shipment", {"line_1": "0"}),
    ],
)
def test_what_is_refused_leaves_no_row(
    counter: Counter, route: str, typed: dict[str, object]
) -> None:
    path, _typed = RECORDED[route][1](counter)
    before = _rows()

    counter.post(path, **typed)

    assert _rows() == before


def test_an_action_that_forgets_its_row_is_found(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a view that does not record."""
    monkeypatch.setattr("tresen.entrypoints.backoffice.stock.views.record", lambda *_, **__: None)

    answer, added = _new_rows(counter, receipt)

    assert answer.status_code == 302
    assert added == []


FILES = {
    "/orders/": ["export.take", "orders.export"],
    "/trust/audit/affected/file/": ["affected.export", "export.take"],
    "/trust/audit/": ["audit.export"],
    "/approvals/": ["approvals.export"],
    "/trust/requests/": ["privacy_requests.export"],
    "/trust/reviews/": ["risk_reviews.export"],
    "/settings/staff/": ["staff.export"],
    "/products/": [],
    "/stock/": [],
}
"""What leaves as a file. With people in it: the allowance that is used up, and whom it shows.
Goods and stock are no secret of anybody."""


@pytest.mark.parametrize("path", FILES)
def test_a_list_that_leaves_as_a_file_is_written_down_once(counter: Counter, path: str) -> None:
    counter.order()
    allow_list(counter, "orders")
    allow_list(counter, "affected", q="a.b")
    before = _rows()

    answer = counter.get(path, format="csv") if "file" not in path else counter.get(path, q="a.b")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.getvalue()
    assert _added(before, sorted(_rows())) == FILES[path]


def test_every_list_of_the_house_is_named_here() -> None:
    """A list screen knows CSV by itself: one more list is one more line above."""
    lists = {
        route.address.removeprefix("/staff")
        for route in every_route()
        if hasattr(route.view, "__wrapped__") and _is_list(route.view)
    }
    assert lists == set(FILES) - {"/trust/audit/affected/file/"}


def _is_list(view: object) -> bool:
    while view is not None:
        if getattr(view, "is_list_screen", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def _everything() -> dict[str, object]:
    """How many rows each table of the house holds, and what changes in place."""
    tables = sql.rows(
        "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace ="
        " 'public'::regnamespace AND c.relname !~ '^(django|procrastinate|accounts|limits)'"
    )
    return {
        str(name): sql.rows(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t")  # noqa: S608
        for (name,) in tables
    }
