"""Why a list with people in it is wanted as a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

PURPOSES = (
    ("bookkeeping", _("Bookkeeping and tax")),
    ("customer_service", _("Customer service")),
    ("authority", _("An authority asks for it")),
    ("check", _("A check of our own")),
)


class ExportForm(forms.Form):
    """One of a few purposes: the record of it holds nothing about people."""

    purpose = forms.ChoiceField(label=_("What for?"), choices=PURPOSES)
