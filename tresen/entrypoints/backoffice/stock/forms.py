"""What staff types in about stock: a receipt, a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.domains.inventory.types import LocationRow, Reason
from tresen.entrypoints.backoffice.kit.types import FormField, FormPage, FormSection, Words

QUANTITY_MAX = 1_000_000
_REASONS = (
    (Reason.COUNT.value, _("Counted")),
    (Reason.DAMAGE.value, _("Damaged")),
    (Reason.THEFT.value, _("Stolen or lost")),
    (Reason.EXPIRY.value, _("Past its date")),
)


class _PlaceForm(forms.Form):
    location = forms.ChoiceField(label=_("Where?"))

    def __init__(self, *args: Any, locations: Sequence[LocationRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["location"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(location.code, location.name) for location in locations]


class ReceiptForm(_PlaceForm):
    """How many pieces came in."""

    quantity = forms.IntegerField(
        label=_("How many pieces came in?"), min_value=1, max_value=QUANTITY_MAX
    )


class CountForm(_PlaceForm):
    """How many pieces lie there, and why that differs."""

    quantity = forms.IntegerField(
        label=_("How many pieces lie there?"), min_value=0, max_value=QUANTITY_MAX
    )
    reason_code = forms.ChoiceField(label=_("Why?"), choices=_REASONS)

    def reason(self) -> Reason:
        return Reason(self.cleaned_data["reason_code"])


def stock_form_page(
    form: forms.Form, title: Words, submit_label: Words, cancel_url: str
) -> FormPage:
    """The fields in one section."""
    fields = [FormField(field, width="half") for field in form]
    return FormPage(
        title=title,
        form=form,
        sections=[FormSection(_("Stock"), fields)],
        submit_label=submit_label,
        cancel_url=cancel_url,
        task="stock",
    )
