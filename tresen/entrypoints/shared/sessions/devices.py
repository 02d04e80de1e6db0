"""A device's own cookie: signed, so that it cannot be made up; it proves no one's identity.

It is set when somebody has signed in, and tells their devices from those of strangers: tries of
a stranger are limited without ever locking the owner out.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions.realms import device_cookie_of
from tresen.foundation.vault.sealing import sign

DEVICE_KEPT = timedelta(days=365)
_TOKEN_BYTES = 18
_SIGNATURE_BYTES = 18
_LENGTH = 48


def device_hash_of(request: HttpRequest, realm: Realm) -> bytes | None:
    """A digest of the device's token; None without cookie, or when its signature is not ours."""
    token = request.COOKIES.get(device_cookie_of(realm), "")
    return hashlib.sha256(token.encode()).digest() if _is_ours(token, realm) else None


def new_device_token(realm: Realm) -> str:
    """For a device that has none."""
    raw = secrets.token_bytes(_TOKEN_BYTES)
    return _text(raw + _signature(raw, realm))


def set_device_cookie(response: HttpResponseBase, token: str, realm: Realm) -> None:
    """The browser keeps it for a year."""
    response.set_cookie(
        device_cookie_of(realm),
        token,
        max_age=int(DEVICE_KEPT.total_seconds()),
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def hash_of_token(token: str) -> bytes:
    """As `device_hash_of` will find it."""
    return hashlib.sha256(token.encode()).digest()


def _is_ours(token: str, realm: Realm) -> bool:
    if len(token) != _LENGTH or not token.isascii():
        return False
    try:
        raw = base64.urlsafe_b64decode(token)
    except ValueError:
        return False
    body, signature = raw[:_TOKEN_BYTES], raw[_TOKEN_BYTES:]
    return _text(raw) == token and hmac.compare_digest(signature, _signature(body, realm))


def _signature(body: bytes, realm: Realm) -> bytes:
    return sign(body.hex(), purpose=f"device:{realm}")[:_SIGNATURE_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()
