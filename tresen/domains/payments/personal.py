"""Data about people in this domain."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.personal import (
    Basis,
    NotPersonal,
    PersonalColumn,
    Recipient,
    Subject,
)
from tresen.foundation.vault.records import PersonalRows

COLUMNS = (
    PersonalColumn(
        table="payments_notice",
        column="body",
        label=_("message of a payment service"),
        subject=Subject.CUSTOMER,
        purposes=(_("take the payment"), _("prove what the payment service said")),
        basis=Basis.CONTRACT,
        retention=KeyClass.PAYMENT,
        recipients=(Recipient.PAYMENT,),
        provided=False,
    ),
)
ROWS = (
    PersonalRows(
        table="payments_notice",
        retention=KeyClass.PAYMENT,
        origin="ours",
        erasure="key",
        born="received_at",
        unfinished="t.settled_at IS NULL",
    ),
)
NOT_PERSONAL: NotPersonal = {
    "payments_payment": (
        "numbers of orders and references of payment services",
        (
            "order_number",
            "method",
            "currency",
            "reference",
            "capture_reference",
        ),
    ),
    "payments_refund": (
        "references and codes; who asked is an id",
        (
            "key",
            "currency",
            "provider_reference",
            "requested_by",
        ),
    ),
    "payments_payment_event": (
        "references and codes; the actor is an id",
        (
            "provider",
            "provider_event_id",
            "money_id",
            "currency",
            "detail",
            "actor",
        ),
    ),
    "payments_notice": (
        "references and codes",
        (
            "provider",
            "event_id",
            "kind",
            "outcome",
        ),
    ),
    "payments_ledger_entry": (
        "accounts and currencies",
        (
            "account",
            "currency",
        ),
    ),
}
