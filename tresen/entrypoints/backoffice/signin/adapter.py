"""How the sign-in library behaves here: staff only, no sign-up, no mails it would write itself."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from tresen.entrypoints.shared.stepup import is_fresh
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal, unseal

PLACE = "mfa_authenticator.data"


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the owner, not by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Signing in counts as a confirmation for the next minutes, as a repeated one does."""
        return not is_fresh(context.request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters are written by the house; staff accounts have no address in that library."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps lie sealed in the table."""

    def encrypt(self, text: str) -> str:
        return _seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return _unseal(encrypted_text)


def _seal(text: str) -> str:
    """The library does not say whose it is: a key of the house."""
    key = keys_for(HOUSE, KeyClass.HOUSE)[KeyClass.HOUSE]
    return base64.urlsafe_b64encode(seal(text.encode(), key=key, place=PLACE, row="")).decode()


def _unseal(text: str) -> str:
    return unseal(base64.urlsafe_b64decode(text), place=PLACE, row="").decode()
