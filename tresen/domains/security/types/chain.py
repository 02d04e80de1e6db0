"""The chain: deeds in the order in which they were sealed, seals over stretches of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

NOTHING = bytes(32)
"""What comes before the first link and the first seal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A signed word about the deeds from `first` to `last` (positions, both included).

    `root` is the Merkle root over their leaves, `head` the chain after the last of them, `previous`
    the digest of the seal before.
    """

    no: int
    sealed_at: datetime
    first: int
    last: int
    root: bytes
    head: bytes
    previous: bytes
    key_version: int
    signature: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link with its deed, as the verifier meets them; `leaf` is None where the deed is gone."""

    position: int
    deed_id: UUID
    chain: bytes
    leaf: bytes | None
    is_sound: bool
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A seal as it is kept outside: `digest` is enough to see that it is there and unchanged.

    The rest is for people and for verifiers that do not have the tables.
    """

    no: int
    last: int
    digest: bytes
    sealed_at: datetime | None = None
    root: bytes = b""
    public_key: bytes = b""


class BreakKind(StrEnum):
    """What is wrong with the audit."""

    DEED_CHANGED = "deed_changed"
    DEED_MISSING = "deed_missing"
    DEED_FORGED = "deed_forged"
    LINK_MISSING = "link_missing"
    LINK_CHANGED = "link_changed"
    LINK_BEYOND = "link_beyond"
    SEAL_MISSING = "seal_missing"
    SEAL_CHANGED = "seal_changed"
    SEAL_UNSIGNED = "seal_unsigned"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where the audit is not what was sealed."""

    kind: BreakKind
    seal: int = 0
    position: int = 0
    deed_id: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an examination found. `waiting` deeds are not sealed yet, which is no fault."""

    seals: int
    deeds: int
    waiting: int
    anchors: int
    last_seal_at: datetime | None
    broken: Break | None

    @property
    def is_sound(self) -> bool:
        return self.broken is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A verdict as it was noted: when, and what was wrong (empty: nothing)."""

    ended_at: datetime
    seals: int
    deeds: int
    anchors: int
    broken: str
    broken_deed: UUID | None
    broken_at: datetime | None
