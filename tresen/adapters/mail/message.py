"""A letter as bytes on the wire (RFC 5322, MIME): text and HTML, nothing loaded from elsewhere.

Written by hand because the standard library needs ten times as long for the same bytes; a test
reads every message back with it.
"""

from __future__ import annotations

import binascii
import traceback
from email.utils import format_datetime, formataddr
from pathlib import Path

from tresen.adapters.mail.letters.write import write
from tresen.domains.conversations.ports import NotTaken
from tresen.domains.conversations.types import Letter

_WORD_BYTES_MAX = 45
"""An encoded word of RFC 2047 holds at most 75 signs: 45 bytes in base 64, and its frame."""


def packed(letter: Letter) -> bytes:
    """The message, or NotTaken for good where it cannot be written."""
    try:
        return message_of(letter)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        raise NotTaken(f"cannot be written: {place}", for_good=True) from error


def sender_of(letter: Letter) -> tuple[str, str]:
    """Name and address of the shop."""
    shop = letter.payload["shop"]
    assert isinstance(shop, dict)
    return str(shop["name"]), str(shop["email"])


def message_of(letter: Letter) -> bytes:
    """The whole message with CRLF line ends. The same letter always gives the same bytes."""
    written = write(letter)
    name, address = sender_of(letter)
    boundary = f"=_{letter.id.hex}"
    headers = (
        ("From", _address(name, address)),
        ("To", _plain(letter.recipient)),
        ("Subject", _words(written.subject)),
        ("Date", format_datetime(letter.queued_at)),
        ("Message-ID", letter.message_id),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", letter.locale),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    )
    head = "".join(f"{field}: {value}\r\n" for field, value in headers)
    parts = "".join(
        f"\r\n--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{_quoted(body)}"
        for kind, body in (("plain", written.text), ("html", written.html))
    )
    return f"{head}{parts}\r\n--{boundary}--\r\n".encode("ascii")


def _quoted(body: str) -> str:
    """Quoted-printable, lines of at most 76 signs."""
    raw = body.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return binascii.b2a_qp(raw, istext=True).decode("ascii")


def _address(name: str, address: str) -> str:
    plain = _plain(name)
    return formataddr((plain, address)) if plain.isascii() else f"{_words(plain)} <{address}>"


def _words(text: str) -> str:
    """Encoded words for what is not ASCII; never a line break, so that no header is smuggled in."""
    plain = _plain(text)
    if plain.isascii():
        return plain
    chunks, chunk = [], b""
    for sign in plain:
        raw = sign.encode()
        if len(chunk) + len(raw) > _WORD_BYTES_MAX:
            chunks.append(chunk)
            chunk = b""
        chunk += raw
    chunks.append(chunk)
    return "\r\n ".join(
        f"=?utf-8?b?{binascii.b2a_base64(part, newline=False).decode()}?=" for part in chunks
    )


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()
