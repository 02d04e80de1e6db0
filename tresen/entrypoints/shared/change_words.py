"""What changed about signing in, in a few words."""

from __future__ import annotations

from django.utils.translation import gettext

from tresen.domains.accounts.types import ChangeKind


def change_words(kind: ChangeKind) -> str:
    """For the list of the last days and the page that takes it back."""
    return {
        ChangeKind.PASSWORD_CHANGED: gettext("Password changed"),
        ChangeKind.PASSWORD_RESET: gettext("Password chosen anew by e-mail"),
        ChangeKind.PASSWORD_REMOVED: gettext("Password taken away"),
        ChangeKind.ADDRESS_CHANGED: gettext("E-mail address changed"),
        ChangeKind.PASSKEY_ADDED: gettext("Passkey added"),
        ChangeKind.PASSKEY_REMOVED: gettext("Passkey removed"),
        ChangeKind.SECOND_STEP_ON: gettext("Second step turned on"),
        ChangeKind.SECOND_STEP_OFF: gettext("Second step turned off"),
        ChangeKind.CODES_RENEWED: gettext("Recovery codes renewed"),
        ChangeKind.IDENTITY_LINKED: gettext("Company sign-in linked"),
        ChangeKind.IDENTITY_UNLINKED: gettext("Company sign-in unlinked"),
    }[kind]
