"""The words of this domain."""

from __future__ import annotations

from tresen.domains.accounts.types.approvals import ApprovalKind, ApprovalRow, ApprovalState
from tresen.domains.accounts.types.credentials import (
    ChangeKind,
    ChangeRow,
    FactorKind,
    FactorRow,
    ProofRow,
    Purpose,
    StaffState,
)
from tresen.domains.accounts.types.people import (
    Contact,
    LoginRow,
    MailboxRow,
    MemberRow,
    SavedAddressRow,
    SavedPlace,
    ShopperRow,
    StaffRow,
)
from tresen.domains.accounts.types.roles import (
    EVERY_STORE,
    Membership,
    Permission,
    Realm,
    Role,
    Stores,
)
from tresen.domains.accounts.types.sessions import (
    Asserted,
    Departure,
    DeviceRow,
    Met,
    NewSession,
    SessionLimits,
    SessionRow,
)

__all__ = [
    "EVERY_STORE",
    "ApprovalKind",
    "ApprovalRow",
    "ApprovalState",
    "Asserted",
    "ChangeKind",
    "ChangeRow",
    "Contact",
    "Departure",
    "DeviceRow",
    "FactorKind",
    "FactorRow",
    "LoginRow",
    "MailboxRow",
    "MemberRow",
    "Membership",
    "Met",
    "NewSession",
    "Permission",
    "ProofRow",
    "Purpose",
    "Realm",
    "Role",
    "SavedAddressRow",
    "SavedPlace",
    "SessionLimits",
    "SessionRow",
    "ShopperRow",
    "StaffRow",
    "StaffState",
    "Stores",
]
