"""The words of this domain."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member of the staff is."""

    OWNER = "owner"
    MANAGER = "manager"
    CLERK = "clerk"
    WAREHOUSE = "warehouse"
    SUPPORT = "support"
    MARKETING = "marketing"
    ACCOUNTANT = "accountant"
