"""Passkeys: enrolled by somebody who is signed in, and enough by themselves to sign in.

The device's challenge is made of a signed token, so that nothing is kept for those who only look
at the page; using a token up is one row. A passkey proves device and person (user verification is
required), so that no second step is asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tresen.domains.accounts.commands import (
    LIFETIMES,
    add_passkey,
    mark_used,
    remove_passkey,
    use_once,
)
from tresen.domains.accounts.queries import credentials_of, find_shopper, get_shopper
from tresen.domains.accounts.types import ChangeKind, Purpose
from tresen.foundation.actor import Actor
from tresen.foundation.ids import new_id
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.links import make_link, read_link
from tresen.foundation.vault.sealing import sign
from tresen.workflows.trusting.change_credentials import changing, end_other_sessions
from tresen.workflows.trusting.sign_in import SignIn

NAME_LENGTH_MAX = 60
_USE = "account passkey"
_MAKE = "account new passkey"
_REQUIRED = UserVerificationRequirement.REQUIRED


class PasskeyRefused(Refusal):
    """The device's answer does not prove what it should."""

    code = "passkey_refused"
    message = "This passkey was not accepted. Please try again, or sign in another way."


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the shop is: a passkey made for one host and origin is good for no other."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    """`options` go to the browser as they are, `token` comes back with the device's answer."""

    options: Mapping[str, Any]
    token: str


def ask_for_passkey(*, site: Site, now: datetime) -> Ceremony:
    """Whoever looks at the page may sign in with a passkey that the device holds for the shop."""
    token = _token(_USE, now=now)
    options, _state = _server(site).authenticate_begin(
        user_verification=_REQUIRED, challenge=_challenge(token)
    )
    return Ceremony(options=dict(options)["publicKey"], token=token)


def sign_in_by_passkey(*, token: str, answer: str, way: str, site: Site, now: datetime) -> SignIn:
    """Raises LinkBroken, LinkExpired, ProofGone, PasskeyRefused."""
    once = read_link(token, purpose=_USE, now=now)
    response = _read(answer)
    user_id = _owner_of(response)
    credentials = credentials_of(user_id)
    try:
        used = _server(site).authenticate_complete(
            _state(token), list(credentials.values()), response
        )
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    factor_id = next(key for key, known in credentials.items() if known == used)
    with transaction.atomic():
        use_once(proof_id=once, purpose=Purpose.PASSKEY, now=now)
        mark_used(factor_id=factor_id, now=now)
    return SignIn(user_id=user_id, way=way, second_step="")


def offer_passkey(*, user_id: UUID, site: Site, now: datetime) -> Ceremony:
    """For somebody who is signed in; devices that hold one already are left out."""
    shopper = get_shopper(user_id)
    token = _token(f"{_MAKE}:{user_id}", now=now)
    options, _state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(
            id=str(user_id).encode(),
            name=shopper.address,
            display_name=shopper.name or shopper.address,
        ),
        credentials=list(credentials_of(user_id).values()),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_REQUIRED,
        challenge=_challenge(token),
        extensions={"credProps": True},
    )
    return Ceremony(options=dict(options)["publicKey"], token=token)


def enrol_passkey(
    *, user_id: UUID, token: str, answer: str, name: str, site: Site, actor: Actor, now: datetime
) -> None:
    """Raises LinkBroken, LinkExpired, ProofGone, PasskeyRefused, TooManyPasskeys."""
    once = read_link(token, purpose=f"{_MAKE}:{user_id}", now=now)
    response = _read(answer)
    try:
        _server(site).register_complete(_state(token), response)
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    with transaction.atomic():
        use_once(proof_id=once, purpose=Purpose.PASSKEY, now=now)
        changing(get_shopper(user_id), ChangeKind.PASSKEY_ADDED, actor=actor, now=now)
        add_passkey(
            user_id=user_id, name=name.strip()[:NAME_LENGTH_MAX], credential=response, now=now
        )


def forget_passkey(*, user_id: UUID, factor_id: int, actor: Actor, now: datetime) -> None:
    """Other devices are signed out: the passkey may have been lost. Raises NoSuchFactor."""
    with transaction.atomic():
        changing(get_shopper(user_id), ChangeKind.PASSKEY_REMOVED, actor=actor, now=now)
        remove_passkey(user_id=user_id, factor_id=factor_id)
        end_other_sessions(user_id=user_id, session=actor.session)


def _server(site: Site) -> Fido2Server:
    """Strict about the origin: exactly the shop's own."""
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=site.host, name=site.name),
        verify_origin=lambda origin: origin == site.origin,
    )


def _token(purpose: str, *, now: datetime) -> str:
    return make_link(new_id(), purpose=purpose, until=now + LIFETIMES[Purpose.PASSKEY])


def _challenge(token: str) -> bytes:
    """Keyed, so that nobody outside can tell it beforehand."""
    return hashlib.sha256(sign(token, purpose="account passkey challenge")).digest()


def _state(token: str) -> dict[str, object]:
    return {"challenge": websafe_encode(_challenge(token)), "user_verification": _REQUIRED}


def _read(answer: str) -> dict[str, Any]:
    try:
        response = json.loads(answer)
    except ValueError as error:
        raise PasskeyRefused from error
    if not isinstance(response, dict):
        raise PasskeyRefused
    return response


def _owner_of(response: Mapping[str, Any]) -> UUID:
    """Whose passkey the device says it is; the signature proves it afterwards."""
    try:
        user_id = UUID(websafe_decode(response["response"]["userHandle"]).decode())
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    if find_shopper(user_id) is None:
        raise PasskeyRefused
    return user_id
