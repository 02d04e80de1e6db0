"""The words of this domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
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


class Purpose(StrEnum):
    """What somebody is asked to prove something for. A proof for one is none for another."""

    SIGN_UP = "sign_up"
    SIGN_IN = "sign_in"
    RESET = "reset"
    CHANGE_ADDRESS = "change_address"
    SECOND_STEP = "second_step"
    PASSKEY = "passkey"
    NEW_DEVICE = "new_device"


class ChangeKind(StrEnum):
    """What changed in somebody's credentials."""

    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PASSWORD_RESET = "password_reset"  # noqa: S105
    PASSWORD_REMOVED = "password_removed"  # noqa: S105
    ADDRESS_CHANGED = "address_changed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    SECOND_STEP_ON = "second_step_on"
    SECOND_STEP_OFF = "second_step_off"
    CODES_RENEWED = "codes_renewed"


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

    id: int
    user_id: UUID
    token_hash: bytes
    device: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A device somebody signed in from; new: for the first time."""

    device_id: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where somebody with a login is written to. `person_id`: whose key seals the letter."""

    user_id: UUID
    person_id: UUID
    realm: Realm
    name: str
    address: str
    language: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxRow:
    """A mailbox that somebody has proven; theirs from `since` (None: ever) to `left_at`."""

    person_id: UUID
    since: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRow:
    """What a password is held against; nothing personal is opened for it."""

    user_id: UUID
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopperRow:
    """Somebody with an account in the shop. Their address was proven; there are no others."""

    id: UUID
    person_id: UUID
    address: str
    name: str
    language: str
    password: str
    generation: int
    joined_at: datetime

    @property
    def has_password(self) -> bool:
        return bool(self.password) and not self.password.startswith("!")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """What somebody was asked to prove. `user_id` is None where no account has that address."""

    id: UUID
    purpose: Purpose
    user_id: UUID | None
    generation: int | None
    address: str
    locale: str
    way: str
    code_digest: bytes
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A change of credentials; it can be taken back until `until`, unless it was already."""

    id: UUID
    user_id: UUID
    kind: ChangeKind
    made_at: datetime
    until: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffState:
    """All that somebody of the staff signs in with; each factor as plain values, with its id."""

    address: str
    password: str
    factors: tuple[Mapping[str, Any], ...]


class FactorKind(StrEnum):
    """What else proves who somebody is. Codes are for when the app is out of reach."""

    PASSKEY = "webauthn"
    APP = "totp"
    CODES = "recovery_codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One factor as its owner sees it; `name` is theirs and only passkeys have one."""

    id: int
    kind: FactorKind
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlace:
    """An address as it is written on a parcel."""

    name: str
    company: str = ""
    street: str = ""
    extra: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAddressRow:
    """One address of a shopper's book."""

    id: UUID
    place: SavedPlace
    is_first: bool


class ApprovalKind(StrEnum):
    """What needs a second person."""

    REFUND = "refund"
    EXPORT = "export"


class ApprovalState(StrEnum):
    """How far it is; one that nobody decided on is over at its end."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """A wish that waits for a second person, or was decided; amounts in minor units."""

    id: UUID
    kind: ApprovalKind
    object_id: str
    payment_id: UUID | None
    store_code: str
    amount_minor: int | None
    currency: str
    reason: str
    state: ApprovalState
    asked_by: UUID
    asked_at: datetime
    until: datetime
    decided_by: UUID | None
    used_at: datetime | None
