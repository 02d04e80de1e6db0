"""What is known from before, in one statement for any number of orders; and of sign-ins."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.risk.types import Asking, History, Keys, LoginSignals
from tresen.foundation import sql
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.vault.sealing import blind_indexes

_HISTORIES = """
SELECT o.n, d.orders, d.people, d.failures, d.seen, p.orders, p.failures, p.disputes, p.paid,
  p.cleared, a.people, coalesce(m.rank, -1), l.disposable, coalesce(w.network, '')
FROM jsonb_to_recordset(%s::jsonb) AS o(n int, people bytea[], devices bytea[], places bytea[],
  at timestamptz, self uuid, minor bigint, currency text, domains text[], address inet)
CROSS JOIN LATERAL (
  SELECT
    count(*) FILTER (WHERE e.kind = 'order_placed' AND e.happened_at > o.at - interval '10 min')
      AS orders,
    count(DISTINCT e.person_key) FILTER (WHERE e.kind = 'order_placed'
      AND e.person_key <> ALL(o.people)) AS people,
    count(*) FILTER (WHERE e.kind = 'payment_failed' AND e.happened_at > o.at - interval '1 day')
      AS failures,
    (SELECT EXISTS (SELECT 1 FROM risk_event s WHERE s.device_key = ANY(o.devices)
      AND s.happened_at <= o.at AND NOT coalesce(s.order_id = o.self, false))) AS seen
  FROM risk_event e
  WHERE e.device_key = ANY(o.devices) AND e.happened_at > o.at - interval '7 days'
    AND e.happened_at <= o.at AND NOT coalesce(e.order_id = o.self, false)
) d
CROSS JOIN LATERAL (
  SELECT
    count(*) FILTER (WHERE e.kind = 'order_placed' AND e.happened_at > o.at - interval '1 day')
      AS orders,
    count(*) FILTER (WHERE e.kind = 'payment_failed' AND e.happened_at > o.at - interval '1 day')
      AS failures,
    count(DISTINCT e.order_id) FILTER (WHERE e.kind = 'payment_disputed') AS disputes,
    count(DISTINCT e.order_id) FILTER (WHERE e.kind = 'payment_captured') AS paid,
    count(*) FILTER (WHERE e.kind = 'cleared' AND e.happened_at > o.at - interval '7 days')
      AS cleared
  FROM risk_event e
  WHERE e.person_key = ANY(o.people) AND e.happened_at > o.at - interval '1 year'
    AND e.happened_at <= o.at AND NOT coalesce(e.order_id = o.self, false)
) p
CROSS JOIN LATERAL (
  SELECT count(DISTINCT e.person_key) FILTER (WHERE e.person_key <> ALL(o.people)) AS people
  FROM risk_event e
  WHERE e.place_key = ANY(o.places) AND e.happened_at > o.at - interval '7 days'
    AND e.happened_at <= o.at AND NOT coalesce(e.order_id = o.self, false)
    AND e.kind = 'order_placed'
) a
CROSS JOIN LATERAL (
  SELECT EXISTS (SELECT 1 FROM risk_listed b WHERE b.list = 'disposable'
    AND b.value = ANY(o.domains)) AS disposable
) l
LEFT JOIN LATERAL (
  SELECT width_bucket(o.minor - 1, r.bounds) AS rank FROM risk_amounts r
  WHERE r.currency = o.currency
) m ON true
LEFT JOIN LATERAL (
  SELECT b.list AS network FROM risk_network b WHERE b.block >>= o.address
  ORDER BY b.list DESC LIMIT 1
) w ON true
ORDER BY o.n
"""
_LOGIN = """
SELECT
  (SELECT EXISTS (SELECT 1 FROM risk_event e WHERE e.account_id = %s AND e.kind = 'login_passed'
    AND e.device_key = ANY(%s) AND e.happened_at <= %s)),
  (SELECT EXISTS (SELECT 1 FROM risk_event e WHERE e.account_id = %s AND e.kind = 'login_passed'
    AND e.device_key IS NOT NULL AND e.happened_at <= %s)),
  (SELECT count(*) FROM risk_event e WHERE e.account_id = %s AND e.kind = 'login_failed'
    AND e.happened_at > %s - interval '1 hour'),
  (SELECT count(*) FROM risk_event e WHERE e.device_key = ANY(%s) AND e.kind = 'login_failed'
    AND e.happened_at > %s - interval '1 hour'),
  (SELECT count(DISTINCT e.account_id) FROM risk_event e WHERE e.device_key = ANY(%s)
    AND e.kind = 'login_failed' AND e.happened_at > %s - interval '1 hour'),
  (SELECT count(DISTINCT e.device_key) FROM risk_event e WHERE e.account_id = %s
    AND e.kind = 'login_passed' AND e.device_key <> ALL(%s)
    AND e.happened_at > %s - interval '10 min')
"""


def keys_of(*, email: str = "", device: str = "", place: str = "") -> Keys:
    """The fingerprints of what is known; `place` comes from `rules.place_of`."""
    return Keys(
        people=_indexes(mailbox_of(email) if email else "", "person"),
        devices=device_keys(device),
        places=_indexes(place, "place"),
    )


def device_keys(device: str) -> tuple[bytes, ...]:
    """The fingerprints of a browser's own random name."""
    return _indexes(device, "device")


def ask_histories(orders: Sequence[Asking]) -> sql.Asked[list[History]]:
    """What is known of each, in the order asked. What they did later is not looked at."""
    body = [
        {
            "n": place,
            "people": _sent(order.keys.people),
            "devices": _sent(order.keys.devices),
            "places": _sent(order.keys.places),
            "at": order.at.isoformat(),
            "self": str(order.order_id) if order.order_id else None,
            "minor": order.gross.minor,
            "currency": order.gross.currency,
            "domains": list(order.mail_domains),
            "address": order.address or None,
        }
        for place, order in enumerate(orders)
    ]
    return sql.ask(_HISTORIES, (json.dumps(body),), shape=lambda rows: [_history(r) for r in rows])


def ask_login_signals(*, account_id: UUID, device: str, now: datetime) -> sql.Asked[LoginSignals]:
    """For whoever lets people in: hand the answer to `rules.judge_login`."""
    keys = list(device_keys(device))
    known = (account_id, keys, now, account_id, now)
    failures = (account_id, now, keys, now, keys, now)
    return sql.ask(_LOGIN, (*known, *failures, account_id, keys, now), shape=_login)


def _history(row: sql.Row) -> History:
    numbers = cast("tuple[int, ...]", row)
    return History(
        orders_of_device=numbers[1],
        people_of_device=numbers[2],
        failures_of_device=numbers[3],
        device_was_seen=bool(row[4]),
        orders_of_person=numbers[5],
        failures_of_person=numbers[6],
        disputes=numbers[7],
        paid_before=numbers[8],
        cleared=numbers[9],
        people_at_address=numbers[10],
        amount_rank=numbers[11],
        mail_is_disposable=bool(row[12]),
        network=str(row[13]),
    )


def _login(rows: list[sql.Row]) -> LoginSignals:
    is_known, has_devices, *numbers = rows[0]
    of_account, of_device, accounts, devices = cast("list[int]", numbers)
    return LoginSignals(
        device_is_known=bool(is_known),
        account_has_devices=bool(has_devices),
        failures_of_account=of_account,
        failures_of_device=of_device,
        accounts_of_device=accounts,
        devices_at_once=devices,
    )


def _indexes(value: str, what: str) -> tuple[bytes, ...]:
    return tuple(blind_indexes(value, purpose=f"risk.{what}")) if value else ()


def _sent(keys: Sequence[bytes]) -> list[str]:
    return [f"\\x{key.hex()}" for key in keys]
