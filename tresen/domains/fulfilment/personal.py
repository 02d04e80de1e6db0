"""Data about people in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import PersonalColumn

COLUMNS = (
    PersonalColumn(
        table="fulfilment_parcel",
        column="tracking",
        subject="customer",
        purposes=("follow the parcel",),
        basis="6(1)(b)",
        retention="profile",
    ),
)
