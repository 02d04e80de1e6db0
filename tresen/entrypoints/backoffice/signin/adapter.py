"""How the sign-in library behaves here: staff only, no sign-up, no mails it would write itself."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.backoffice.signin.asserted import is_asserted
from tresen.entrypoints.backoffice.signin.noted import NotedSignIn
from tresen.entrypoints.backoffice.signin.tries import (
    Tries,
    give_tries_back,
    take_password_try,
)
from tresen.entrypoints.shared.stepup import is_fresh
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal, unseal

PLACE = "mfa_authenticator.data"


class StaffAdapter(NotedSignIn, DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the owner, not by whoever comes along."""

    _tries: Tries = ()

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Signing in counts as a confirmation for the next minutes, as a repeated one does."""
        return not is_fresh(context.request)

    def get_login_stages(self) -> list[str]:
        return ["tresen.entrypoints.backoffice.signin.stages.SecondStep"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username") or "")
        self._tries = take_password_try(request, name=name)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A shopper's password is right nowhere behind the counter."""
        user: Any = super().authenticate(request, **credentials)
        if user is None or user.realm != Realm.STAFF:
            return None
        give_tries_back(self._tries)
        return user  # type: ignore[no-any-return]

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """Whatever the way in: a passkey of a shopper opens nothing here."""
        if getattr(user, "realm", "") != Realm.STAFF:
            return HttpResponseRedirect(reverse("account_login"))
        return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters are written by the house; staff accounts have no address in that library."""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Changes are seen and told by `telling.told`, in the transaction that makes them."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps lie sealed in the table."""

    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        """Any factor at all: one that was shown at a trusted provider counts in its session."""
        if types is None and is_asserted(context.request, user):
            return True
        return bool(super().is_mfa_enabled(user, types=types))

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
