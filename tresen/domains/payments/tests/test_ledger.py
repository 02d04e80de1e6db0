"""The books: two sides, nothing changed afterwards, nothing posted twice."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tresen.domains.payments.commands import open_payment, post_sale, post_sale_reversal
from tresen.domains.payments.models import LedgerEntry, Payment
from tresen.domains.payments.queries import balances, list_ledger
from tresen.domains.payments.tests.make import NOON, euro
from tresen.foundation import sql
from tresen.foundation.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)

_BALANCED = "payments_ledger_balanced"


def test_a_sale_debits_the_customer_and_credits_revenue_and_tax() -> None:
    order_id = uuid4()

    post_sale(order_id=order_id, gross=euro(11900), net=euro(10000), tax=euro(1900), now=NOON)

    posted = {row.account: row.amount.minor for row in list_ledger(order_id)}
    assert posted == {"receivable": 11900, "revenue": -10000, "tax": -1900}
    assert sum(balances().values()) == 0


def test_a_sale_without_tax_has_two_lines() -> None:
    order_id = uuid4()

    post_sale(order_id=order_id, gross=euro(500), net=euro(500), tax=euro(0), now=NOON)

    assert {row.account for row in list_ledger(order_id)} == {"receivable", "revenue"}


def test_a_sale_is_posted_once() -> None:
    order_id = uuid4()
    post_sale(order_id=order_id, gross=euro(500), net=euro(500), tax=euro(0), now=NOON)

    with pytest.raises(IntegrityError, match="payments_ledger_posted_once"):
        post_sale(order_id=order_id, gross=euro(500), net=euro(500), tax=euro(0), now=NOON)

    assert len(list_ledger(order_id)) == 2


def test_a_reversed_sale_leaves_nothing_owed() -> None:
    order_id = uuid4()
    post_sale(order_id=order_id, gross=euro(119), net=euro(100), tax=euro(19), now=NOON)

    post_sale_reversal(
        group_id=new_id(),
        order_id=order_id,
        gross=euro(119),
        net=euro(100),
        tax=euro(19),
        now=NOON,
    )

    assert set(balances().values()) == {0}


def test_a_lopsided_group_is_refused_when_the_transaction_ends() -> None:
    with pytest.raises(IntegrityError) as refused:
        _post_lopsided()

    assert sql.constraint_of(refused.value) == _BALANCED
    assert not LedgerEntry.objects.exists()


def test_two_currencies_do_not_balance_one_another() -> None:
    group = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        for minor, currency in ((100, "EUR"), (-100, "SEK")):
            _entry(group, minor, currency=currency)

    assert not LedgerEntry.objects.exists()


def test_control_without_the_trigger_a_lopsided_group_would_stay() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE payments_ledger_entry DISABLE TRIGGER {_BALANCED}")
    try:
        _post_lopsided()

        assert sum(balances().values()) == 100
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE payments_ledger_entry ENABLE TRIGGER {_BALANCED}")


@pytest.mark.parametrize("change", ["UPDATE {} SET minor = 1", "DELETE FROM {}"])
def test_a_posting_can_be_neither_changed_nor_taken_away(change: str) -> None:
    order_id = uuid4()
    post_sale(order_id=order_id, gross=euro(500), net=euro(500), tax=euro(0), now=NOON)

    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change.format("payments_ledger_entry"))

    assert len(list_ledger(order_id)) == 2


def test_sale_and_payment_are_one_statement_each_and_fit_into_a_pipeline(
    django_assert_num_queries: object,
) -> None:
    order_id = uuid4()
    with transaction.atomic(), django_assert_num_queries(2), sql.pipelined():  # type: ignore[operator]
        post_sale(order_id=order_id, gross=euro(119), net=euro(100), tax=euro(19), now=NOON)
        payment_id = open_payment(
            order_id=order_id,
            method="bank_transfer",
            amount=euro(119),
            order_number="TR-7",
            now=NOON,
        )

    kept = Payment.objects.get(id=payment_id)
    assert (kept.state, kept.amount_minor, kept.captured_minor) == ("open", 119, 0)
    assert kept.reference.startswith("RF")
    assert len(list_ledger(order_id)) == 3


def _post_lopsided() -> None:
    with transaction.atomic():
        _entry(new_id(), 100)


def _entry(group: UUID, minor: int, *, currency: str = "EUR") -> None:
    LedgerEntry.objects.create(
        group_id=group,
        account=f"receivable {currency}",
        minor=minor,
        currency=currency,
        order_id=uuid4(),
        happened_at=NOON,
    )
