"""What a refusal says, and a look at everything that it must not have changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

Said = tuple[int, str, str]
"""Status, code of the (first) field, its path."""


def said(response: Any) -> Said:
    """What a problem says, after checking that it is one in full."""
    body = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "code", "detail", "errors"}
    assert body["status"] == response.status_code
    assert body["detail"]
    assert all(error["detail"] for error in body["errors"])
    first = body["errors"][0] if body["errors"] else {"code": body["code"], "field": ""}
    return response.status_code, first["code"], first["field"]


def everything() -> dict[str, int]:
    """How many rows the tables of a purchase have, and what a hash of them says."""
    tables = ("carts_cart", "carts_line", "orders_order", "payments_payment", "inventory_level")
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            statement = f"SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t"  # noqa: S608
            cursor.execute(statement)
            found[table] = cursor.fetchone()[0]
    return found


def refused(cases: Mapping[str, Callable[[], Any]]) -> dict[str, Said]:
    """What each says; none of them may change anything."""
    before = everything()
    found = {}
    for name, send in cases.items():
        found[name] = said(send())
        assert everything() == before, name
    return found
