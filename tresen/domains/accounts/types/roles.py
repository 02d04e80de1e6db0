"""Realms, roles, and where somebody may do what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Realm(StrEnum):
    """Where an account may sign in. Nobody is of both."""

    SHOP = "shop"
    STAFF = "staff"


class Role(StrEnum):
    """What a member of the staff is."""

    OWNER = "owner"
    MANAGER = "manager"
    CLERK = "clerk"
    WAREHOUSE = "warehouse"
    SUPPORT = "support"
    MARKETING = "marketing"
    ACCOUNTANT = "accountant"
    AUDITOR = "auditor"
    DEVELOPER = "developer"


class Permission(StrEnum):
    """What one may do behind the counter; rules.py says which role may do what.

    A staff member holds a permission for all stores or for named ones.
    """

    DOOR = "door"
    ORDERS_SEE = "orders.see"
    ORDERS_CHANGE = "orders.change"
    ORDERS_SHIP = "orders.ship"
    ORDERS_REFUND = "orders.refund"
    REFUNDS_APPROVE = "refunds.approve"
    MONEY_CHANGE = "money.change"
    GOODS_SEE = "goods.see"
    GOODS_CHANGE = "goods.change"
    PRICES_CHANGE = "prices.change"
    STOCK_SEE = "stock.see"
    STOCK_CHANGE = "stock.change"
    CUSTOMERS_SEE = "customers.see"
    CUSTOMERS_CHANGE = "customers.change"
    INBOX_HANDLE = "inbox.handle"
    MARKETING_CHANGE = "marketing.change"
    CHANNELS_CHANGE = "channels.change"
    REPORTS_SEE = "reports.see"
    TAX_AUDIT = "tax.audit"
    RISK_REVIEW = "risk.review"
    TRUST_SEE = "trust.see"
    PRIVACY_SEE = "privacy.see"
    PRIVACY_HANDLE = "privacy.handle"
    PERSONAL_EXPORT = "personal.export"
    EXPORTS_APPROVE = "exports.approve"
    AUDIT_SEE = "audit.see"
    INCIDENTS_HANDLE = "incidents.handle"
    KEYS_CHANGE = "keys.change"
    BACKUPS_SEE = "backups.see"
    STAFF_SEE = "staff.see"
    STAFF_CHANGE = "staff.change"
    SETTINGS_SEE = "settings.see"
    SETTINGS_CHANGE = "settings.change"
    API_CHANGE = "api.change"


@dataclass(frozen=True, slots=True, order=True)
class Membership:
    """A role somebody has: for one store (its code), or for all of them (empty)."""

    role: Role
    store: str = ""


@dataclass(frozen=True, slots=True)
class Stores:
    """For which stores somebody may do something: every one, or those of these codes."""

    every: bool = False
    codes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.every or bool(self.codes)

    def hold(self, code: str) -> bool:
        return self.every or code in self.codes

    @property
    def narrowed(self) -> tuple[str, ...] | None:
        """What a query is narrowed to; None: it is not."""
        return None if self.every else tuple(sorted(self.codes))


EVERY_STORE = Stores(every=True)
