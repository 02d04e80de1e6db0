"""Passkeys, the app and its codes, in the sign-in library's table; secrets and names lie sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries.factors import PASSKEYS_MAX
from tresen.domains.accounts.types import FactorKind
from tresen.foundation.refusals import Refusal

STEP_SECONDS = 30
STEPS_AROUND = 1
"""Clocks go wrong by half a minute; a code is taken from one step before to one after."""


class NoSuchFactor(Refusal):
    """A passkey that is not this person's, or no longer there."""

    code = "no_such_factor"
    status = 404
    message = "This way to sign in is not there any more."


class TooManyPasskeys(Refusal):
    """More than anybody has devices."""

    code = "too_many_passkeys"
    message = "You have as many passkeys as one account can hold. Please remove one first."


def add_passkey(*, user_id: UUID, name: str, credential: Mapping[str, Any], now: datetime) -> int:
    """`credential` was verified by the caller. Raises TooManyPasskeys."""
    if Authenticator.objects.filter(user_id=user_id, type=FactorKind.PASSKEY).count() >= (
        PASSKEYS_MAX
    ):
        raise TooManyPasskeys
    made = Authenticator.objects.create(
        user_id=user_id,
        type=FactorKind.PASSKEY,
        data={"name": encrypt(name), "credential": dict(credential)},
        created_at=now,
    )
    return int(made.pk)


def rename_passkey(*, user_id: UUID, factor_id: int, name: str) -> None:
    """Raises NoSuchFactor."""
    found = _passkey(user_id, factor_id)
    found.data["name"] = encrypt(name)
    found.save(update_fields=["data"])


def remove_passkey(*, user_id: UUID, factor_id: int) -> None:
    """Raises NoSuchFactor."""
    _passkey(user_id, factor_id).delete()


def drop_factors(*, user_id: UUID) -> None:
    """None is left: who lost them all sets up a new one at the next sign-in."""
    Authenticator.objects.filter(user_id=user_id).delete()


def mark_used(*, factor_id: int, now: datetime) -> None:
    Authenticator.objects.filter(id=factor_id).update(last_used_at=now)


def turn_on_second_step(*, user_id: UUID, secret: str, now: datetime) -> None:
    """The app's secret, and fresh codes for when the app is out of reach."""
    turn_off_second_step(user_id=user_id)
    Authenticator.objects.create(
        user_id=user_id, type=FactorKind.APP, data={"secret": encrypt(secret)}, created_at=now
    )
    renew_codes(user_id=user_id, now=now)


def turn_off_second_step(*, user_id: UUID) -> None:
    kinds = (FactorKind.APP, FactorKind.CODES)
    Authenticator.objects.filter(user_id=user_id, type__in=kinds).delete()


def renew_codes(*, user_id: UUID, now: datetime) -> None:
    """New codes; the old ones are void."""
    Authenticator.objects.filter(user_id=user_id, type=FactorKind.CODES).delete()
    seed = encrypt(RecoveryCodes.generate_seed())
    Authenticator.objects.create(
        user_id=user_id,
        type=FactorKind.CODES,
        data={"seed": seed, "used_mask": 0},
        created_at=now,
    )


def step_of(secret: str, *, code: str, now: datetime) -> int | None:
    """The time step whose code this is, or None."""
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - STEPS_AROUND, present + STEPS_AROUND + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def take_app_code(*, user_id: UUID, code: str, now: datetime) -> bool:
    """Whether the code is right and was not taken before, by one conditional write."""
    app = Authenticator.objects.filter(user_id=user_id, type=FactorKind.APP).first()
    step = step_of(decrypt(app.data["secret"]), code=code, now=now) if app else None
    if step is None:
        return False
    taken = User.objects.filter(id=user_id, totp_step__lt=step).update(totp_step=step)
    if taken:
        Authenticator.objects.filter(user_id=user_id, type=FactorKind.APP).update(last_used_at=now)
    return bool(taken)


@transaction.atomic
def take_recovery_code(*, user_id: UUID, code: str, now: datetime) -> bool:
    """Whether it is one of the codes; each works once, whoever tries at the same moment."""
    found = Authenticator.objects.filter(user_id=user_id, type=FactorKind.CODES).first()
    if found is None or len(code) != app_settings.RECOVERY_CODE_DIGITS:
        return False
    is_right = bool(RecoveryCodes(found).validate_code(code))
    if is_right:
        mark_used(factor_id=found.pk, now=now)
    return is_right


def factors_to_keep(user_id: UUID) -> list[dict[str, Any]]:
    """All of somebody's factors as plain values, to be put back later."""
    return [
        {
            "id": factor.id,
            "type": factor.type,
            "data": factor.data,
            "made_at": factor.created_at.isoformat(),
            "used_at": factor.last_used_at.isoformat() if factor.last_used_at else None,
        }
        for factor in Authenticator.objects.filter(user_id=user_id).order_by("id")
    ]


def factors_put_back(*, user_id: UUID, factors: Sequence[Mapping[str, Any]]) -> None:
    """Exactly these, nothing that came since. Used codes stay used as they were then."""
    Authenticator.objects.filter(user_id=user_id).delete()
    Authenticator.objects.bulk_create(
        Authenticator(
            user_id=user_id,
            type=kept["type"],
            data=kept["data"],
            created_at=datetime.fromisoformat(kept["made_at"]),
            last_used_at=datetime.fromisoformat(kept["used_at"]) if kept["used_at"] else None,
        )
        for kept in factors
    )


def _passkey(user_id: UUID, factor_id: int) -> Authenticator:
    found = Authenticator.objects.filter(
        id=factor_id, user_id=user_id, type=FactorKind.PASSKEY
    ).first()
    if found is None:
        raise NoSuchFactor
    return found
