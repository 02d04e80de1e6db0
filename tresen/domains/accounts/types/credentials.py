"""How people prove who they are, and what changed about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


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
    IDENTITY_LINKED = "identity_linked"
    IDENTITY_UNLINKED = "identity_unlinked"


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
    """All that somebody of the staff signs in with; each factor as plain values, with its id.

    `identities` are digests of what a company's sign-in calls them, with the time of the link.
    """

    address: str
    password: str
    factors: tuple[Mapping[str, Any], ...]
    identities: tuple[tuple[str, str], ...] = ()


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
