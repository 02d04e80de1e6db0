"""Signed links of accounts: what they are for is part of the signature, their state is in a row.

A link is bound to its purpose and end (by the signature), to the account, its address and its
credentials as they were (by the row), and is used up by the first who uses it.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from tresen.domains.accounts.types import Purpose, Realm
from tresen.foundation.vault.links import make_link, read_link

PATHS = {
    Purpose.SIGN_UP: "account/join",
    Purpose.SIGN_IN: "account/link",
    Purpose.RESET: "account/password/new",
    Purpose.CHANGE_ADDRESS: "account/address/new",
    Purpose.SECOND_STEP: "account/second-step",
}
_UNDO = "account undo"
_STAFF_UNDO = "staff undo"
_WAS_THIS_YOU = {Realm.SHOP: "account device", Realm.STAFF: "staff device"}
_STAFF = "staff/account"
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


def change_of(token: str, *, now: datetime, realm: Realm = Realm.SHOP) -> UUID:
    """Raises LinkBroken, LinkExpired."""
    return read_link(token, purpose=_undo(realm), now=now)


def device_of_link(token: str, *, realm: Realm, now: datetime) -> int:
    """Raises LinkBroken, LinkExpired."""
    return read_link(token, purpose=_WAS_THIS_YOU[realm], now=now).int


def proof_url(proof_id: UUID, *, purpose: Purpose, until: datetime, locale: str) -> str:
    """Where a mailed link leads. The host is ours by configuration, never by a request's header."""
    token = proof_token(proof_id, purpose=purpose, until=until)
    return f"{settings.PUBLIC_URL}/{locale}/{PATHS[purpose]}/{token}/"


def undo_url(change_id: UUID, *, until: datetime, locale: str, realm: Realm = Realm.SHOP) -> str:
    token = make_link(change_id, purpose=_undo(realm), until=until)
    return f"{_account_url(realm, locale)}/undo/{token}/"


def was_this_you_url(device_id: int, *, until: datetime, locale: str, realm: Realm) -> str:
    """About one device of one person: its number is told to nobody else."""
    token = make_link(UUID(int=device_id), purpose=_WAS_THIS_YOU[realm], until=until)
    return f"{_account_url(realm, locale)}/was-this-you/{token}/"


def forgotten_url(*, locale: str) -> str:
    """Where a new password is asked for; nothing is signed."""
    return f"{_account_url(Realm.SHOP, locale)}/password/forgotten/"


def sign_in_url(*, locale: str, realm: Realm = Realm.SHOP) -> str:
    page = "login" if realm is Realm.STAFF else "sign-in"
    return f"{_account_url(realm, locale)}/{page}/"


def _account_url(realm: Realm, locale: str) -> str:
    path = _STAFF if realm is Realm.STAFF else f"{locale}/account"
    return f"{settings.PUBLIC_URL}/{path}"


def _undo(realm: Realm) -> str:
    return _STAFF_UNDO if realm is Realm.STAFF else _UNDO


def our_host() -> str:
    """What people are told to look for in a link."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def _purpose(purpose: Purpose) -> str:
    return f"account {purpose}"
