"""Factors beside the password: passkeys, the app, codes. Kept in the sign-in library's table."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from fido2.webauthn import AttestedCredentialData

from tresen.domains.accounts.types import FactorKind, FactorRow

PASSKEYS_MAX = 20
CODES_COUNT = 10


def list_factors_of(user_id: UUID) -> list[FactorRow]:
    """Everything that is enrolled, oldest first."""
    found = Authenticator.objects.filter(user_id=user_id).order_by("created_at", "id")
    return [_row(factor) for factor in found[: PASSKEYS_MAX + 2]]


def has_second_step(user_id: UUID) -> bool:
    """Whether a password or a mailed link alone is not enough."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=FactorKind.APP).exists())


def credentials_of(user_id: UUID) -> dict[int, AttestedCredentialData]:
    """The public keys of somebody's passkeys, by the factor's id."""
    found = Authenticator.objects.filter(user_id=user_id, type=FactorKind.PASSKEY)
    data = {
        factor.pk: WebAuthn(factor).authenticator_data.credential_data
        for factor in found.order_by("id")[:PASSKEYS_MAX]
    }
    return {key: credential for key, credential in data.items() if credential is not None}


def unused_codes_of(user_id: UUID) -> list[str]:
    """The codes for when the app is out of reach."""
    found = Authenticator.objects.filter(user_id=user_id, type=FactorKind.CODES).first()
    return list(found.wrap().get_unused_codes()) if found else []


def _row(factor: Authenticator) -> FactorRow:
    kind = FactorKind(factor.type)
    return FactorRow(
        id=factor.pk,
        kind=kind,
        name=decrypt(factor.data["name"]) if kind is FactorKind.PASSKEY else "",
        made_at=factor.created_at,
        used_at=factor.last_used_at,
    )
