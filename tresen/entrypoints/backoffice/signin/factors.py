"""Codes of the second step: a few tries, and each code of the app good for one single time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator

from tresen.entrypoints.backoffice.signin.tries import give_tries_back, take_code_try
from tresen.entrypoints.shared.sessions.realms import realm_of_request
from tresen.foundation import clock
from tresen.foundation.throttle.buckets import take_once

APP_CODE_LASTS = timedelta(minutes=2)
"""Longer than the app shows one; kept for all processes, as the library's own note is not."""


class _Once:
    """Counts the tries of a code before it is looked at."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        now = clock.now()
        realm = realm_of_request(context.request)
        tries = take_code_try(context.request, user_id=self.user.pk, realm=realm)
        code = str(super().clean_code())  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            key = f"{self.user.pk} {code}"
            if not take_once(name="app code", key=key, lasts=APP_CODE_LASTS, now=now):
                raise get_adapter().validation_error("incorrect_code")
        give_tries_back(tries)
        return code


class SecondStepForm(_Once, forms.AuthenticateForm):  # type: ignore[misc]
    """At sign-in."""


class ProofForm(_Once, forms.ReauthenticateForm):  # type: ignore[misc]
    """At a step-up."""
