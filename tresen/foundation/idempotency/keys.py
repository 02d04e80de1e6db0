"""Claim a key inside the transaction that has the effect: either both are kept or none is.

After the IETF draft «The Idempotency-Key HTTP Header Field»: the same key with the same request
gives the first outcome again; with another request it is refused (422); while the first is still
running the second waits for it on the unique index.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

KEY_LENGTH_MAX = 100

Outcome = Mapping[str, str | int]


class KeyReused(Refusal):
    """The key was used before with another request. Remedy: a fresh key for a new request."""

    code = "idempotency_key_reused"
    status = 422
    message = "This key was already used for another request. Please use a new one."


def fingerprint_of(request: object) -> bytes:
    """A digest of what is asked; equal requests have equal digests."""
    text = json.dumps(request, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).digest()


def claim(*, scope: str, key: str, fingerprint: bytes, now: datetime) -> Outcome | None:
    """None when the key is ours now; else the first outcome. Raises KeyReused."""
    assert 0 < len(key) <= KEY_LENGTH_MAX
    mine = sql.rows(
        "INSERT INTO idempotency_used_key (scope, key, fingerprint, used_at)"
        " VALUES (%s, %s, %s, %s) ON CONFLICT (scope, key) DO NOTHING RETURNING 1",
        (scope, key, fingerprint, now),
    )
    if mine:
        return None
    ((known, outcome),) = sql.rows(
        "SELECT fingerprint, outcome FROM idempotency_used_key WHERE scope = %s AND key = %s",
        (scope, key),
    )
    if bytes(cast("bytes", known)) != fingerprint:
        raise KeyReused(field="Idempotency-Key")
    return cast("Outcome", json.loads(cast("str", outcome)))


def settle(*, scope: str, key: str, outcome: Outcome) -> None:
    """Keep what came of it, in the same transaction as the claim."""
    sql.run(
        "UPDATE idempotency_used_key SET outcome = %s::jsonb WHERE scope = %s AND key = %s",
        (json.dumps(dict(outcome)), scope, key),
    )


def forget_keys(*, before: datetime, limit: int) -> int:
    """Delete keys that were used before that moment, at most `limit`; says how many."""
    return sql.changed(
        "DELETE FROM idempotency_used_key WHERE id IN (SELECT id FROM idempotency_used_key"
        " WHERE used_at < %s ORDER BY used_at LIMIT %s)",
        (before, limit),
    )
