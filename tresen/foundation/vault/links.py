"""Signed links: whoever holds one may see one thing for a while, without signing in."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from uuid import UUID

from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import is_signed, sign

_SIGNATURE_BYTES = 20
_ID_BYTES, _TIME_BYTES = 16, 5


class LinkBroken(Refusal):
    """The link was cut off or changed."""

    code = "link_broken"
    status = 404
    message = "This link is not complete. Please open it from the e-mail again."


class LinkExpired(Refusal):
    """The link was good once."""

    code = "link_expired"
    status = 410
    message = "This link has expired. Please ask us for a new one."


def make_link(subject: UUID, *, purpose: str, until: datetime) -> str:
    """A URL-safe text that names the subject and its end, signed for one purpose."""
    body = subject.bytes + int(until.timestamp()).to_bytes(_TIME_BYTES, "big")
    return _text(body + _signature(body, purpose))


def read_link(text: str, *, purpose: str, now: datetime) -> UUID:
    """The subject. Raises LinkBroken, LinkExpired."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise LinkBroken(field="token") from error
    body, signature = raw[: _ID_BYTES + _TIME_BYTES], raw[_ID_BYTES + _TIME_BYTES :]
    if _text(raw) != text or not _is_ours(body, signature, purpose):
        raise LinkBroken(field="token")
    if now > datetime.fromtimestamp(int.from_bytes(body[_ID_BYTES:], "big"), UTC):
        raise LinkExpired(field="token")
    return UUID(bytes=body[:_ID_BYTES])


def _signature(body: bytes, purpose: str) -> bytes:
    return sign(body.hex(), purpose=f"link:{purpose}")[:_SIGNATURE_BYTES]


def _is_ours(body: bytes, signature: bytes, purpose: str) -> bool:
    """Links that were signed before a rotation stay good while that key is kept."""
    return is_signed(body.hex(), signature, purpose=f"link:{purpose}", length=_SIGNATURE_BYTES)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
