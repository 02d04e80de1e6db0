"""The words of this domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """A member of the staff as colleagues see them."""

    id: UUID
    username: str
    name: str
    role: Role
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """How long a session of a realm lasts.

    `idle`: unused for so long, it is over. `absolute`: over, however busy. `rest`: unused for so
    long, money asks for a new proof. `is_remembered`: the cookie outlives the browser.
    """

    idle: timedelta
    absolute: timedelta
    rest: timedelta | None
    is_remembered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """A session about to begin; without `user_id` it is the way to a sign-in."""

    id: UUID
    realm: Realm
    user_id: UUID | None
    key_hash: bytes
    data: bytes
    device: str
    device_hash: bytes | None
    expires_at: datetime
    proven_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A living session."""

    id: UUID
    realm: Realm
    user_id: UUID | None
    data: bytes
    device: str
    device_hash: bytes | None
    made_at: datetime
    seen_at: datetime
    proven_at: datetime | None
    rested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device that a person has signed in from."""

    token_hash: bytes
    device: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody leaves for their company's sign-in; the last three stay here, in their session."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """Whom a provider vouches for: never an address, only its own name for somebody."""

    issuer: str
    subject: str
    has_second_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A member of the staff with all roles; `is_invited`: a link waits to be used."""

    id: UUID
    username: str
    name: str
    email: str
    memberships: tuple[Membership, ...]
    is_active: bool
    is_invited: bool
    since: datetime
