"""Which rows staff with single stores may see and change: row-level security, table by table.

The web's own role has no such rule, so that buying pays nothing for it. A rule that asks another
table sees only what that table's rule lets through: an order line is mine when its order is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tresen.foundation.database.narrowing import STORES

_MINE = f"store_code = ANY (string_to_array((SELECT current_setting('{STORES}', true)), ','))"


@dataclass(frozen=True, slots=True)
class RowRule:
    """`sees` is the condition for what is read and changed, `adds` for what is added."""

    sees: str
    adds: str = ""


def _with_order(column: str = "order_id") -> RowRule:
    return RowRule(
        f"{column} IS NULL OR EXISTS (SELECT FROM orders_order mine WHERE mine.id = {column})"
    )


def _with(table: str, key: str, column: str) -> str:
    return f"EXISTS (SELECT FROM {table} mine WHERE mine.{key} = {column})"


ROW_RULES: Mapping[str, RowRule] = {
    "orders_order": RowRule(_MINE),
    "orders_line": _with_order(),
    "orders_history": _with_order(),
    "payments_payment": _with_order(),
    "payments_ledger_entry": _with_order(),
    "payments_refund": RowRule(_with("payments_payment", "id", "payment_id")),
    "payments_payment_event": RowRule(_with("payments_payment", "id", "payment_id")),
    "fulfilment_parcel": _with_order(),
    "fulfilment_parcel_line": RowRule(_with("fulfilment_parcel", "id", "parcel_id")),
    "inventory_location": RowRule(f"store_code = '' OR {_MINE}"),
    "inventory_allocation": _with_order(),
    "inventory_level": RowRule(
        f"{_with('inventory_location', 'code', 'location_id')}"
        f" OR {_with('inventory_allocation', 'level_id', 'inventory_level.id')}"
    ),
    "inventory_hold": RowRule(_with("inventory_level", "id", "level_id")),
    "inventory_movement": RowRule(
        f"{_with('inventory_location', 'code', 'from_location_id')}"
        f" AND {_with('inventory_location', 'code', 'to_location_id')}",
        adds="true",
    ),
}
"""Goods of my order may lie on a shelf of another store: such a level may be released, and what
leaves it is written down, although the shelf itself is not mine to look at."""


def row_rules(tables_with_order_id: Collection[str]) -> dict[str, RowRule]:
    """Those above, and the same as for lines for every other table that names an order."""
    others = {table: _with_order() for table in tables_with_order_id if table not in ROW_RULES}
    return {**ROW_RULES, **others}
