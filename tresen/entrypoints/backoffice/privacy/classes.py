"""Classes of retention in plain words, for staff and for the record of processing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tresen.entrypoints.backoffice.kit.types import Words

CLASSES: Mapping[str, Words] = {
    "profile": _("Customers: address, account, contact"),
    "cart": _("Carts that were not ordered"),
    "tax_record": _("Vouchers: orders and invoices"),
    "invoice": _("Invoices"),
    "delivery_note": _("Delivery notes that are no vouchers"),
    "letter": _("Commercial letters"),
    "book": _("Books and ledgers"),
    "oss_record": _("Records of the one-stop shop"),
    "payment": _("Messages of payment services"),
    "request": _("Requests about data and our answers"),
    "export": _("Copies of data to be fetched"),
    "opt_in": _("Addresses that nobody confirmed"),
    "consent_proof": _("Proof of consents"),
    "suppression": _("Objections to advertising"),
    "security_log": _("Sign-ins, devices, audit"),
    "session": _("Sessions that ended"),
    "house": _("Secrets of the shop itself"),
}


def class_words(name: str) -> Words:
    return CLASSES.get(name, name)
