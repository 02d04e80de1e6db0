"""The customer's own words to a person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

WORDS_MAX = 2_000


class WordsForm(forms.Form):
    """One field: nothing else is needed, we know how to answer."""

    words = forms.CharField(
        label=_("What should we know?"),
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Please send no card numbers. A member of our staff reads it and decides."),
    )
