"""Data about people in this domain: the parties of a contract."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.labels import ADDRESS_NAMES, CONTACT_NAMES
from tresen.foundation.vault.personal import (
    Basis,
    NotPersonal,
    PersonalColumn,
    Recipient,
    Shape,
    Subject,
    Words,
)
from tresen.foundation.vault.records import PersonalRows


def _sealed(
    column: str,
    label: Words,
    purposes: tuple[Words, ...],
    names: Mapping[str, Words],
    *,
    retention: KeyClass = KeyClass.TAX_RECORD,
    recipients: tuple[Recipient, ...] = (),
) -> PersonalColumn:
    return PersonalColumn(
        table="orders_order",
        column=column,
        label=label,
        subject=Subject.CUSTOMER,
        purposes=purposes,
        basis=Basis.CONTRACT,
        retention=retention,
        shape=Shape.JSON,
        recipients=recipients,
        names=names,
    )


COLUMNS = (
    PersonalColumn(
        table="orders_order",
        column="number",
        label=_("number of an order"),
        subject=Subject.CUSTOMER,
        purposes=(_("tell orders apart"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.TAX_RECORD,
        shape=Shape.PLAIN,
        why_clear="a running number that tells nobody who it is",
        recipients=(Recipient.PAYMENT, Recipient.MAIL),
        provided=False,
    ),
    _sealed(
        "person",
        _("name of who ordered"),
        (_("fulfil the contract"), _("keep vouchers as tax law wants")),
        {"name": ADDRESS_NAMES["name"]},
        recipients=(Recipient.MAIL, Recipient.TAX),
    ),
    _sealed(
        "contact",
        _("how you are reached about an order"),
        (_("confirm and accompany an order"), _("answer questions")),
        CONTACT_NAMES,
        retention=KeyClass.PROFILE,
        recipients=(Recipient.MAIL, Recipient.PAYMENT),
    ),
    _sealed(
        "address",
        _("delivery address of an order"),
        (_("deliver the order"),),
        ADDRESS_NAMES,
        recipients=(Recipient.CARRIER, Recipient.MAIL),
    ),
    _sealed(
        "billing",
        _("invoice address of an order"),
        (_("make out the invoice"),),
        ADDRESS_NAMES,
        recipients=(Recipient.MAIL, Recipient.TAX),
    ),
)
ROWS = (
    PersonalRows(
        table="orders_order",
        retention=KeyClass.TAX_RECORD,
        origin="provided",
        erasure="lock",
        born="placed_at",
        at_end="key",
        shows=("number", "placed_at", "gross_minor", "currency", "payment_method", "state"),
    ),
    PersonalRows(
        table="orders_line",
        retention=KeyClass.TAX_RECORD,
        origin="provided",
        erasure="key",
        person="order_id>orders_order.person_id",
        shows=("title", "sku", "quantity", "gross_minor"),
    ),
)
NOT_PERSONAL: NotPersonal = {
    "orders_order": (
        "codes, amounts and what was promised, without who it was promised to",
        (
            "channel_code",
            "store_code",
            "locale",
            "tax_country",
            "delivery",
            "delivery_kind",
            "payment_method",
            "currency",
            "taxes",
            "texts",
        ),
    ),
    "orders_line": (
        "words about goods",
        (
            "sku",
            "gtin",
            "title",
            "options",
            "slug",
            "picture_url",
            "tax_category",
            "treatment",
            "origin_country",
            "tariff_code",
        ),
    ),
    "orders_history": (
        "words of ours and numbers; the actor is an id",
        (
            "kind",
            "actor",
            "body",
        ),
    ),
}
