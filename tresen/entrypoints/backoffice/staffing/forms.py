"""What is typed in about a member of the staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.types import Membership, Role
from tresen.domains.stores.types import StoreRow
from tresen.entrypoints.backoffice.rights.words import ROLE_WORDS


class RolesForm(forms.Form):
    """Roles, and the stores they hold for; no store means all of them."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), widget=forms.CheckboxSelectMultiple, choices=list(ROLE_WORDS.items())
    )
    stores = forms.MultipleChoiceField(
        label=_("Only for these stores"),
        help_text=_("None chosen: for all stores, also those that open later."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, shops: Sequence[StoreRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stores"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(shop.code, shop.name) for shop in shops]

    def memberships(self) -> list[Membership]:
        stores = self.cleaned_data["stores"] or [""]
        return [
            Membership(Role(role), store) for role in self.cleaned_data["roles"] for store in stores
        ]


class InvitationForm(RolesForm):
    """Who is asked to join."""

    username = forms.SlugField(label=_("Login"), max_length=40)
    display_name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=200)

    field_order = ("username", "display_name", "email", "roles", "stores")


class JoinForm(forms.Form):
    """One's own password, twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        password = typed.get("password")
        if password and password != typed.get("again"):
            self.add_error("again", _("These are two different passwords."))
        elif password:
            try:
                validate_password(password)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return typed
