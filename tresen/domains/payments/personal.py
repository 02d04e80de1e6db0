"""Data about people in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import PersonalColumn

COLUMNS = (
    PersonalColumn(
        table="payments_notice",
        column="body",
        subject="customer",
        purposes=("take the payment", "prove what the payment service said"),
        basis="6(1)(b)",
        retention="tax_record",
    ),
)
