"""I-28: each privileged action leaves exactly one row in its transaction; no row without action.

Walks every address of the back office that changes something. One that is not named here fails
the test: name it with what it records, or with the reason why it records nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.risk.make import held
from tests.security import deeds_of_privacy
from tresen.domains.accounts.commands import ask_approval
from tresen.domains.accounts.types import ApprovalKind, Membership, Role
from tresen.domains.catalog.queries import find_variant_by_sku
from tresen.domains.orders.queries import get_order
from tresen.domains.payments.queries import list_payments_of, list_refunds_of
from tresen.domains.security.queries.incidents import list_incidents
from tresen.entrypoints.backoffice.tests.make import Counter, order_path
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import Who
from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit import deeds
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON, small_shop
from tresen.workflows.staffing.roles import invite_member
from tresen.workflows.weighing.weigh_orders import weigh_orders

Post = tuple[str, dict[str, object]]
Act = Callable[[Counter], Post]

UNRECORDED = {
    "backoffice:keep_view": "one's own saved view of a list",
    "backoffice:drop_view": "one's own saved view of a list",
    **deeds_of_privacy.UNRECORDED,
}

ELSEWHERE = {"backoffice:backups_wish": "tresen/entrypoints/backoffice/backups/tests"}
"""Needs a keeper of backups: its row is looked at where there is one."""


def _paid_order(counter: Counter) -> UUID:
    return counter.order(paid=True)


def _payment(counter: Counter) -> Post:
    return f"{order_path(counter.order())}payment/", {}


def _shipment(counter: Counter) -> Post:
    order_id = _paid_order(counter)
    weigh_orders([order_id], now=NOON)  # as its reaction does; the packer need not
    lines = {f"line_{line.position}": line.quantity for line in get_order(order_id).lines}
    return f"{order_path(order_id)}shipment/", {**lines, "carrier": "DHL", "tracking": "T1"}


def _refund_words() -> dict[str, object]:
    return {"amount": "5,00", "reason": "goodwill", "key": "once"}


def _refund(counter: Counter) -> Post:
    return f"{order_path(_paid_order(counter))}refund/", _refund_words()


def _refund_sent(counter: Counter) -> Post:
    order_id = _paid_order(counter)
    counter.post(f"{order_path(order_id)}refund/", **_refund_words())
    (refund,) = list_refunds_of(order_id)
    return f"{order_path(order_id)}refunds/{outer('ref', refund.id)}/sent/", {}


def _cancellation(counter: Counter) -> Post:
    return f"{order_path(_paid_order(counter))}cancellation/", {}


def _other_session(counter: Counter) -> UUID:
    """The clerk has signed in at another device, too."""
    counter.get("/today/")
    columns = "realm, user_id, data, device, made_at, seen_at, expires_at, rested"
    ((session_id,),) = sql.rows(
        f"INSERT INTO accounts_session (id, key_hash, {columns})"  # noqa: S608  # our own words
        f" SELECT gen_random_uuid(), sha256(key_hash), {columns} FROM accounts_session RETURNING id"
    )
    assert isinstance(session_id, UUID)
    return session_id


def _end_session(counter: Counter) -> Post:
    return f"/profile/sessions/{outer('ses', _other_session(counter))}/", {}


def _end_others(counter: Counter) -> Post:
    _other_session(counter)
    return "/profile/sessions/others/", {}


def _review(counter: Counter) -> Post:
    order_id = _paid_order(counter)
    (payment,) = list_payments_of(order_id)
    sql.run("UPDATE payments_payment SET troubles = 1 WHERE id = %s", (payment.id,))
    return f"{order_path(order_id)}payments/{outer('pay', payment.id)}/review/", {"troubles": "1"}


def _product_path() -> str:
    variant = find_variant_by_sku("TEA")
    assert variant is not None
    return f"/products/{outer('prod', variant.product_id)}/"


def _words(counter: Counter) -> Post:
    typed: dict[str, object] = {"revision": 1}
    for code in ("de", "en"):
        typed |= {f"name_{code}": "Tee", f"summary_{code}": "", f"description_{code}": ""}
    return f"{_product_path()}words/", typed


def _prices(counter: Counter) -> Post:
    return f"{_product_path()}prices/", {"price_0": "12,30"}


def _status(counter: Counter) -> Post:
    return f"{_product_path()}status/", {"archive": "1"}


def _receipt(counter: Counter) -> Post:
    path = f"/stock/{outer('var', counter.shop.tea)}/receipt/"
    return path, {"location": "lager", "quantity": "5"}


def _count(counter: Counter) -> Post:
    path = f"/stock/{outer('var', counter.shop.tea)}/count/"
    return path, {"location": "lager", "quantity": "7", "reason_code": "damage"}


def _check_decision(counter: Counter) -> Post:
    _order_id, review = held(counter.shop)
    return f"/trust/reviews/{outer('rev', review.id)}/release/", {"reason": "known_customer"}


def _check_rules(counter: Counter) -> Post:
    path, typed = (
        "/trust/reviews/rules/",
        {"stronger_from": "20", "review_from": "40", "hours": "8"},
    )
    tried = counter.post(path, **typed).content.decode()
    return path, typed | {"seen": tried.split('name="seen" value="')[1].split('"')[0]}


def _said() -> dict[str, object]:
    return {
        "title": "Cookie",
        "aware_at": "2026-11-20T17:00",
        "risk": "some",
        "software": "",
        "persons": "0",
        "records": "0",
    }


def _new_incident(counter: Counter) -> Post:
    return "/trust/incidents/new/", _said()


def _incident_path(counter: Counter) -> str:
    counter.post("/trust/incidents/new/", **_said())
    return f"/trust/incidents/{outer('inc', list_incidents()[0].id)}/"


def _incident_facts(counter: Counter) -> Post:
    return f"{_incident_path(counter)}facts/", _said() | {"persons": "3"}


def _incident_step(counter: Counter) -> Post:
    return f"{_incident_path(counter)}step/", {"kind": "note", "text": "called"}


def _incident_persons(counter: Counter) -> Post:
    return f"{_incident_path(counter)}persons/", {"words": "action:order.place"}


def _incident_letters(counter: Counter) -> Post:
    return f"{_incident_path(counter)}letters/", {"sure": "yes"}


def _freeze(counter: Counter) -> Post:  # as every act
    return "/trust/freeze/", {"turn": "on"}


def _member(counter: Counter, path: str = "") -> Post:
    user_id, _ = invite_member(
        username="jonas",
        display_name="Jonas",
        email="jonas@schapp.example",
        memberships=[Membership(Role.CLERK)],
        now=NOON,
        actor=SYSTEM,
    )
    return f"/settings/staff/{outer('usr', user_id)}/{path}/", {"roles": ["support"]}


def _invitation(counter: Counter) -> Post:
    who = {"username": "jonas", "display_name": "Jonas", "email": "jonas@schapp.example"}
    return "/settings/staff/invitation/", {**who, "roles": ["clerk"]}


def _export_wish(counter: Counter) -> Post:
    return "/approvals/lists/orders/", {"purpose": "check"}


def _wish(counter: Counter, path: str) -> Post:
    wish_id = ask_approval(
        kind=ApprovalKind.EXPORT, object_id="orders", reason="check", asked_by=uuid4(), now=NOON
    )
    return f"/approvals/{outer('apr', wish_id)}/{path}/", {}


RECORDED: dict[str, tuple[str, Act]] = {
    "backoffice:export_wish": ("export.wish", _export_wish),
    "backoffice:approval_allowance": ("approval.allow", lambda desk: _wish(desk, "allowance")),
    "backoffice:approval_refusal": ("approval.decline", lambda desk: _wish(desk, "refusal")),
    "backoffice:order_payment": ("payment.mark_paid", _payment),
    "backoffice:order_shipment": ("order.ship", _shipment),
    "backoffice:order_refund": ("payment.refund", _refund),
    "backoffice:refund_sent": ("payment.confirm_refund", _refund_sent),
    "backoffice:order_cancellation": ("order.cancel", _cancellation),
    "backoffice:profile_end": ("session.end", _end_session),
    "backoffice:profile_end_others": ("session.end_others", _end_others),
    "backoffice:payment_review": ("payment.review", _review),
    "backoffice:product_words": ("product.edit", _words),
    "backoffice:product_prices": ("product.set_prices", _prices),
    "backoffice:product_status": ("product.set_status", _status),
    "backoffice:stock_receipt": ("stock.receive", _receipt),
    "backoffice:stock_count": ("stock.count", _count),
    **deeds_of_privacy.RECORDED,
    "backoffice:risk_decision": ("risk_review.decide", _check_decision),
    "backoffice:risk_rules": ("risk_rules.change", _check_rules),
    "backoffice:new_incident": ("incident.open", _new_incident),
    "backoffice:incident_facts": ("incident.change", _incident_facts),
    "backoffice:incident_step": ("incident.step", _incident_step),
    "backoffice:incident_persons": ("incident.pin", _incident_persons),
    "backoffice:incident_letters": ("incident.letters", _incident_letters),
    "backoffice:freeze": ("shop.freeze", _freeze),
    "backoffice:invitation": ("staff.invite", _invitation),
    "backoffice:member_roles": ("staff.give_roles", lambda desk: _member(desk, "roles")),
    "backoffice:member_leaving": ("staff.deactivate", lambda desk: _member(desk, "leaving")),
    "backoffice:member_return": ("staff.activate", lambda desk: _member(desk, "return")),
    "backoffice:member_invitation": (
        "staff.invite_again",
        lambda desk: _member(desk, "invitation"),
    ),
}
ROUTES = sorted(RECORDED)


@pytest.fixture
def counter(db: None, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Each row must be written below a transaction that the request opened itself."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    outside, write = len(connection.savepoint_ids), deeds._write

    def within(deed: deeds.Deed, *, fields: Sequence[str], now: datetime) -> UUID:
        is_read = deed.action.endswith((".view", ".list"))
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
    path, typed = _refund(counter)
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

    answer, added = _new_rows(counter, _receipt)

    assert answer.status_code == 302
    assert added == []


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
