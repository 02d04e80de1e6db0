"""Data about people in this domain."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.indexes import BlindIndex
from tresen.foundation.vault.labels import ADDRESS_NAMES
from tresen.foundation.vault.personal import (
    Basis,
    NotPersonal,
    PersonalColumn,
    Shape,
    Subject,
    Words,
)
from tresen.foundation.vault.records import PersonalRows


def _of_staff(
    column: str,
    label: Words,
    purposes: tuple[Words, ...],
    *,
    shape: Shape = Shape.TEXT,
    why_clear: str = "",
) -> PersonalColumn:
    return PersonalColumn(
        table="accounts_user",
        column=column,
        label=label,
        subject=Subject.STAFF,
        purposes=purposes,
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
        person="id",
        shape=shape,
        why_clear=why_clear,
    )


def _device(place: str, label: Words, purpose: Words, shape: Shape) -> PersonalColumn:
    """Of shoppers and staff alike; whose it is, the account says."""
    table, _dot, column = place.partition(".")
    return PersonalColumn(
        table=table,
        column=column,
        label=label,
        subject=Subject.CUSTOMER,
        purposes=(purpose,),
        basis=Basis.INTEREST,
        retention=KeyClass.SECURITY,
        shape=shape,
        person="user_id>accounts_user.person_id",
        why_clear="«Firefox on Linux»: what thousands have" if shape is Shape.PLAIN else "",
    )


COLUMNS = (
    _of_staff(
        "username",
        _("login"),
        (_("sign in"),),
        shape=Shape.PLAIN,
        why_clear="a name chosen for work, shown to colleagues; not an address",
    ),
    _of_staff("display_name", _("name for work"), (_("show colleagues who did what"),)),
    _of_staff("email", _("e-mail address for work"), (_("messages about the account"),)),
    _of_staff("password", _("digest of the password"), (_("sign in"),), shape=Shape.DIGEST),
    PersonalColumn(
        table="mfa_authenticator",
        column="data",
        label=_("second factor"),
        subject=Subject.STAFF,
        purposes=(_("sign in"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.HOUSE,
        shape=Shape.JSON,
        person="user_id",
        row="",
    ),
    PersonalColumn(
        table="accounts_user",
        column="login_index",
        label=_("fingerprint of the address you sign in with"),
        subject=Subject.CUSTOMER,
        purposes=(_("sign in"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
        shape=Shape.INDEX,
    ),
    PersonalColumn(
        table="accounts_user",
        column="language",
        label=_("language you chose"),
        subject=Subject.CUSTOMER,
        purposes=(_("speak the language that was chosen"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
        shape=Shape.PLAIN,
        why_clear="one of a few; tells nobody who it is",
    ),
    _device(
        "accounts_session.device",
        _("kind of device you are signed in with"),
        _("show where one is signed in"),
        Shape.PLAIN,
    ),
    _device(
        "accounts_session.data",
        _("what a sign-in needs to remember"),
        _("keep a sign-in together"),
        Shape.COOKIE,
    ),
    _device(
        "accounts_session.device_hash",
        _("fingerprint of a device"),
        _("tell known devices from strange ones"),
        Shape.INDEX,
    ),
    _device(
        "accounts_session.key_hash",
        _("fingerprint of a sign-in"),
        _("keep a sign-in together"),
        Shape.INDEX,
    ),
    _device(
        "accounts_device.device",
        _("kind of device you have signed in with"),
        _("show where one has signed in"),
        Shape.PLAIN,
    ),
    _device(
        "accounts_device.token_hash",
        _("fingerprint of a device"),
        _("tell known devices from strange ones"),
        Shape.INDEX,
    ),
    PersonalColumn(
        table="accounts_identity",
        column="name_hash",
        label=_("fingerprint of your name at the company's sign-in"),
        subject=Subject.STAFF,
        purposes=(_("sign in by the company's own sign-in"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.SECURITY,
        shape=Shape.DIGEST,
    ),
    PersonalColumn(
        table="accounts_proof",
        column="address",
        label=_("address that somebody wants to prove"),
        subject=Subject.CUSTOMER,
        purposes=(_("write to who asked for it"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.OPT_IN,
        person="",
    ),
    PersonalColumn(
        table="accounts_change",
        column="former",
        label=_("how you signed in before a change"),
        subject=Subject.CUSTOMER,
        purposes=(_("take back a change that somebody else made"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
        shape=Shape.JSON,
        person="user_id>accounts_user.person_id",
    ),
    PersonalColumn(
        table="accounts_approval",
        column="question",
        label=_("what a list of people was asked"),
        subject=Subject.STAFF,
        purposes=(_("let a second person see what leaves the house"),),
        basis=Basis.INTEREST,
        retention=KeyClass.PROFILE,
        person="asked_by",
    ),
    PersonalColumn(
        table="accounts_saved_address",
        column="body",
        label=_("address book"),
        subject=Subject.CUSTOMER,
        purposes=(_("offer addresses at the next order"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
        shape=Shape.JSON,
        person="user_id>accounts_user.person_id",
        names=ADDRESS_NAMES,
    ),
)
ROWS = (
    PersonalRows(
        table="accounts_user",
        retention=KeyClass.PROFILE,
        origin="provided",
        erasure="keep",
        shows=("date_joined",),
    ),
    PersonalRows(
        table="accounts_session",
        retention=KeyClass.SECURITY,
        origin="observed",
        erasure="delete",
        person="user_id>accounts_user.person_id",
        born="seen_at",
        shows=("made_at", "seen_at"),
    ),
    PersonalRows(
        table="accounts_device",
        retention=KeyClass.SECURITY,
        origin="observed",
        erasure="delete",
        person="user_id>accounts_user.person_id",
        born="last_seen_at",
        shows=("first_seen_at", "last_seen_at"),
    ),
    PersonalRows(
        table="accounts_saved_address",
        retention=KeyClass.PROFILE,
        origin="provided",
        erasure="delete",
        person="user_id>accounts_user.person_id",
    ),
    PersonalRows(
        table="accounts_change",
        retention=KeyClass.PROFILE,
        origin="observed",
        erasure="delete",
        person="user_id>accounts_user.person_id",
        shows=("kind", "made_at"),
    ),
)
"""The account itself is closed by its own command, with its sessions and proofs."""
NOT_PERSONAL: NotPersonal = {
    "accounts_membership": ("the code of a store", ("store_code",)),
    "accounts_proof": (
        "words of the house, a path of ours, and a digest of a code that is gone in minutes",
        ("purpose", "locale", "way", "code_digest"),
    ),
    "accounts_change": ("one of a few words of the house", ("kind",)),
    "accounts_approval": (
        "codes of what is wished for; whoever asks and decides is an id of the staff",
        ("object_id", "store_code", "currency", "reason", "state"),
    ),
}
INDEXES = (
    BlindIndex(
        place="accounts_user.login_index",
        purpose="accounts.login",
        source="email",
        normal=mailbox_of,
        only="t.realm = 'shop'",
    ),
)
NOT_BLIND = {
    "accounts_session.key_hash": "a digest of a random name",
    "accounts_session.data": "sealed with a key that only the cookie holds",
    "accounts_session.device_hash": "a digest of a random name",
    "accounts_device.token_hash": "a digest of a random name",
    "accounts_identity.name_hash": "a digest of a name that the provider drew",
    "accounts_proof.code_digest": "a digest of a code that is gone in minutes",
}
