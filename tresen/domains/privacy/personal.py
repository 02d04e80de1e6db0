"""Data about people in this domain."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.mailboxes import mailbox_of
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

_FIND = (_("find what is kept about a person"),)
_ANSWER = (_("answer a request about one's data"), _("prove that it was answered"))


def _column(
    place: str,
    label: Words,
    purposes: tuple[Words, ...],
    *,
    basis: Basis = Basis.LAW,
    retention: KeyClass = KeyClass.REQUEST,
    shape: Shape = Shape.TEXT,
    person: str = "person_id",
    provided: bool = True,
) -> PersonalColumn:
    table, _dot, column = place.partition(".")
    return PersonalColumn(
        table=table,
        column=column,
        label=label,
        subject=Subject.CUSTOMER,
        purposes=purposes,
        basis=basis,
        retention=retention,
        shape=shape,
        person=person,
        provided=provided,
    )


def _index(
    place: str, label: Words, purpose: Words, basis: Basis, retention: KeyClass
) -> PersonalColumn:
    """A fingerprint of an address, for people whom nothing else of ours names."""
    return _column(
        place,
        label,
        (purpose,),
        basis=basis,
        retention=retention,
        shape=Shape.INDEX,
        person="",
        provided=False,
    )


COLUMNS = (
    _column(
        "privacy_identifier.value",
        _("e-mail address or phone number"),
        _FIND,
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
    ),
    _column(
        "privacy_identifier.index",
        _("fingerprint of an address"),
        _FIND,
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
        shape=Shape.INDEX,
        provided=False,
    ),
    _column("privacy_request.wish", _("what you asked for"), _ANSWER),
    _column(
        "privacy_request.identity_note",
        _("how we made sure that it was you"),
        _ANSWER,
        provided=False,
    ),
    _column("privacy_request.answer", _("what we answered"), _ANSWER, provided=False),
    _column(
        "privacy_export.body",
        _("a copy of your data that you asked for"),
        _ANSWER,
        retention=KeyClass.EXPORT,
        provided=False,
    ),
    _column(
        "privacy_opt_in.email",
        _("address that waits for your confirmation"),
        (_("ask whether an address is yours"),),
        basis=Basis.CONSENT,
        retention=KeyClass.OPT_IN,
        person="",
    ),
    _index(
        "privacy_opt_in.email_index",
        _("fingerprint of an address that waits for confirmation"),
        _("ask an address only once"),
        Basis.CONSENT,
        KeyClass.OPT_IN,
    ),
    _index(
        "privacy_consent_event.email_index",
        _("fingerprint of the address beside a consent"),
        _("prove a consent"),
        Basis.LAW,
        KeyClass.CONSENT,
    ),
    _index(
        "privacy_suppression.email_index",
        _("fingerprint of an address that wants no advertising"),
        _("keep to an objection"),
        Basis.LAW,
        KeyClass.SUPPRESSION,
    ),
)
ROWS = (
    PersonalRows(
        table="privacy_identifier",
        retention=KeyClass.PROFILE,
        origin="provided",
        erasure="delete",
        shows=("kind",),
    ),
    PersonalRows(
        table="privacy_export",
        retention=KeyClass.EXPORT,
        origin="ours",
        erasure="delete",
        born="made_at",
        shows=("made_at",),
    ),
    PersonalRows(
        table="privacy_request",
        retention=KeyClass.REQUEST,
        origin="provided",
        erasure="keep",
        born="received_at",
        unfinished="t.closed_at IS NULL",
        shows=("number", "kind", "received_at", "state"),
        parts=("privacy_request_step.request_id", "privacy_export.request_id"),
        own_key=True,
    ),
    PersonalRows(
        table="privacy_opt_in",
        retention=KeyClass.OPT_IN,
        origin="provided",
        erasure="delete",
        by_email="email_index",
        born="asked_at",
        shows=("purpose", "asked_at"),
        own_key=True,
    ),
    PersonalRows(
        table="privacy_consent_event",
        retention=KeyClass.CONSENT,
        origin="provided",
        erasure="keep",
        born="happened_at",
        unfinished="NOT EXISTS (SELECT FROM privacy_consent_event n"
        " WHERE n.email_index = t.email_index AND n.purpose = t.purpose AND n.id > t.id"
        " AND n.happened_at < boundary.day)",
        shows=("purpose", "action", "happened_at"),
    ),
)
NOT_PERSONAL: NotPersonal = {
    "privacy_identifier": ("a word of ours", ("kind",)),
    "privacy_consent_text": ("words of the shop", ("words", "digest")),
    "privacy_consent_event": (
        "codes of language, place and channel; the proof is an id",
        ("locale", "place", "channel", "proof"),
    ),
    "privacy_opt_in": ("codes", ("locale", "place", "channel")),
    "privacy_request": (
        "a running number, a language, a legal ground",
        ("number", "locale", "ground"),
    ),
    "privacy_request_step": ("codes; the actor is an id", ("kind", "actor", "detail")),
    "privacy_hold": (
        "about records, not about people: the form says so; actors are ids",
        ("retention", "place", "reason", "placed_by", "lifted_by", "lift_reason"),
    ),
    "privacy_processor": (
        "businesses under contract",
        ("code", "name", "task", "country", "reference"),
    ),
    "privacy_retention_run": ("the actor is an id", ("actor",)),
    "privacy_retention_finding": ("classes and laws", ("retention", "table", "law")),
}
INDEXES = (
    BlindIndex(
        place="privacy_identifier.index",
        purpose="privacy.email",
        source="value",
        only="t.kind = 'email'",
        normal=mailbox_of,
        unique=True,
    ),
    BlindIndex(
        place="privacy_identifier.index",
        purpose="privacy.phone",
        source="value",
        only="t.kind = 'phone'",
    ),
    BlindIndex(
        place="privacy_opt_in.email_index",
        purpose="privacy.email",
        source="email",
        normal=mailbox_of,
    ),
    BlindIndex(place="privacy_consent_event.email_index", purpose="privacy.email", address=True),
    BlindIndex(
        place="privacy_suppression.email_index",
        purpose="privacy.email",
        address=True,
        key="email_index",
        unique=True,
    ),
)
