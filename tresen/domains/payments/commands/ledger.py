"""Postings: what is owed, what came in, in two columns that always agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.types.numeric import Int8

from tresen.domains.payments.types import Account, cash_at
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money

_HEAD = (
    "WITH posting (group_id, currency, order_id, happened_at) AS"
    " (VALUES (%s::uuid, %s::text, %s::uuid, %s::timestamptz)), line (account, minor) AS (VALUES "
)
_SIDE = "(%s::text, %s::bigint)"
_TAIL = (
    ") INSERT INTO payments_ledger_entry"
    " (group_id, currency, order_id, happened_at, account, minor)"
    " SELECT posting.*, line.* FROM posting, line WHERE line.minor <> 0"
)
_STATEMENTS = {lines: _HEAD + ", ".join([_SIDE] * lines) + _TAIL for lines in (2, 3)}
"""One per number of sides: scalars are cheaper to send than arrays, and are prepared once."""


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
    sides = [side for account, minor in lines for side in (str(account), Int8(minor))]
    sql.run(_STATEMENTS[len(lines)], (group_id, currency, order_id, now, *sides))
