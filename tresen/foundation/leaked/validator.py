"""Django's password check asks the list (settings.AUTH_PASSWORD_VALIDATORS)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from tresen.foundation.leaked.prefixes import is_listed


class NotLeaked:
    """Refuses passwords that are in lists of broken-into services; nothing leaves the house."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  # Django's
        if is_listed(password, file=Path(settings.LEAKED_PASSWORDS)):
            raise ValidationError(
                gettext(
                    "This password is in a list that attackers use. Please choose another one."
                ),
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        return gettext("Passwords that became known elsewhere are refused.")
