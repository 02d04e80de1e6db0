"""Data about people in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import PersonalColumn

_PURPOSES = ("confirm and accompany an order", "prove what was written (§ 312f, § 312i BGB)")

COLUMNS = (
    PersonalColumn(
        table="conversations_letter",
        column="recipient",
        subject="customer",
        purposes=_PURPOSES,
        basis="6(1)(b)",
        retention="tax_record",
    ),
    PersonalColumn(
        table="conversations_letter",
        column="recipient_index",
        subject="customer",
        purposes=("find what was written to a person",),
        basis="6(1)(c)",
        retention="tax_record",
    ),
    PersonalColumn(
        table="conversations_letter",
        column="payload",
        subject="customer",
        purposes=_PURPOSES,
        basis="6(1)(b)",
        retention="tax_record",
    ),
)
