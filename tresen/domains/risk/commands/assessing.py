"""What was seen and what the rules said of it, written down; and forgotten in time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tresen.domains.risk.queries.signals import device_keys, keys_of
from tresen.domains.risk.types import Assessed, EventKind, Keys, Outcome
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money

KEPT = timedelta(days=365)
"""As long as a payment can be called back; after that nothing of a score is left."""
SIGHTINGS_KEPT = timedelta(days=2)
LOGINS_KEPT = timedelta(days=90)
ORDERS_FOR_AMOUNTS = 50
"""With fewer orders nobody can say what is usual."""

_SIGHTING = """
INSERT INTO risk_sighting (cart_id, device_key, network, outcome, seen_at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (cart_id) DO UPDATE SET device_key = EXCLUDED.device_key,
  network = EXCLUDED.network, outcome = EXCLUDED.outcome, seen_at = EXCLUDED.seen_at
"""
_SEEN = """
INSERT INTO risk_event (kind, order_id, person_key, device_key, place_key, happened_at)
SELECT 'order_placed', e.order_id, e.person, e.device, e.place, e.at
FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[], %s::bytea[], %s::timestamptz[])
  AS e(order_id, person, device, place, at)
ON CONFLICT (order_id) WHERE kind = 'order_placed' DO NOTHING
"""
_ASSESSED = """
WITH said AS (
  SELECT * FROM jsonb_to_recordset(%s::jsonb) AS s(id uuid, order_id uuid, person_id uuid,
    ruleset int, score int, hint int, outcome text, method text, facts jsonb, history jsonb,
    reasons jsonb, at timestamptz, held boolean, review_id uuid, minor bigint, currency text,
    due timestamptz)
), kept AS (
  INSERT INTO risk_assessment (id, order_id, person_id, ruleset, score, hint, outcome, method,
    facts, history, reasons, assessed_at)
  SELECT id, order_id, person_id, ruleset, score, hint, outcome, method, facts, history,
    reasons, at FROM said
  ON CONFLICT (order_id) DO NOTHING RETURNING order_id
)
INSERT INTO risk_review (id, order_id, state, score, hint, gross_minor, currency, opened_at,
  due_at, decided_by, reason)
SELECT s.review_id, s.order_id, 'waiting', s.score, s.hint, s.minor, s.currency, s.at, s.due,
  '', ''
FROM said s JOIN kept k ON k.order_id = s.order_id WHERE s.held
ON CONFLICT (order_id) DO NOTHING RETURNING order_id
"""
_PAYMENT = """
INSERT INTO risk_event (kind, order_id, person_key, device_key, place_key, happened_at)
SELECT %s, order_id, person_key, device_key, place_key, %s FROM risk_event
WHERE order_id = %s AND kind = 'order_placed'
"""
_AMOUNTS = """
INSERT INTO risk_amounts (currency, bounds, orders, made_at)
SELECT currency, percentile_disc(ARRAY(SELECT g / 100.0 FROM generate_series(1, 100) g))
  WITHIN GROUP (ORDER BY minor), count(*), %s
FROM unnest(%s::bigint[], %s::text[]) AS o(minor, currency)
GROUP BY currency HAVING count(*) >= %s
ON CONFLICT (currency) DO UPDATE SET bounds = EXCLUDED.bounds, orders = EXCLUDED.orders,
  made_at = EXCLUDED.made_at
"""
_DECIDED = (
    "opened_at < %s AND state NOT IN ('waiting', 'payment_asked', 'asked')"
    " AND NOT EXISTS (SELECT 1 FROM risk_appeal a WHERE a.review_id = risk_review.id)"
)
_FORGET = (
    ("risk_event", "id", "happened_at < %s AND kind NOT LIKE 'login%%'", KEPT),
    ("risk_event", "id", "happened_at < %s AND kind LIKE 'login%%'", LOGINS_KEPT),
    ("risk_sighting", "cart_id", "seen_at < %s", SIGHTINGS_KEPT),
    ("risk_assessment", "id", "assessed_at < %s", KEPT),
    (
        "risk_appeal",
        "id",
        "asked_at < %s AND answered_at IS NOT NULL",
        KEPT,
    ),
    (
        "risk_review",
        "id",
        _DECIDED,
        KEPT,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToKeep:
    """An assessment with its order's total and the clock of a review."""

    assessed: Assessed
    gross: Money
    due_at: datetime


def note_sighting(
    *, cart_id: UUID, device: str, network: str, outcome: Outcome, now: datetime
) -> None:
    """What the payment step saw; one statement, queued where one may queue."""
    keys = device_keys(device)
    sql.run(_SIGHTING, (cart_id, keys[0] if keys else None, network, outcome.value, now))


def note_orders(*, seen: Sequence[tuple[UUID, Keys, datetime]]) -> None:
    """Orders, what they were seen under and when; before they are weighed, so that those of one
    batch know of each other."""
    sql.run(
        _SEEN,
        (
            [order_id for order_id, _, _ in seen],
            [_first(keys.people) for _, keys, _ in seen],
            [_first(keys.devices) for _, keys, _ in seen],
            [_first(keys.places) for _, keys, _ in seen],
            [at for _, _, at in seen],
        ),
    )


def keep_assessments(*, kept: Sequence[ToKeep]) -> list[UUID]:
    """Keep what was said of orders, and open reviews of those that wait; which of them were new.

    Saying it twice changes nothing: the first word counts.
    """
    if not kept:
        return []
    opened = sql.rows(_ASSESSED, (json.dumps([_body(one) for one in kept]),))
    return [UUID(str(order_id)) for (order_id,) in opened]


def note_payment(*, order_id: UUID, kind: EventKind, at: datetime) -> bool:
    """What became of a payment, under the fingerprints of its order; false: not seen yet."""
    return sql.changed(_PAYMENT, (kind.value, at, order_id)) > 0


def note_login(*, account_id: UUID | None, device: str, passed: bool, now: datetime) -> None:
    """A sign-in that went well or not. No account: a name that nobody has."""
    keys = device_keys(device)
    kind = EventKind.LOGIN_PASSED if passed else EventKind.LOGIN_FAILED
    sql.run(
        "INSERT INTO risk_event (kind, account_id, device_key, happened_at)"
        " VALUES (%s, %s, %s, %s)",
        (kind.value, account_id, _first(keys), now),
    )


def refresh_amounts(*, amounts: Sequence[Money], now: datetime) -> None:
    """What is usual here, from the amounts of the last months; too few say nothing."""
    minors, currencies = [one.minor for one in amounts], [one.currency for one in amounts]
    sql.run(_AMOUNTS, (now, minors, currencies, ORDERS_FOR_AMOUNTS))


def forget_person(*, person_id: UUID, email: str = "", account_id: UUID | None = None) -> int:
    """Erase what is known of a person and of their sign-ins; waiting reviews end by themselves."""
    count = sql.changed("DELETE FROM risk_assessment WHERE person_id = %s", (person_id,))
    keys = list(keys_of(email=email).people)
    return count + sql.changed(
        "DELETE FROM risk_event WHERE person_key = ANY(%s) OR account_id = %s", (keys, account_id)
    )


def forget_old(*, now: datetime, most: int) -> int:
    """What is past its time, at most so many of each kind; says how many."""
    return sum(
        sql.changed(
            f"DELETE FROM {table} WHERE {key} IN"  # noqa: S608  (names from above)
            f" (SELECT {key} FROM {table} WHERE {old} LIMIT %s)",
            (now - kept, most),
        )
        for table, key, old, kept in _FORGET
    )


def _body(one: ToKeep) -> dict[str, object]:
    said = one.assessed
    return {
        "id": str(new_id()),
        "order_id": str(said.order_id),
        "person_id": str(said.person_id) if said.person_id else None,
        "ruleset": said.ruleset,
        "score": said.scored.score,
        "hint": said.scored.hint,
        "outcome": said.outcome.value,
        "method": said.method,
        "facts": asdict(said.facts),
        "history": asdict(said.history),
        "reasons": [asdict(reason) for reason in said.scored.reasons],
        "at": said.assessed_at.isoformat(),
        "held": said.held,
        "review_id": str(new_id()),
        "minor": one.gross.minor,
        "currency": one.gross.currency,
        "due": one.due_at.isoformat(),
    }


def _first(keys: Sequence[bytes]) -> bytes | None:
    return keys[0] if keys else None
