"""What staff types in about an order: a shipment, a refund."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.orders.types import LineRow, OrderRow
from tresen.domains.payments.types import RefundReason
from tresen.entrypoints.backoffice.kit.forms import section_of
from tresen.entrypoints.backoffice.kit.types import FormField, FormPage, FormSection
from tresen.entrypoints.shared.amounts import money_words
from tresen.foundation.ids import outer
from tresen.foundation.money import Money, exponent_of

_REASONS = (
    (RefundReason.WITHDRAWAL.value, _("Withdrawal")),
    (RefundReason.CLAIM.value, _("Complaint")),
    (RefundReason.GOODWILL.value, _("Goodwill")),
    (RefundReason.OVERPAID.value, _("Paid too much")),
)


class ShipmentForm(forms.Form):
    """How many pieces of each line, and the parcel's number."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    tracking = forms.CharField(
        label=_("Tracking number"),
        max_length=60,
        required=False,
        help_text=_("The customer finds it in the message."),
    )

    def __init__(self, *args: Any, order: OrderRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = {_field(line): line for line in order.lines if line.open_quantity}
        self.fields["carrier"].initial = order.delivery.carrier
        for name, line in self._lines.items():
            self.fields[name] = forms.IntegerField(
                label=f"{line.title} {line.options}".strip(),
                min_value=0,
                max_value=line.open_quantity,
                initial=line.open_quantity,
            )

    def pieces(self) -> dict[UUID, int]:
        """By order line."""
        return {line.id: self.cleaned_data[name] for name, line in self._lines.items()}

    def line_names(self) -> list[str]:
        return list(self._lines)


class RefundForm(forms.Form):
    """How much goes back, and why."""

    reason = forms.ChoiceField(label=_("Reason"), choices=_REASONS)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, refundable: Money, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"amount": refundable.amount, "key": secrets.token_urlsafe(16)}
        )
        super().__init__(*args, **kwargs)
        self.fields["amount"] = forms.DecimalField(
            label=_("Amount"),
            min_value=Money(1, refundable.currency).amount,
            max_digits=12,
            decimal_places=exponent_of(refundable.currency),
            localize=True,
            error_messages={"min_value": _("Please name an amount above zero.")},
        )
        self.order_fields(["amount", "reason", "key"])


def at_most_words(refundable: Money) -> str:
    """The refusal of too much, with the amount as people write it."""
    amount = money_words(refundable, language=get_language() or "en")
    return gettext("At most %(amount)s can go back.") % {"amount": amount}


def shipment_page(form: ShipmentForm, order: OrderRow) -> FormPage:
    """The form of a shipment or a hand-over."""
    pickup = order.delivery.kind == "pickup"
    lines = FormSection(
        gettext("Which pieces?"),
        [FormField(form[name], width="short", inputmode="numeric") for name in form.line_names()],
    )
    parcel = section_of(form, title=gettext("Parcel"), names=("carrier", "tracking"))
    return FormPage(
        title=gettext("Hand over order %(number)s") % {"number": order.number}
        if pickup
        else gettext("Ship order %(number)s") % {"number": order.number},
        form=form,
        sections=[lines] if pickup else [lines, parcel],
        submit_label=gettext("Hand over") if pickup else gettext("Ship"),
        cancel_url=_order_url(order),
        task="orders",
    )


def refund_page(form: RefundForm, order: OrderRow, refundable: Money) -> FormPage:
    """The form of a refund."""
    amount = FormField(form["amount"], width="short", unit=refundable.currency, inputmode="decimal")
    reason = FormField(form["reason"], width="half")
    return FormPage(
        title=gettext("Refund order %(number)s") % {"number": order.number},
        form=form,
        sections=[FormSection(gettext("How much goes back?"), [amount, reason])],
        submit_label=gettext("Refund"),
        cancel_url=_order_url(order),
        task="orders",
        lead=gettext("The money goes back the same way it came."),
    )


def _field(line: LineRow) -> str:
    return f"line_{line.position}"


def _order_url(order: OrderRow) -> str:
    return reverse("backoffice:order", args=[outer("ord", order.id)])
