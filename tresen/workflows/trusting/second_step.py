"""The second step: a code from an app, with recovery codes; turned on, renewed, turned off."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode
from uuid import UUID

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.db import transaction

from tresen.domains.accounts.commands import (
    WrongCode,
    renew_codes,
    step_of,
    turn_off_second_step,
    turn_on_second_step,
)
from tresen.domains.accounts.queries import get_shopper
from tresen.domains.accounts.types import ChangeKind
from tresen.foundation.actor import Actor
from tresen.foundation.limits.taking import take_one
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import CannotOpen, seal, unseal
from tresen.workflows.trusting.change_credentials import changing, end_other_sessions
from tresen.workflows.trusting.sign_in import SECOND_TRIES

OFFER_MINUTES = 20
_PLACE = "account.second_step_offer"


class OfferGone(Refusal):
    """The page stood open for too long, or belongs to somebody else."""

    code = "offer_gone"
    status = 410
    message = "This page stood open for too long. Please begin anew."


def offer_secret(*, user_id: UUID, now: datetime) -> str:
    """A fresh secret, sealed, to be handed back with the first code; nothing is kept here."""
    until = now + timedelta(minutes=OFFER_MINUTES)
    body = json.dumps({"secret": generate_totp_secret(), "until": until.isoformat()})
    key = keys_for(HOUSE, KeyClass.HOUSE)[KeyClass.HOUSE]
    sealed = seal(body.encode(), key=key, place=_PLACE, row=user_id)
    return base64.urlsafe_b64encode(sealed).decode()


def secret_of(offer: str, *, user_id: UUID, now: datetime) -> str:
    """Raises OfferGone."""
    try:
        body = json.loads(unseal(base64.urlsafe_b64decode(offer), place=_PLACE, row=user_id))
    except (CannotOpen, binascii.Error, ValueError) as error:
        raise OfferGone from error
    if now > datetime.fromisoformat(body["until"]):
        raise OfferGone
    return str(body["secret"])


def app_address(secret: str, *, label: str, issuer: str) -> str:
    """What the app reads from the QR code (otpauth://)."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{label}')}?{query}"


def begin_second_step(*, user_id: UUID, offer: str, code: str, actor: Actor, now: datetime) -> None:
    """Once the app has shown a right code. Raises OfferGone, WrongCode, LimitReached."""
    secret = secret_of(offer, user_id=user_id, now=now)
    take_one(SECOND_TRIES, key=str(user_id), now=now, field="code")
    if step_of(secret, code=code.replace(" ", ""), now=now) is None:
        raise WrongCode(field="code")
    with transaction.atomic():
        changing(get_shopper(user_id), ChangeKind.SECOND_STEP_ON, actor=actor, now=now)
        turn_on_second_step(user_id=user_id, secret=secret, now=now)
        end_other_sessions(user_id=user_id, session=actor.session)


def end_second_step(*, user_id: UUID, actor: Actor, now: datetime) -> None:
    """Password or mailed link are enough again."""
    with transaction.atomic():
        changing(get_shopper(user_id), ChangeKind.SECOND_STEP_OFF, actor=actor, now=now)
        turn_off_second_step(user_id=user_id)


def renew_recovery_codes(*, user_id: UUID, actor: Actor, now: datetime) -> None:
    """The old ones are void."""
    with transaction.atomic():
        changing(get_shopper(user_id), ChangeKind.CODES_RENEWED, actor=actor, now=now)
        renew_codes(user_id=user_id, now=now)
