"""Signed links of accounts: what they are for is part of the signature, their state is in a row.

A link is bound to its purpose and end (by the signature), to the account, its address and its
credentials as they were (by the row), and is used up by the first who uses it.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from tresen.domains.accounts.types import Purpose
from tresen.foundation.vault.links import make_link, read_link

PATHS = {
    Purpose.SIGN_UP: "account/join",
    Purpose.SIGN_IN: "account/link",
    Purpose.RESET: "account/password/new",
    Purpose.CHANGE_ADDRESS: "account/address/new",
    Purpose.SECOND_STEP: "account/second-step",
}
_UNDO = "account undo"
_UNDO_PATH = "account/undo"
_WAITING = "account mail asked for"


def proof_token(proof_id: UUID, *, purpose: Purpose, until: datetime) -> str:
    """What a link for one purpose carries."""
    return make_link(proof_id, purpose=_purpose(purpose), until=until)


def proof_of(token: str, *, purpose: Purpose, now: datetime) -> UUID:
    """Raises LinkBroken, LinkExpired; also for a link that was made for another purpose."""
    return read_link(token, purpose=_purpose(purpose), now=now)


def waiting_token(proof_id: UUID, *, until: datetime) -> str:
    """For the browser that asked for a mail: the code in the mail is typed beside it."""
    return make_link(proof_id, purpose=_WAITING, until=until)


def waiting_proof_of(token: str, *, now: datetime) -> UUID:
    """Raises LinkBroken, LinkExpired."""
    return read_link(token, purpose=_WAITING, now=now)


def undo_token(change_id: UUID, *, until: datetime) -> str:
    return make_link(change_id, purpose=_UNDO, until=until)


def change_of(token: str, *, now: datetime) -> UUID:
    """Raises LinkBroken, LinkExpired."""
    return read_link(token, purpose=_UNDO, now=now)


def proof_url(proof_id: UUID, *, purpose: Purpose, until: datetime, locale: str) -> str:
    """Where a mailed link leads. The host is ours by configuration, never by a request's header."""
    token = proof_token(proof_id, purpose=purpose, until=until)
    return f"{settings.PUBLIC_URL}/{locale}/{PATHS[purpose]}/{token}/"


def undo_url(change_id: UUID, *, until: datetime, locale: str) -> str:
    token = undo_token(change_id, until=until)
    return f"{settings.PUBLIC_URL}/{locale}/{_UNDO_PATH}/{token}/"


def sign_in_url(*, locale: str) -> str:
    return f"{settings.PUBLIC_URL}/{locale}/account/sign-in/"


def our_host() -> str:
    """What people are told to look for in a link."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def _purpose(purpose: Purpose) -> str:
    return f"account {purpose}"
