"""Which role may do what (what is not named here, it may not do), and what a change was about."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from tresen.domains.accounts.types import (
    EVERY_STORE,
    ChangeKind,
    FactorKind,
    Membership,
    Permission,
    Role,
    StaffState,
    Stores,
)

P = Permission
_FACTOR_CHANGES = (
    (FactorKind.PASSKEY, ChangeKind.PASSKEY_ADDED, ChangeKind.PASSKEY_REMOVED),
    (FactorKind.APP, ChangeKind.SECOND_STEP_ON, ChangeKind.SECOND_STEP_OFF),
    (FactorKind.CODES, ChangeKind.CODES_RENEWED, ChangeKind.CODES_RENEWED),
)
_COUNTER = {P.DOOR, P.ORDERS_SEE, P.ORDERS_SHIP, P.GOODS_SEE, P.STOCK_SEE, P.STOCK_CHANGE}
_SHOP = _COUNTER | {
    P.ORDERS_CHANGE,
    P.ORDERS_REFUND,
    P.REFUNDS_APPROVE,
    P.MONEY_CHANGE,
    P.GOODS_CHANGE,
    P.PRICES_CHANGE,
    P.CUSTOMERS_SEE,
    P.CUSTOMERS_CHANGE,
    P.INBOX_HANDLE,
    P.MARKETING_CHANGE,
    P.CHANNELS_CHANGE,
    P.REPORTS_SEE,
}
ROLES: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: frozenset(
        _SHOP
        | {
            P.RISK_REVIEW,
            P.TRUST_SEE,
            P.PRIVACY_SEE,
            P.PRIVACY_HANDLE,
            P.PERSONAL_EXPORT,
            P.EXPORTS_APPROVE,
            P.STAFF_SEE,
            P.SETTINGS_SEE,
        }
    ),
    Role.CLERK: frozenset(
        _COUNTER | {P.ORDERS_CHANGE, P.ORDERS_REFUND, P.MONEY_CHANGE, P.CUSTOMERS_SEE}
    ),
    Role.WAREHOUSE: frozenset(_COUNTER),
    Role.SUPPORT: frozenset(
        {
            P.DOOR,
            P.ORDERS_SEE,
            P.ORDERS_CHANGE,
            P.ORDERS_REFUND,
            P.GOODS_SEE,
            P.STOCK_SEE,
            P.CUSTOMERS_SEE,
            P.CUSTOMERS_CHANGE,
            P.INBOX_HANDLE,
            P.RISK_REVIEW,
            P.TRUST_SEE,
            P.PRIVACY_SEE,
            P.PRIVACY_HANDLE,
        }
    ),
    Role.MARKETING: frozenset(
        {P.DOOR, P.GOODS_SEE, P.GOODS_CHANGE, P.MARKETING_CHANGE, P.CHANNELS_CHANGE, P.REPORTS_SEE}
    ),
    Role.ACCOUNTANT: frozenset(
        {
            P.DOOR,
            P.ORDERS_SEE,
            P.ORDERS_REFUND,
            P.REFUNDS_APPROVE,
            P.MONEY_CHANGE,
            P.GOODS_SEE,
            P.REPORTS_SEE,
            P.TAX_AUDIT,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            P.TAX_AUDIT,
            P.DOOR,
            P.ORDERS_SEE,
            P.GOODS_SEE,
            P.STOCK_SEE,
            P.REPORTS_SEE,
            P.TRUST_SEE,
            P.PRIVACY_SEE,
            P.AUDIT_SEE,
            P.BACKUPS_SEE,
            P.STAFF_SEE,
            P.SETTINGS_SEE,
        }
    ),
    Role.DEVELOPER: frozenset(
        {
            P.DOOR,
            P.GOODS_SEE,
            P.CHANNELS_CHANGE,
            P.TRUST_SEE,
            P.BACKUPS_SEE,
            P.SETTINGS_SEE,
            P.API_CHANGE,
        }
    ),
}


def changed_between(before: StaffState, after: StaffState) -> ChangeKind | None:
    """What somebody of the staff has just changed about signing in; codes alone count last."""
    if before.password != after.password:
        return ChangeKind.PASSWORD_CHANGED
    for kind, added, removed in _FACTOR_CHANGES:
        was, is_now = _ids(before, kind), _ids(after, kind)
        if is_now - was:
            return added
        if was - is_now:
            return removed
    return None


def _ids(state: StaffState, kind: FactorKind) -> set[int]:
    return {factor["id"] for factor in state.factors if factor["type"] == kind}


def may(memberships: Iterable[Membership], permission: Permission) -> bool:
    """For some store at least."""
    return bool(stores_for(memberships, permission))


def stores_for(memberships: Iterable[Membership], permission: Permission) -> Stores:
    """Where somebody of these roles may do that; nowhere is false."""
    held = [one.store for one in memberships if permission in ROLES[one.role]]
    return EVERY_STORE if "" in held else Stores(codes=frozenset(held))


def roles_with(permission: Permission) -> list[Role]:
    """In the order in which roles are named."""
    return [role for role in Role if permission in ROLES[role]]


def permissions_of(memberships: Collection[Membership]) -> frozenset[Permission]:
    """All that somebody may do, wherever."""
    return frozenset().union(*(ROLES[one.role] for one in memberships))


def identity_hash(issuer: str, subject: str) -> bytes:
    """Looked up, never read: what a provider calls somebody need not lie here in clear."""
    return hashlib.sha256(f"{issuer}\0{subject}".encode()).digest()
