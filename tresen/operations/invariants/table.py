"""The invariants: each a query for what breaks it, one line of text per breach."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.operations.words.speaking import gettext_noop as _


@dataclass(frozen=True)
class Invariant:
    """`needs`: tables without which it is not asked (an older release)."""

    code: str
    says: str
    needs: tuple[str, ...]
    breaches: str


STOCK = (
    Invariant(
        "I-1a",
        _("No shelf promises more than lies on it"),
        ("inventory_level",),
        """
        SELECT id::text FROM inventory_level
        WHERE on_hand < 0 OR allocated < 0 OR reserved < 0 OR on_hand < allocated + reserved
        """,
    ),
    Invariant(
        "I-1b",
        _("What lies on the shelves is the sum of all movements"),
        ("inventory_level", "inventory_movement", "inventory_location"),
        """
        SELECT variant_id::text || ' at ' || location FROM (
          SELECT variant_id, location_id AS location, on_hand::bigint AS pieces
          FROM inventory_level
          UNION ALL
          SELECT variant_id, to_location_id, -quantity FROM inventory_movement
          UNION ALL
          SELECT variant_id, from_location_id, quantity FROM inventory_movement
        ) AS told
        JOIN inventory_location ON code = location
        WHERE kind IN ('warehouse', 'store', 'transit')
        GROUP BY variant_id, location HAVING sum(pieces) <> 0
        """,
    ),
    Invariant(
        "I-1c",
        _("Allocated pieces belong to orders, one by one"),
        ("inventory_level", "inventory_allocation"),
        """
        SELECT l.id::text FROM inventory_level l LEFT JOIN inventory_allocation a
          ON a.level_id = l.id
        GROUP BY l.id, l.allocated HAVING l.allocated <> coalesce(sum(a.quantity), 0)
        """,
    ),
    Invariant(
        "I-2",
        _("Reserved pieces belong to holds, one by one"),
        ("inventory_level", "inventory_hold"),
        """
        SELECT l.id::text FROM inventory_level l LEFT JOIN inventory_hold h ON h.level_id = l.id
        GROUP BY l.id, l.reserved HAVING l.reserved <> coalesce(sum(h.quantity), 0)
        """,
    ),
)

ORDERS = (
    Invariant(
        "I-3",
        _("Each order has its lines and its beginning"),
        ("orders_order", "orders_line", "orders_history"),
        """
        SELECT o.number FROM orders_order o
        WHERE NOT EXISTS (SELECT FROM orders_line l WHERE l.order_id = o.id)
           OR NOT EXISTS (SELECT FROM orders_history h WHERE h.order_id = o.id)
        """,
    ),
    Invariant(
        "I-4",
        _("A cart became one order at most"),
        ("orders_order",),
        """
        SELECT cart_id::text FROM orders_order WHERE cart_id IS NOT NULL
        GROUP BY cart_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I-5a",
        _("An order's sum is goods and delivery, and net and tax"),
        ("orders_order",),
        """
        SELECT number FROM orders_order
        WHERE gross_minor <> goods_minor + delivery_minor OR gross_minor <> net_minor + tax_minor
        """,
    ),
    Invariant(
        "I-5b",
        _("An order's goods and pieces are the sums of its lines"),
        ("orders_order", "orders_line"),
        """
        SELECT o.number FROM orders_order o JOIN orders_line l ON l.order_id = o.id
        GROUP BY o.id, o.number, o.goods_minor, o.pieces
        HAVING sum(l.gross_minor) <> o.goods_minor OR sum(l.quantity) <> o.pieces
        """,
    ),
    Invariant(
        "I-6",
        _("No more was shipped than ordered, and parcels hold what was shipped"),
        ("orders_line", "fulfilment_parcel_line"),
        """
        SELECT l.id::text FROM orders_line l LEFT JOIN fulfilment_parcel_line p
          ON p.order_line_id = l.id
        GROUP BY l.id, l.shipped, l.quantity
        HAVING l.shipped > l.quantity OR l.shipped <> coalesce(sum(p.quantity), 0)
        """,
    ),
    Invariant(
        "I-7",
        _("Numbers of orders occur once"),
        ("orders_order",),
        "SELECT number FROM orders_order GROUP BY number HAVING count(*) > 1",
    ),
)

MONEY = (
    Invariant(
        "I-8",
        _("Each posting sums to zero in each currency"),
        ("payments_ledger_entry",),
        """
        SELECT group_id::text FROM payments_ledger_entry
        GROUP BY group_id, currency HAVING sum(minor) <> 0
        """,
    ),
    Invariant(
        "I-9a",
        _("Not more was given back than taken, nor taken than asked"),
        ("payments_payment",),
        """
        SELECT order_number FROM payments_payment
        WHERE refunded_minor + refunding_minor > captured_minor OR captured_minor > amount_minor
           OR least(refunded_minor, refunding_minor, captured_minor) < 0
        """,
    ),
    Invariant(
        "I-9b",
        _("Money that was taken has an event that tells of it"),
        ("payments_payment", "payments_payment_event"),
        """
        SELECT p.order_number FROM payments_payment p WHERE p.captured_minor > 0
        AND NOT EXISTS (SELECT FROM payments_payment_event e
                        WHERE e.payment_id = p.id AND e.kind = 'captured')
        """,
    ),
    Invariant(
        "I-10",
        _("A payment belongs to an order, in its currency"),
        ("payments_payment", "orders_order"),
        """
        SELECT p.order_number FROM payments_payment p LEFT JOIN orders_order o ON o.id = p.order_id
        WHERE o.id IS NULL OR o.currency <> p.currency
        """,
    ),
    Invariant(
        "I-12",
        _("A provider's event counts once"),
        ("payments_payment_event",),
        """
        SELECT provider || ' ' || provider_event_id FROM payments_payment_event
        GROUP BY provider, provider_event_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I-13",
        _("Events that counted are in their payment's currency"),
        ("payments_payment", "payments_payment_event"),
        """
        SELECT p.order_number FROM payments_payment_event e
        JOIN payments_payment p ON p.id = e.payment_id
        WHERE e.kind IN ('authorized', 'captured', 'refunded') AND e.currency <> p.currency
        """,
    ),
)

INVARIANTS = (*STOCK, *ORDERS, *MONEY)
