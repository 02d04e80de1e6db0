"""Postings: what is owed, what came in, in two columns that always agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tresen.domains.payments.types import Account, cash_at
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money

_POST = (
    "INSERT INTO payments_ledger_entry"
    " (group_id, account, minor, currency, order_id, happened_at)"
    " SELECT %s, line.account, line.minor, %s, %s, %s"
    " FROM unnest(%s::text[], %s::bigint[]) AS line (account, minor) WHERE line.minor <> 0"
)


def post_sale(*, order_id: UUID, gross: Money, net: Money, tax: Money, now: datetime) -> None:
    """Debit the customer with the gross amount, credit revenue and tax. One statement.

    The order's id names the group, so that a sale cannot be posted twice.
    """
    _post_sale(group_id=order_id, order_id=order_id, gross=gross, net=net, tax=tax, now=now)


def post_sale_reversal(
    *, group_id: UUID, order_id: UUID, gross: Money, net: Money, tax: Money, now: datetime
) -> None:
    """Take back a sale or a part of it. Amounts are positive; `group_id` names the cause once."""
    _post_sale(group_id=group_id, order_id=order_id, gross=-gross, net=-net, tax=-tax, now=now)


def post_cash(*, order_id: UUID, method: str, minor: int, currency: str, now: datetime) -> None:
    """Money in (positive) or back (negative): cash at the provider against the customer."""
    _post(
        group_id=new_id(),
        order_id=order_id,
        currency=currency,
        lines=((cash_at(method), minor), (Account.RECEIVABLE, -minor)),
        now=now,
    )


def _post_sale(
    *, group_id: UUID, order_id: UUID, gross: Money, net: Money, tax: Money, now: datetime
) -> None:
    assert gross == net + tax, "gross is net and tax, to the minor unit"
    _post(
        group_id=group_id,
        order_id=order_id,
        currency=gross.currency,
        lines=(
            (Account.RECEIVABLE, gross.minor),
            (Account.REVENUE, -net.minor),
            (Account.TAX, -tax.minor),
        ),
        now=now,
    )


def _post(
    *,
    group_id: UUID,
    order_id: UUID,
    currency: str,
    lines: Sequence[tuple[str, int]],
    now: datetime,
) -> None:
    accounts = [str(account) for account, _ in lines]
    minors = [minor for _, minor in lines]
    sql.run(_POST, (group_id, currency, order_id, now, accounts, minors))
