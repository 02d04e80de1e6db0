"""The registry's words in plain language: tables, fields, purposes, grounds, classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from babel import Locale
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from tresen.domains.privacy.types.requests import RequestKind, RequestState
from tresen.entrypoints.shared import dates

TABLES: Mapping[str, object] = {
    "privacy_identifier": gettext_lazy("How you are found"),
    "orders_order": gettext_lazy("Your orders"),
    "orders_line": gettext_lazy("Goods in your orders"),
    "accounts_user": gettext_lazy("Your account"),
    "accounts_session": gettext_lazy("Where you are signed in"),
    "accounts_device": gettext_lazy("Devices you have used"),
    "carts_cart": gettext_lazy("Your cart"),
    "conversations_letter": gettext_lazy("E-mails we sent you"),
    "fulfilment_parcel": gettext_lazy("Your parcels"),
    "privacy_request": gettext_lazy("Your requests"),
    "privacy_consent_event": gettext_lazy("What you agreed to"),
    "privacy_export": gettext_lazy("Copies of your data"),
    "privacy_opt_in": gettext_lazy("Addresses that wait for your confirmation"),
}
FIELDS: Mapping[str, object] = {
    "number": gettext_lazy("Number"),
    "placed_at": gettext_lazy("Ordered"),
    "kind": gettext_lazy("About"),
    "title": gettext_lazy("Article"),
    "sku": gettext_lazy("Article number"),
    "quantity": gettext_lazy("Pieces"),
    "currency": gettext_lazy("Currency"),
    "gross_minor": gettext_lazy("Total in cents"),
    "payment_method": gettext_lazy("Way to pay"),
    "state": gettext_lazy("State"),
    "queued_at": gettext_lazy("Written"),
    "sent_at": gettext_lazy("Sent"),
    "shipped_at": gettext_lazy("Sent"),
    "carrier": gettext_lazy("Carrier"),
    "received_at": gettext_lazy("Received"),
    "happened_at": gettext_lazy("When"),
    "touched_at": gettext_lazy("Last changed"),
    "asked_at": gettext_lazy("When"),
    "purpose": gettext_lazy("What for"),
    "action": gettext_lazy("What you said"),
    "made_at": gettext_lazy("Made"),
    "date_joined": gettext_lazy("Account since"),
    "seen_at": gettext_lazy("Last seen"),
    "first_seen_at": gettext_lazy("First seen"),
    "last_seen_at": gettext_lazy("Last seen"),
}
"""Plain facts beside the personal columns; those bring their own labels."""
CODES: Mapping[str, object] = {
    "email": gettext_lazy("e-mail address"),
    "phone": gettext_lazy("phone number"),
    "order_placed": gettext_lazy("confirmation of an order"),
    "payment_received": gettext_lazy("payment received"),
    "order_shipped": gettext_lazy("parcel on its way"),
    "order_cancelled": gettext_lazy("order cancelled"),
    "refund_made": gettext_lazy("refund"),
    "my_data_link": gettext_lazy("link to «My data»"),
    "placed": gettext_lazy("placed"),
    "cancelled": gettext_lazy("cancelled"),
    "bank_transfer": gettext_lazy("bank transfer"),
    "pay_in_store": gettext_lazy("in the store"),
    "demo_card": gettext_lazy("card"),
    "stripe": gettext_lazy("card"),
    "newsletter": gettext_lazy("newsletter"),
    "reminders": gettext_lazy("reminders"),
    "grant": gettext_lazy("agreed"),
    "deny": gettext_lazy("declined"),
    "withdraw": gettext_lazy("taken back"),
}
"""Codes of ours, as a person reads them."""
RECIPIENTS: Mapping[str, object] = {
    "mail": gettext_lazy("the service that carries our e-mails"),
    "payment": gettext_lazy("the payment service"),
    "carrier": gettext_lazy("the parcel service"),
    "tax": gettext_lazy("tax adviser and tax office"),
    "backup": gettext_lazy("the keeper of our backups, encrypted"),
}
KINDS: Mapping[RequestKind, object] = {
    RequestKind.ACCESS: gettext_lazy("Copy of all data"),
    RequestKind.PORTABILITY: gettext_lazy("File for another service"),
    RequestKind.RECTIFICATION: gettext_lazy("Correction"),
    RequestKind.ERASURE: gettext_lazy("Erasure"),
    RequestKind.RESTRICTION: gettext_lazy("Restriction"),
    RequestKind.OBJECTION: gettext_lazy("Objection to advertising"),
    RequestKind.ASK_PERSON: gettext_lazy("Review by a person"),
}
STATES: Mapping[RequestState, tuple[object, str]] = {
    RequestState.RECEIVED: (pgettext_lazy("request", "being worked on"), "info"),
    RequestState.UNPROVEN: (pgettext_lazy("request", "waits for proof"), "attention"),
    RequestState.DEFERRED: (pgettext_lazy("request", "waits"), "attention"),
    RequestState.ANSWERED: (pgettext_lazy("request", "answered"), "ok"),
    RequestState.REFUSED: (pgettext_lazy("request", "refused"), "error"),
    RequestState.TAKEN_BACK: (pgettext_lazy("request", "taken back"), "quiet"),
}
_BASES: Mapping[str, object] = {
    "6(1)(a)": gettext_lazy("because you agreed (Art. 6 (1)(a) GDPR)"),
    "6(1)(b)": gettext_lazy("because the contract with you needs it (Art. 6 (1)(b) GDPR)"),
    "6(1)(c)": gettext_lazy("because the law demands it (Art. 6 (1)(c) GDPR)"),
    "6(1)(f)": gettext_lazy("because we have a legitimate interest (Art. 6 (1)(f) GDPR)"),
}
_OBSTACLES: Mapping[str, object] = {
    "open_orders": gettext_lazy("An order of yours is still on its way."),
    "open_payments": gettext_lazy("A payment or refund of yours is still open."),
    "disputes": gettext_lazy("A payment of yours is disputed at the bank."),
    "holds": gettext_lazy("Records are needed for a legal claim and must not be deleted yet."),
}


def table_words(table: str) -> str:
    """What a table is to a person."""
    return str(TABLES.get(table, gettext("Other records")))


def field_words(name: str) -> str:
    """What a field is called; its own name where it speaks for itself."""
    return str(FIELDS.get(name, name.replace("_", " ")))


def code_words(value: str) -> str:
    """A code of ours in words; everything else as it is."""
    return str(CODES.get(value, value))


def rank_of(table: str) -> int:
    """Where a table stands on the page: what says most about a person comes first."""
    names = list(TABLES)
    return names.index(table) if table in names else len(names)


def basis_words(basis: str) -> str:
    return str(_BASES.get(basis, f"Art. {basis}"))


def purpose_words(purposes: Sequence[object]) -> str:
    """The purposes of the registry, each once."""
    return "; ".join(dict.fromkeys(str(purpose) for purpose in purposes))


def received_words(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The ledger of disclosures, to read: newest first, the day in words."""
    return [
        {
            "recipient": str(row["recipient"]),
            "purpose": str(row["purpose"]),
            "fields": ", ".join(row["fields"]),
            "at": day_words(datetime.fromisoformat(str(row["at"])).date()),
            "undone": "1" if row["undone"] else "",
        }
        for row in rows
    ]


def obstacle_words(detail: str) -> list[str]:
    """Why something waits, one sentence each."""
    return [str(_OBSTACLES[word]) for word in detail.split(",") if word in _OBSTACLES]


def value_words(value: object, names: Mapping[str, object] | None = None) -> str:
    """A stored value as one reads it: addresses in one line, nothing as a dash."""
    if isinstance(value, Mapping):
        return ", ".join(part for part in _parts(value, names or {}) if part) or "–"
    if isinstance(value, list):
        return "; ".join(value_words(part, names) for part in value) or "–"
    return str(value) if value not in (None, "") else "–"


def _parts(value: Mapping[str, object], names: Mapping[str, object]) -> Iterator[str]:
    for name, part in value.items():
        if isinstance(part, Mapping | list):
            yield f"{names.get(name, field_words(name))}: {value_words(part, names)}"
        elif name == "country":
            yield _country(str(part))
        elif part not in (None, ""):
            yield str(part)


def _country(code: str) -> str:
    names = Locale.parse((get_language() or "en")[:2]).territories
    return str(names.get(code, code))


def day_words(day: date) -> str:
    return dates.date_words(day, language=(get_language() or "en")[:2])
