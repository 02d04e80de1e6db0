"""Each invariant goes red when what it guards is broken; constraints are out of the way here."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from tresen.operations.invariants.asking import ask_invariants
from tresen.operations.invariants.table import INVARIANTS

pytestmark = pytest.mark.django_db

A, B = (str(UUID(int=number)) for number in (1, 2))
SOUND: dict[str, list[dict[str, object]]] = {
    "inventory_location": [
        {"code": "hh", "kind": "warehouse"}, {"code": "out", "kind": "customer"}
    ],
    "inventory_level": [
        {"id": 1, "variant_id": A, "location_id": "hh", "on_hand": 9, "allocated": 2, "reserved": 1}
    ],
    "inventory_movement": [
        {"variant_id": A, "from_location_id": "out", "to_location_id": "hh", "quantity": 9}
    ],
    "inventory_allocation": [{"level_id": 1, "quantity": 2}],
    "inventory_hold": [{"level_id": 1, "quantity": 1}],
    "orders_order": [
        {"id": A, "number": "1", "cart_id": B, "currency": "EUR", "pieces": 2, "goods_minor": 90,
         "delivery_minor": 10, "gross_minor": 100, "net_minor": 84, "tax_minor": 16}
    ],
    "orders_line": [{"id": A, "order_id": A, "quantity": 2, "shipped": 1, "gross_minor": 90}],
    "orders_history": [{"order_id": A}],
    "fulfilment_parcel_line": [{"order_line_id": A, "quantity": 1}],
    "payments_ledger_entry": [
        {"group_id": A, "minor": 100, "currency": "EUR"},
        {"group_id": A, "minor": -100, "currency": "EUR"},
    ],
    "payments_payment": [
        {"id": A, "order_id": A, "order_number": "1", "currency": "EUR", "amount_minor": 100,
         "captured_minor": 100, "refunded_minor": 0, "refunding_minor": 0}
    ],
    "payments_payment_event": [
        {"payment_id": A, "kind": "captured", "provider": "p", "provider_event_id": "1",
         "currency": "EUR"}
    ],
}  # fmt: skip
BREACHES = {
    "I-1a": "UPDATE inventory_level SET on_hand = 2",
    "I-1b": "UPDATE inventory_movement SET quantity = 8",
    "I-1c": "DELETE FROM inventory_allocation",
    "I-2": "UPDATE inventory_hold SET quantity = 2",
    "I-3": "DELETE FROM orders_history",
    "I-4": "INSERT INTO orders_order (number, cart_id) SELECT '2', cart_id FROM orders_order",
    "I-5a": "UPDATE orders_order SET delivery_minor = 11",
    "I-5b": "UPDATE orders_line SET gross_minor = 89",
    "I-6": "UPDATE orders_line SET shipped = 2",
    "I-7": "INSERT INTO orders_order (number) SELECT number FROM orders_order",
    "I-8": "DELETE FROM payments_ledger_entry WHERE minor < 0",
    "I-9a": "UPDATE payments_payment SET refunded_minor = 60, refunding_minor = 50",
    "I-9b": "DELETE FROM payments_payment_event",
    "I-10": "UPDATE orders_order SET currency = 'CHF'",
    "I-12": "INSERT INTO payments_payment_event TABLE payments_payment_event",
    "I-13": "UPDATE payments_payment_event SET currency = 'CHF'",
}


@pytest.fixture
def shop() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """One sound order in tables of the same columns without constraints, seen by nobody else."""
    told = connection.settings_dict
    names = {name: name.upper() for name in ("user", "password", "host", "port")}
    names["dbname"] = "NAME"
    parameters = {name: str(told[key]) for name, key in names.items() if told[key]}
    with psycopg.connect(make_conninfo("", **parameters), autocommit=True) as own:
        for table, rows in SOUND.items():
            own.execute(f"CREATE TEMP TABLE {table} AS TABLE public.{table} WITH NO DATA".encode())
            for row in rows:
                marks = ", ".join(["%s"] * len(row))
                statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
                own.execute(statement.encode(), list(row.values()))
        yield own


def test_a_sound_shop_keeps_all_of_them(shop: psycopg.Connection[tuple[object, ...]]) -> None:
    assert ask_invariants(shop) == (len(INVARIANTS), [])


@pytest.mark.parametrize("code", [one.code for one in INVARIANTS])
def test_each_breach_is_found_and_named(
    shop: psycopg.Connection[tuple[object, ...]], code: str
) -> None:
    shop.execute(BREACHES[code].encode())

    _, broken = ask_invariants(shop)

    assert code in {one.code for one in broken}
    assert all(one.count == 1 and one.example for one in broken if one.code == code)


def test_tables_of_a_younger_release_are_passed_over(
    shop: psycopg.Connection[tuple[object, ...]],
) -> None:
    shop.execute("SET search_path = pg_catalog")
    for table in SOUND:
        shop.execute(f"DROP TABLE pg_temp.{table}".encode())

    assert ask_invariants(shop) == (0, [])
