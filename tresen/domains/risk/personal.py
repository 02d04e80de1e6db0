"""Data about people in this domain: fingerprints and bare numbers, for as long as fraud shows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.indexes import BlindIndex
from tresen.foundation.vault.personal import (
    Basis,
    NotPersonal,
    PersonalColumn,
    Shape,
    Subject,
    Words,
)
from tresen.foundation.vault.records import PersonalRows

_PREVENT = (_("prevent fraud"),)
_EXPLAIN = (_("prevent fraud"), _("explain a decision"))
_NUMBERS = "bare numbers, codes and countries, found by the order only"


def _column(
    place: str,
    label: Words,
    purposes: tuple[Words, ...] = _PREVENT,
    *,
    shape: Shape = Shape.INDEX,
    person: str = "",
) -> PersonalColumn:
    table, _dot, column = place.partition(".")
    return PersonalColumn(
        table=table,
        column=column,
        label=label,
        subject=Subject.CUSTOMER,
        purposes=purposes,
        basis=Basis.INTEREST,
        retention=KeyClass.SECURITY,
        shape=shape,
        person=person,
        provided=False,
        why_clear=_NUMBERS if shape is Shape.PLAIN else "",
    )


COLUMNS = (
    _column("risk_event.person_key", _("fingerprint of the e-mail address")),
    _column("risk_event.device_key", _("fingerprint of the browser")),
    _column("risk_event.place_key", _("fingerprint of the place of delivery")),
    _column("risk_sighting.device_key", _("fingerprint of the browser")),
    _column(
        "risk_assessment.facts",
        _("what was looked at of an order"),
        shape=Shape.PLAIN,
        person="person_id",
    ),
    _column(
        "risk_assessment.history",
        _("what was counted from before"),
        shape=Shape.PLAIN,
        person="person_id",
    ),
    _column(
        "risk_assessment.reasons",
        _("signals and their points"),
        _EXPLAIN,
        shape=Shape.PLAIN,
        person="person_id",
    ),
    PersonalColumn(
        table="risk_appeal",
        column="words",
        label=_("what was written to a person about a check"),
        subject=Subject.CUSTOMER,
        purposes=(_("answer an objection"),),
        basis=Basis.LAW,
        retention=KeyClass.REQUEST,
    ),
)
ROWS = (
    PersonalRows(
        table="risk_assessment",
        retention=KeyClass.SECURITY,
        origin="derived",
        erasure="delete",
        born="assessed_at",
        shows=("score", "outcome", "method", "facts", "history", "reasons", "assessed_at"),
    ),
    PersonalRows(
        table="risk_appeal",
        retention=KeyClass.REQUEST,
        origin="provided",
        erasure="keep",
        born="asked_at",
        shows=("asked_at", "due_at", "answered_at"),
    ),
)
NOT_PERSONAL: NotPersonal = {
    "risk_event": ("kinds of ours", ("kind",)),
    "risk_sighting": ("codes of ours", ("network", "outcome")),
    "risk_assessment": ("codes of ours", ("outcome", "method")),
    "risk_review": (
        "codes of ours; who decided is an id",
        ("state", "currency", "decided_by", "reason"),
    ),
    "risk_appeal": ("who answered is an id", ("answered_by",)),
    "risk_ruleset": ("weights and thresholds", ("body", "made_by")),
    "risk_listed": ("public lists of domains", ("list", "value")),
    "risk_network": ("public lists of address blocks", ("list", "block")),
    "risk_amounts": ("figures of the shop", ("currency",)),
}
_YEAR = "fraud shows within a year; then they go"
INDEXES = (
    BlindIndex(place="risk_event.person_key", purpose="risk.person", address=True),
    BlindIndex(place="risk_event.device_key", purpose="risk.device", ends=_YEAR),
    BlindIndex(place="risk_event.place_key", purpose="risk.place", ends=_YEAR),
    BlindIndex(
        place="risk_sighting.device_key",
        purpose="risk.device",
        key="cart_id",
        ends="gone after two days",
    ),
)
