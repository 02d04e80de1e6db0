"""The number of a play card."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CardForm(forms.Form):
    """Only the demo's own numbers are known; real ones are refused by the provider."""

    number = forms.CharField(
        label=_("Card number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
