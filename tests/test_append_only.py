"""What happened is never rewritten: the database itself refuses to change or delete such rows."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.payments.queries import list_payments_of
from tresen.domains.privacy.tests import make as privacy
from tresen.domains.security.commands import note_anchored, note_examination, seal_deeds
from tresen.domains.security.queries.verification import verify_chain
from tresen.foundation import sql
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.settle_payment import mark_paid
from tresen.workflows.buying.tests.make import NOON, ready_cart, small_shop

pytestmark = pytest.mark.django_db
TABLES = {
    "audit_deed",
    "compliance_text",
    "inventory_movement",
    "orders_history",
    "payments_payment_event",
    "payments_ledger_entry",
    "pricing_price_change",
    "privacy_consent_event",
    "privacy_consent_text",
    "privacy_request_step",
    "security_anchor",
    "security_examination",
    "security_link",
    "security_seal",
}


@pytest.fixture
def history() -> None:
    """An order that was paid: every one of the tables has rows."""
    shop = small_shop()
    placed = place_order(
        cart_id=ready_cart(shop),
        channel=shop.channel,
        key="once",
        seen_total=None,
        texts={},
        now=NOON,
        actor=GUEST,
    )
    (payment,) = list_payments_of(placed.order_id)
    mark_paid(payment_id=payment.id, amount=payment.owed, key="paid", now=NOON, actor=SYSTEM)
    privacy.said(privacy.words())
    privacy.asked()
    seal_deeds(now=NOON)
    note_anchored(place="folder", seal=1, now=NOON)
    note_examination(verdict=verify_chain(), now=NOON)


def _guarded() -> set[str]:
    found = sql.rows(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_append_only'"
    )
    return {str(name) for (name,) in found}


def _first_column(table: str) -> str:
    asked = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1"
    return str(sql.rows(asked, (table,))[0][0])


def test_these_tables_are_guarded_and_no_one_was_forgotten() -> None:
    assert _guarded() == TABLES


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_a_row_is_neither_changed_nor_deleted(history: None, table: str, change: str) -> None:
    count = f"SELECT count(*) FROM {table}"  # noqa: S608  # a name from above
    before = sql.rows(count)
    assert before != [(0,)]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql.run(change.format(table, _first_column(table)))
    assert sql.rows(count) == before


def test_without_its_trigger_a_row_would_be_changed(history: None) -> None:
    """The control."""
    sql.run("SET CONSTRAINTS ALL IMMEDIATE")
    sql.run("ALTER TABLE orders_history DISABLE TRIGGER orders_history_append_only")
    sql.run("UPDATE orders_history SET actor = 'nobody'")
    assert sql.rows("SELECT DISTINCT actor FROM orders_history") == [("nobody",)]
