"""A deed as it lies in the table, its one canonical form, and the code over it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tresen.foundation.audit.keys import AuditKey

COLUMNS = (
    "id, at, actor_kind, actor_id, session, request_id, action, object_kind, object_id,"
    " persons::text[], fields, before_digest, after_digest, note, key_version, mac"
)


@dataclass(frozen=True, slots=True)
class DeedRow:
    """All that is kept of a deed, sealed as it is."""

    id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    session: str
    request_id: str
    action: str
    object_kind: str
    object_id: str
    persons: tuple[UUID, ...]
    fields: tuple[str, ...]
    before_digest: bytes | None
    after_digest: bytes | None
    note: bytes | None
    key_version: int
    mac: bytes = b""


def canonical(row: DeedRow) -> bytes:
    """The row without its code, the same bytes whoever writes them down. Ciphertext only."""
    values = (
        row.id.hex,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.actor_kind,
        row.actor_id.hex if row.actor_id else None,
        row.session,
        row.request_id,
        row.action,
        row.object_kind,
        row.object_id,
        [person.hex for person in row.persons],
        row.fields,
        _hex(row.before_digest),
        _hex(row.after_digest),
        _hex(row.note),
        row.key_version,
    )
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def mac_of(row: DeedRow, *, key: AuditKey) -> bytes:
    """Keyed over the canonical form."""
    return hmac.digest(key.secret, b"deed\0" + canonical(row), "sha256")


def digest_of(values: Mapping[str, object], *, key: AuditKey) -> bytes:
    """A keyed fingerprint of plain values: tells that they are the same, never what they are."""
    told = json.dumps(values, default=str, ensure_ascii=False, sort_keys=True)
    return hmac.digest(key.secret, b"digest\0" + told.encode(), "sha256")


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()
