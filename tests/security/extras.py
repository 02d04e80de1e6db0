"""Fields that nobody asks for, and what the tables hold with and without them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from tresen.foundation import sql

EXTRAS: Mapping[str, str] = {
    "is_superuser": "1", "is_staff": "1", "is_active": "1", "role": "owner", "realm": "staff",
    "permissions": "*", "groups": "1", "person_id": "00000000-0000-0000-0000-000000000007",
    "user_id": "00000000-0000-0000-0000-000000000007", "owner": "1", "username": "root",
    "verified_at": "2020-01-01", "generation": "7", "store_code": "altona", "store_id": "1",
    "channel_id": "1", "price": "0.01", "price_minor": "1", "unit_price": "1", "total": "1",
    "total_minor": "1", "amount_minor": "1", "currency": "XXX", "discount": "99", "tax_rate": "0",
    "state": "paid", "payment_state": "paid", "status": "done", "is_paid": "1", "balance": "9999",
    "on_hand": "9999", "reserved": "0", "actor": "system", "asked_by": "nobody",
    "decided_by": "nobody", "used_at": "", "restricted_at": "", "created_at": "2000-01-01",
    "placed_at": "2000-01-01", "version": "99", "seen_total": "0", "held_until": "2099-01-01",
}  # fmt: skip
"""Columns of ours and of other shops that decide who may what, or what something costs."""
MASKED = ("uuid", "bytea", "timestamp with time zone", "jsonb", "ARRAY")
_COLUMNS = """
SELECT table_name, quote_ident(column_name) FROM information_schema.columns
WHERE table_schema = 'public' AND data_type <> ALL (%s) AND is_identity = 'NO'
  AND coalesce(column_default, '') NOT LIKE 'nextval%%'
  AND column_name NOT IN ('request_id', 'password', 'object_id') -- drawn or counted anew
  AND table_name !~ '^(django|procrastinate|pg_|limits|throttle)'
ORDER BY 1, 2
"""
_IDS = r"([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-hjkmnp-tv-z]{26}|[0-9]{6,})"


def plain() -> Mapping[str, list[str]]:
    """Everything that is stored in plain values, without ids, times and what is sealed."""
    columns: dict[str, list[str]] = {}
    for table, column in sql.rows(_COLUMNS, (list(MASKED),)):
        columns.setdefault(str(table), []).append(str(column))
    return {
        table: [
            str(row)
            for (row,) in sql.rows(
                f"SELECT regexp_replace(ROW({', '.join(names)})::text, %s, '…', 'g')"  # noqa: S608
                f" FROM {table} ORDER BY 1",
                (_IDS,),
            )
        ]
        for table, names in columns.items()
    }


def done(browser: Client, address: str, typed: Mapping[str, object]) -> tuple[int, object]:
    """How it ended and what is stored then; taken back."""
    cookies = {name: one.value for name, one in browser.cookies.items()}
    body = urlencode(typed, doseq=True)
    with transaction.atomic():
        kind = "application/x-www-form-urlencoded"
        answer = browser.post(address, body, content_type=kind)
        stored = plain()
        transaction.set_rollback(True)
    browser.cookies.load(cookies)
    return answer.status_code, stored


def difference(browser: Client, address: str, typed: Mapping[str, object]) -> list[str]:
    """Tables in which the extra fields have made a difference."""
    status, before = done(browser, address, typed)
    with_extras, after = done(browser, address, {**EXTRAS, **typed})
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    changed = [table for table in before if before[table] != after[table]]
    return [*changed, *([] if status == with_extras else [f"{status} became {with_extras}"])]
