"""Data about people in this domain: what a guest typed in for an order not yet placed."""

from __future__ import annotations

from tresen.foundation.vault.personal import PersonalColumn


def _sealed(column: str, *purposes: str) -> PersonalColumn:
    return PersonalColumn(
        table="carts_cart",
        column=column,
        subject="customer",
        purposes=purposes,
        basis="6(1)(b)",
        retention="cart",
    )


COLUMNS = (
    _sealed("contact", "confirm the order", "questions about the delivery"),
    _sealed("address", "deliver the order"),
    _sealed("billing", "make out the invoice"),
)
