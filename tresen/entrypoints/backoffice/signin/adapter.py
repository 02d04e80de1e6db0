"""How the sign-in library behaves here: staff only, no sign-up, no mails it would write itself."""

from __future__ import annotations

import base64
import math
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from tresen.foundation.vault.sealing import seal, unseal

PLACE = "mfa_authenticator.data"


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the owner, not by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in counts as a confirmation for the next minutes, as a repeated one does."""
        if _signed_in_seconds_ago(context.request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters are written by the house; staff accounts have no address in that library."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps lie sealed in the table."""

    def encrypt(self, text: str) -> str:
        return _seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return _unseal(encrypted_text)


def _signed_in_seconds_ago(request: HttpRequest) -> float:
    records = get_authentication_records(request, request.user)
    return time.time() - float(records[-1]["at"]) if records else math.inf


def _seal(text: str) -> str:
    return base64.urlsafe_b64encode(seal(text.encode(), place=PLACE)).decode()


def _unseal(text: str) -> str:
    return unseal(base64.urlsafe_b64decode(text), place=PLACE).decode()
