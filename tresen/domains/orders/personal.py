"""Data about people in this domain: the parties of a contract."""

from __future__ import annotations

from tresen.foundation.vault.personal import PersonalColumn


def _sealed(column: str, *purposes: str) -> PersonalColumn:
    return PersonalColumn(
        table="orders_order",
        column=column,
        subject="customer",
        purposes=purposes,
        basis="6(1)(b)",
        retention="tax_record",
    )


COLUMNS = (
    _sealed("person", "fulfil the contract", "answer questions"),
    _sealed("address", "deliver the order"),
    _sealed("billing", "make out the invoice"),
    _sealed("email_index", "find the orders of a person"),
)
