"""Setting and withdrawing prices; the history is written in the same statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.pricing.commands.reductions import check_running, tell
from tresen.domains.pricing.queries import get_price_list
from tresen.domains.pricing.rules import check_rows
from tresen.domains.pricing.types import NewPrice, PriceKey
from tresen.foundation import sql
from tresen.foundation.actor import Actor

_SET = """
WITH new AS MATERIALIZED (
  SELECT n.* FROM unnest(%s::uuid[], %s::int[], %s::bigint[], %s::timestamptz[],
    %s::timestamptz[]) AS n (variant_id, min_quantity, amount_minor, valid_from, valid_to)
  WHERE NOT EXISTS (
    SELECT FROM pricing_price p WHERE p.variant_id = n.variant_id AND p.price_list_id = %s
      AND p.min_quantity = n.min_quantity AND p.amount_minor = n.amount_minor
      AND p.valid_from IS NOT DISTINCT FROM n.valid_from
      AND p.valid_to IS NOT DISTINCT FROM n.valid_to)
), put AS (
  INSERT INTO pricing_price AS p
    (variant_id, price_list_id, min_quantity, amount_minor, valid_from, valid_to)
  SELECT variant_id, %s, min_quantity, amount_minor, valid_from, valid_to FROM new
  ORDER BY variant_id, min_quantity, valid_from, valid_to
  ON CONFLICT (variant_id, price_list_id, min_quantity, valid_from, valid_to)
  DO UPDATE SET amount_minor = EXCLUDED.amount_minor
  WHERE p.amount_minor <> EXCLUDED.amount_minor
  RETURNING p.variant_id, p.price_list_id, p.min_quantity, p.amount_minor, p.valid_from, p.valid_to
)
INSERT INTO pricing_price_change (variant_id, price_list_id, min_quantity, amount_minor,
  valid_from, valid_to, changed_at, actor)
SELECT put.*, %s, %s FROM put RETURNING variant_id
"""
_WITHDRAW = """
WITH gone AS (
  DELETE FROM pricing_price p
  USING unnest(%s::uuid[], %s::int[], %s::timestamptz[], %s::timestamptz[])
    AS g (variant_id, min_quantity, valid_from, valid_to)
  WHERE p.variant_id = g.variant_id AND p.price_list_id = %s
    AND p.min_quantity = g.min_quantity AND p.valid_from IS NOT DISTINCT FROM g.valid_from
    AND p.valid_to IS NOT DISTINCT FROM g.valid_to
  RETURNING p.variant_id, p.price_list_id, p.min_quantity, p.valid_from, p.valid_to
)
INSERT INTO pricing_price_change (variant_id, price_list_id, min_quantity, valid_from, valid_to,
  amount_minor, changed_at, actor)
SELECT gone.*, NULL, %s, %s FROM gone RETURNING variant_id
"""


def set_prices(rows: Sequence[NewPrice], *, list_code: str, now: datetime, actor: Actor) -> int:
    """Write prices into a list and say how many changed; rows that say the same write nothing.

    Raises NoSuchPriceList, BadPrice, WrongCurrency, DuplicatePrice.
    """
    assert transaction.get_connection().in_atomic_block, "prices change inside a transaction"
    price_list = get_price_list(list_code)
    check_rows(rows, currency=price_list.currency)
    found = sql.rows(
        _SET,
        (
            [row.variant_id for row in rows],
            [row.min_quantity for row in rows],
            [row.amount.minor for row in rows],
            [row.valid_from for row in rows],
            [row.valid_to for row in rows],
            list_code,
            list_code,
            now,
            str(actor),
        ),
    )
    _settle(found, market=price_list.market, now=now)
    return len(found)


def withdraw_prices(
    *, keys: Sequence[PriceKey], list_code: str, now: datetime, actor: Actor
) -> int:
    """Take prices out of a list and say how many were there. Raises NoSuchPriceList."""
    price_list = get_price_list(list_code)
    found = sql.rows(
        _WITHDRAW,
        (
            [key.variant_id for key in keys],
            [key.min_quantity for key in keys],
            [key.valid_from for key in keys],
            [key.valid_to for key in keys],
            list_code,
            now,
            str(actor),
        ),
    )
    _settle(found, market=price_list.market, now=now)
    return len(found)


def _settle(found: Sequence[sql.Row], *, market: str, now: datetime) -> None:
    changed = sorted({cast("UUID", row[0]) for row in found})
    if changed:
        check_running(changed, market=market, now=now)
        tell(changed, market=market, now=now)
