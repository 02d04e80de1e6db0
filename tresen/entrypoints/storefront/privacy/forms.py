"""What one types on «My data»."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.domains.privacy.rules.requests import WISH_LENGTH_MAX
from tresen.domains.privacy.types.consents import Purpose
from tresen.domains.privacy.types.requests import RequestKind

EMAIL_LENGTH_MAX = 254
NEEDS_WORDS = (RequestKind.RECTIFICATION, RequestKind.RESTRICTION, RequestKind.ASK_PERSON)


class AddressForm(forms.Form):
    """The address one ordered with."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=EMAIL_LENGTH_MAX,
        error_messages={
            "required": _("Please enter your e-mail address."),
            "invalid": _("Please check the e-mail address; it should look like name@example.com."),
        },
    )


class WishForm(forms.Form):
    """One right, and words where it needs some."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in RequestKind])
    wish = forms.CharField(
        required=False,
        max_length=WISH_LENGTH_MAX,
        error_messages={"max_length": _("Please say it in at most 4,000 characters.")},
    )

    def clean(self) -> dict[str, str]:
        cleaned: dict[str, str] = super().clean() or {}
        kind = cleaned.get("kind")
        if kind in NEEDS_WORDS and not cleaned.get("wish", "").strip():
            self.add_error("wish", _("Please say in a sentence what it is about."))
        return cleaned


class SwitchForm(forms.Form):
    """One purpose, on or off."""

    purpose = forms.ChoiceField(choices=[(purpose.value, purpose.value) for purpose in Purpose])
    on = forms.BooleanField(required=False)
