"""Forms of the account: they check words, the house decides."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.types import SavedAddressRow, SavedPlace
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation.refusals import Refusal

LENGTH_MAX = 120
PASSWORD_LENGTH_MAX = 1_024
CODE_LENGTH_MAX = 20
LANGUAGES = (("de", "Deutsch"), ("en", "English"))


class AccountForm(forms.Form):
    """Base: takes the house's refusals beside their fields."""

    def take(self, refusal: Refusal) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, text_of(refusal))


class NewPassword(forms.CharField):
    """Any signs, any length from ten on; may be pasted."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            label=_("Password"),
            max_length=PASSWORD_LENGTH_MAX,
            required=required,
            strip=False,
            help_text=_("At least 10 characters. A few words in a row are easy to remember."),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        )


def _email(words: Any, *, autocomplete: str, help_text: Any = "") -> forms.EmailField:
    return forms.EmailField(
        label=words,
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "invalid": _("Please check the e-mail address, for example name@example.com.")
        },
    )


class SignInForm(AccountForm):
    """Address and password."""

    email = _email(_("E-mail"), autocomplete="username webauthn")
    password = forms.CharField(
        label=_("Password"),
        max_length=PASSWORD_LENGTH_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class MailForm(AccountForm):
    """Where a link goes."""

    email = _email(_("E-mail"), autocomplete="username")


class CodeForm(AccountForm):
    """A code of an app or a mail, with or without spaces."""

    code = forms.CharField(
        label=_("Code"),
        max_length=CODE_LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class JoinForm(AccountForm):
    """A new account: nothing is needed but the proof that came by mail."""

    name = forms.CharField(
        label=_("First and last name"),
        max_length=LENGTH_MAX,
        required=False,
        help_text=_("How we address you in letters."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = NewPassword(required=False)


class PasswordForm(AccountForm):
    """A new password, once: the browser can show it."""

    password = NewPassword()


class ProofForm(AccountForm):
    """Whichever of the two somebody has at hand."""

    password = forms.CharField(
        label=_("Password"),
        max_length=PASSWORD_LENGTH_MAX,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code from the app, or a recovery code"),
        max_length=CODE_LENGTH_MAX,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class NewAddressForm(AccountForm):
    """Another e-mail address for the account."""

    email = _email(
        _("New e-mail address"),
        autocomplete="email",
        help_text=_("We send a link there. Until you open it, nothing changes."),
    )


class ProfileForm(AccountForm):
    """What somebody is called, and how they are spoken to."""

    name = forms.CharField(
        label=_("First and last name"),
        max_length=LENGTH_MAX,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of our letters and of your pages"), choices=LANGUAGES
    )


class PasskeyNameForm(AccountForm):
    """So that one knows which device it is."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PlaceForm(AccountForm):
    """One address of the book."""

    name = forms.CharField(
        label=_("First and last name"),
        max_length=LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    company = forms.CharField(label=_("Company"), max_length=LENGTH_MAX, required=False)
    street = forms.CharField(label=_("Street and house number"), max_length=LENGTH_MAX)
    extra = forms.CharField(
        label=_("Address addition"),
        max_length=LENGTH_MAX,
        required=False,
        help_text=_("For example floor, or c/o."),
    )
    postcode = forms.CharField(label=_("Postcode"), max_length=20)
    city = forms.CharField(label=_("Town"), max_length=LENGTH_MAX)
    country = forms.ChoiceField(label=_("Country"))
    first = forms.BooleanField(label=_("Offer this address first"), required=False)

    def __init__(self, *args: Any, countries: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Locale.parse((get_language() or "en")[:2]).territories
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, names.get(code, code)) for code in countries]

    def place(self) -> SavedPlace:
        """Once the form is valid."""
        words = {name: self.cleaned_data[name] for name in self.fields if name != "first"}
        return SavedPlace(**words)

    @staticmethod
    def words_of(row: SavedAddressRow) -> dict[str, object]:
        """What is known of an address, for a form that is shown the first time."""
        place = row.place
        return {
            "name": place.name,
            "company": place.company,
            "street": place.street,
            "extra": place.extra,
            "postcode": place.postcode,
            "city": place.city,
            "country": place.country,
            "first": row.is_first,
        }
