"""The session as views see it: Django's dictionary over rows of accounts_session.

The cookie's value is known to the browser alone: the row keeps a digest of it, and the data are
sealed with a key made of it. Whoever copies the database can neither use nor read a session.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError

from tresen.domains.accounts.commands import (
    change_session,
    end_session_of_key,
    open_session,
    touch_session,
)
from tresen.domains.accounts.queries import find_session
from tresen.domains.accounts.types import NewSession, Realm, SessionRow
from tresen.entrypoints.shared.sessions.realms import limits_of
from tresen.foundation import clock
from tresen.foundation.ids import new_id

ON_THE_WAY = timedelta(hours=1)
"""How long somebody may take between password and second factor."""
TOUCH_EVERY = timedelta(minutes=1)
PROOFS = "account_authentication_methods"
"""Where the sign-in library notes each password and factor that was right."""
_KEY_BYTES = 32
_NONCE_BYTES = 12


class SessionStore(SessionBase):
    """One browser's session in one realm; lazily read, and read anew by every request."""

    def __init__(
        self,
        session_key: str | None = None,
        *,
        realm: Realm = Realm.STAFF,
        device: str = "",
        device_hash: bytes | None = None,
    ) -> None:
        super().__init__(session_key)
        self.realm = realm
        self.id: UUID | None = None
        self.device, self.device_hash = device, device_hash
        self._row: SessionRow | None = None
        self._proofs_before = 0
        self._owner_before: str | None = None

    @property
    def proven_at(self) -> datetime | None:
        """When somebody last proved who they are: by signing in, or by a step-up."""
        if self._proves_now():
            return clock.now()
        return self._row.proven_at if self._row else None

    @property
    def is_rested(self) -> bool:
        """Unused for too long to touch money."""
        if self._proves_now():
            return False
        row, rest = self._row, limits_of(self.realm).rest
        return row is not None and (
            row.rested or (rest is not None and clock.now() - row.seen_at > rest)
        )

    def load(self) -> dict[str, Any]:
        """What is kept; an empty one, without key, when the session is over."""
        now = clock.now()
        row = find_session(
            realm=self.realm,
            key_hash=_hash_of(self.session_key),
            now=now,
            seen_after=now - limits_of(self.realm).idle,
        )
        data = _unsealed(row.data, key=self.session_key, row=row.id) if row else None
        if row is None or data is None:
            self._session_key = None
            return {}
        self.id, self._row = row.id, row
        self._proofs_before, self._owner_before = _proofs(data), data.get(SESSION_KEY)
        return data

    def exists(self, session_key: str | None = None) -> bool:  # noqa: ARG002 (Django's signature)
        """256 random bits are never drawn twice."""
        return False

    def create(self) -> None:
        """A new session with a key of its own, at once in the table."""
        self._forget()
        self._session_cache: dict[str, Any] = {}
        self.save(must_create=True)
        self.modified = True

    def cycle_key(self) -> None:
        """The same content in a new session: what the old key opened is over."""
        data, key = dict(self.items()), self.session_key
        if key:
            self.delete(key)
        self._forget()
        self._session_cache = data
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Keep it. Who proved themselves meanwhile gets a new key; the old one is void."""
        data = {} if must_create else dict(self.items())
        if self.session_key is None:
            self._session_key = secrets.token_urlsafe(_KEY_BYTES)
        now = clock.now()
        is_proof = self._is_proof(data)
        if self.id is None:
            self._open(data, now=now, is_proof=is_proof)
        else:
            self._change(data, now=now, is_proof=is_proof)
        self._proofs_before, self._owner_before = _proofs(data), data.get(SESSION_KEY)

    def delete(self, session_key: str | None = None) -> None:
        """Over, in all processes: the row is gone."""
        key = session_key or self.session_key
        if key:
            end_session_of_key(realm=self.realm, key_hash=_hash_of(key))
        if key == self.session_key:
            self._forget()

    def touch(self) -> bool:
        """Note that somebody is still there, once a minute; whether it was noted."""
        row = self._row
        if row is None or row.user_id is None or clock.now() - row.seen_at < TOUCH_EVERY:
            return False
        touch_session(session_id=row.id, rested=self.is_rested, now=clock.now())
        return True

    @classmethod
    def clear_expired(cls) -> None:
        """The timetable does it (`forget_ended_sessions`)."""

    def _open(self, data: dict[str, Any], *, now: datetime, is_proof: bool) -> None:
        session_id, user_id = new_id(), data.get(SESSION_KEY)
        lasting = limits_of(self.realm).absolute if user_id else ON_THE_WAY
        new = NewSession(
            id=session_id,
            realm=self.realm,
            user_id=UUID(user_id) if user_id else None,
            key_hash=_hash_of(self.session_key),
            data=_sealed(data, key=self.session_key, row=session_id),
            device=self.device,
            device_hash=self.device_hash,
            expires_at=now + lasting,
            proven_at=now if is_proof and user_id else None,
        )
        open_session(new=new, now=now)
        self.id, self._row = session_id, _row_of(new, now)

    def _change(self, data: dict[str, Any], *, now: datetime, is_proof: bool) -> None:
        assert self.id is not None
        user_id = data.get(SESSION_KEY)
        if user_id != self._owner_before:
            self._begin_anew(data, now=now)
            return
        key = self.session_key
        new_key = secrets.token_urlsafe(_KEY_BYTES) if is_proof and user_id else key
        kept = change_session(
            session_id=self.id,
            key_hash=_hash_of(key),
            new_key_hash=_hash_of(new_key),
            data=_sealed(data, key=new_key, row=self.id),
            proven_at=now if new_key != key else None,
            rested=self.is_rested,
            now=now,
        )
        if not kept:
            raise UpdateError
        self._session_key = new_key

    def _begin_anew(self, data: dict[str, Any], *, now: datetime) -> None:
        """Somebody signed in: a new row, so that its end counts from now."""
        self.delete()
        self._session_key = secrets.token_urlsafe(_KEY_BYTES)
        self._open(data, now=now, is_proof=True)

    def _is_proof(self, data: dict[str, Any]) -> bool:
        return data.get(SESSION_KEY) != self._owner_before or _proofs(data) > self._proofs_before

    def _proves_now(self) -> bool:
        """This very request brought a password or a factor."""
        data = dict(self.items())
        return SESSION_KEY in data and self._is_proof(data)

    def _forget(self) -> None:
        """From here on it is another session."""
        self._session_key = None
        self.id = self._row = self._owner_before = None
        self._proofs_before = 0


def _row_of(new: NewSession, now: datetime) -> SessionRow:
    return SessionRow(
        id=new.id,
        realm=new.realm,
        user_id=new.user_id,
        data=new.data,
        device=new.device,
        device_hash=new.device_hash,
        made_at=now,
        seen_at=now,
        proven_at=new.proven_at,
        rested=False,
    )


def _proofs(data: dict[str, Any]) -> int:
    found = data.get(PROOFS)
    return len(found) if isinstance(found, list) else 0


def _hash_of(key: str | None) -> bytes:
    assert key is not None
    return hashlib.sha256(key.encode()).digest()


def _sealed(data: dict[str, Any], *, key: str | None, row: UUID) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    clear = json.dumps(data, separators=(",", ":")).encode()
    return nonce + _cipher(key).encrypt(nonce, clear, row.bytes)


def _unsealed(sealed: bytes, *, key: str | None, row: UUID) -> dict[str, Any] | None:
    """None when it was sealed in another format, key or row: that session is over."""
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        data = json.loads(_cipher(key).decrypt(nonce, body, row.bytes))
    except (InvalidTag, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _cipher(key: str | None) -> AESGCM:
    assert key is not None
    return AESGCM(hmac.digest(key.encode(), b"session data", "sha256"))
