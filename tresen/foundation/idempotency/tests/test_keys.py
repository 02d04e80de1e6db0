"""The same key with the same request gives the first outcome; with another one it is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tresen.foundation import sql
from tresen.foundation.idempotency.keys import (
    KeyReused,
    claim,
    fingerprint_of,
    forget_keys,
    settle,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ONE, OTHER = fingerprint_of({"cart": "a"}), fingerprint_of({"cart": "b"})


def claimed(key: str = "k", *, scope: str = "order", fingerprint: bytes = ONE) -> object:
    return claim(scope=scope, key=key, fingerprint=fingerprint, now=NOON)


def test_a_fresh_key_is_ours_and_a_known_one_gives_what_came_of_it() -> None:
    assert claimed() is None
    settle(scope="order", key="k", outcome={"order": "ord_1"})
    assert claimed() == {"order": "ord_1"}


def test_a_known_key_with_another_request_is_refused() -> None:
    claimed()
    settle(scope="order", key="k", outcome={"order": "ord_1"})
    with pytest.raises(KeyReused):
        claimed(fingerprint=OTHER)


def test_keys_of_another_scope_are_other_keys() -> None:
    assert claimed() is None
    assert claimed(scope="refund") is None


def test_a_request_that_failed_leaves_its_key_free() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        claimed()
        raise ZeroDivisionError
    assert claimed() is None


def test_equal_requests_have_equal_fingerprints_whatever_their_order() -> None:
    assert fingerprint_of({"a": 1, "b": [2]}) == fingerprint_of({"b": [2], "a": 1})
    assert fingerprint_of({"a": 1}) != fingerprint_of({"a": 2})


def test_old_keys_are_forgotten_a_few_at_a_time() -> None:
    for n in range(3):
        claimed(f"k{n}")
    assert forget_keys(before=NOON, limit=10) == 0
    assert forget_keys(before=NOON + timedelta(seconds=1), limit=2) == 2
    assert sql.rows("SELECT count(*) FROM idempotency_used_key") == [(1,)]
