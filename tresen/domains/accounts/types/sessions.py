"""Sessions, devices, and the company's sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tresen.domains.accounts.types.roles import Realm


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
