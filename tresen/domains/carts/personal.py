"""Data about people in this domain: what a guest typed in for an order not yet placed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.indexes import BlindIndex
from tresen.foundation.vault.labels import ADDRESS_NAMES, CONTACT_NAMES
from tresen.foundation.vault.personal import (
    Basis,
    NotPersonal,
    PersonalColumn,
    Shape,
    Subject,
    Words,
)
from tresen.foundation.vault.records import PersonalRows


def _typed_in(
    column: str, label: Words, purpose: Words, names: Mapping[str, Words]
) -> PersonalColumn:
    return PersonalColumn(
        table="carts_cart",
        column=column,
        label=label,
        subject=Subject.CUSTOMER,
        purposes=(purpose,),
        basis=Basis.CONTRACT,
        retention=KeyClass.CART,
        shape=Shape.JSON,
        person="",
        names=names,
    )


_CONFIRM, _SHOW = _("confirm the order you prepare"), _("show delivery and price")
_INVOICE = _("make out the invoice")

COLUMNS = (
    _typed_in("contact", _("contact in the cart"), _CONFIRM, CONTACT_NAMES),
    _typed_in("address", _("delivery address in the cart"), _SHOW, ADDRESS_NAMES),
    _typed_in("billing", _("invoice address in the cart"), _INVOICE, ADDRESS_NAMES),
    PersonalColumn(
        table="carts_cart",
        column="email_index",
        label=_("fingerprint of the address in the cart"),
        subject=Subject.CUSTOMER,
        purposes=(_("find your open carts when you ask for your data"),),
        basis=Basis.LAW,
        retention=KeyClass.CART,
        shape=Shape.INDEX,
        person="",
        provided=False,
    ),
)
ROWS = (
    PersonalRows(
        table="carts_cart",
        retention=KeyClass.CART,
        origin="provided",
        erasure="delete",
        by_email="email_index",
        born="touched_at",
        only="t.is_open",
        shows=("touched_at",),
        parts=("carts_line.cart_id",),
        own_key=True,
    ),
)
NOT_PERSONAL: NotPersonal = {
    "carts_cart": (
        "codes of channel, delivery and payment",
        (
            "channel_code",
            "locale",
            "delivery_code",
            "payment_method",
        ),
    ),
}
INDEXES = (
    BlindIndex(
        place="carts_cart.email_index",
        purpose="privacy.email",
        source="contact/email",
        normal=mailbox_of,
    ),
)
