"""The checkout form checks words; whether they can be right is decided by the domain's rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tresen.domains.carts.types import Address, CartRow, Contact
from tresen.foundation.refusals import Refusal

LENGTH_MAX = 120
_PARTS = ("name", "company", "street", "extra", "postcode", "city", "country")


class CheckoutForm(forms.Form):
    """Contact, delivery, address, another billing address, payment. All on one page."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Your order confirmation goes there."),
        error_messages={
            "invalid": _("Please check the e-mail address, for example name@example.com.")
        },
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("Only if the carrier or we have a question about this order."),
    )
    newsletter = forms.BooleanField(required=False)
    name = forms.CharField(label=_("First and last name"), max_length=LENGTH_MAX)
    country = forms.ChoiceField(label=_("Country"))
    delivery = forms.CharField(label=_("Delivery"), max_length=60, required=False)
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
    other_billing = forms.BooleanField(
        label=_("The invoice goes to another address"), required=False
    )
    billing_name = forms.CharField(
        label=_("Name on the invoice"), max_length=LENGTH_MAX, required=False
    )
    billing_company = forms.CharField(
        label=_("Company on the invoice"), max_length=LENGTH_MAX, required=False
    )
    billing_street = forms.CharField(
        label=_("Street and house number of the invoice"), max_length=LENGTH_MAX, required=False
    )
    billing_postcode = forms.CharField(
        label=_("Postcode of the invoice"), max_length=20, required=False
    )
    billing_city = forms.CharField(
        label=_("Town of the invoice"), max_length=LENGTH_MAX, required=False
    )
    billing_country = forms.ChoiceField(label=_("Country of the invoice"), required=False)
    payment = forms.CharField(label=_("Payment"), max_length=40, required=False)
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    seen_minor = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, countries: Sequence[str], needs_address: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("country", countries)
        self._choose("billing_country", countries)
        for name in ("street", "postcode", "city"):
            self.fields[name].required = needs_address

    def contact(self) -> Contact:
        """What was typed, whether right or not."""
        return Contact(email=self.word("email"), phone=self.word("phone"))

    def address(self) -> Address:
        """The delivery address as typed."""
        return Address(**{name: self.word(name) for name in _PARTS})

    def billing(self) -> Address | None:
        """The other billing address as typed, or None."""
        if not self.word("other_billing"):
            return None
        parts = ("name", "company", "street", "postcode", "city", "country")
        return Address(**{name: self.word(f"billing_{name}") for name in parts})

    def word(self, name: str) -> str:
        """One field as typed, or as it was known before."""
        value = self.data.get(name, "") if self.is_bound else self.initial.get(name, "")
        return str(value or "").replace("\x00", "").strip()

    def take(self, refusals: Sequence[Refusal], texts: Sequence[str]) -> None:
        """Put the house's refusals beside their fields."""
        for refusal, text in zip(refusals, texts, strict=True):
            name = refusal.field.replace("billing.", "billing_")
            field = name if name in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, text)

    def _choose(self, name: str, countries: Sequence[str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        names = Locale.parse((get_language() or "en")[:2]).territories
        choices = [(code, names.get(code, code)) for code in countries]
        field.choices = [choices[0], *sorted(choices[1:], key=lambda choice: choice[1])]


def known_words(cart: CartRow, *, country: str) -> dict[str, str | bool]:
    """What the cart knows already, for a form that is shown the first time."""
    words: dict[str, str | bool] = {"country": country, "billing_country": country}
    if cart.contact:
        words |= {"email": cart.contact.email, "phone": cart.contact.phone}
    if cart.address:
        words |= {name: getattr(cart.address, name) for name in _PARTS}
    if cart.billing:
        billing = cart.billing
        words |= {f"billing_{name}": getattr(billing, name) for name in _PARTS if name != "extra"}
        words["other_billing"] = True
    return words | {"delivery": cart.delivery_code, "payment": cart.payment_method}
