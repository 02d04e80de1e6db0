"""Data about people in this domain."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.personal import (
    Basis,
    NotPersonal,
    PersonalColumn,
    Recipient,
    Shape,
    Subject,
)
from tresen.foundation.vault.records import PersonalRows

_PURPOSES = (
    _("confirm and accompany an order"),
    _("prove what was written (§ 312f, § 312i BGB)"),
)

COLUMNS = (
    PersonalColumn(
        table="conversations_letter",
        column="recipient",
        label=_("address a letter went to"),
        subject=Subject.CUSTOMER,
        purposes=_PURPOSES,
        basis=Basis.CONTRACT,
        retention=KeyClass.LETTER,
        recipients=(Recipient.MAIL,),
    ),
    PersonalColumn(
        table="conversations_letter",
        column="payload",
        label=_("what a letter says"),
        subject=Subject.CUSTOMER,
        purposes=_PURPOSES,
        basis=Basis.CONTRACT,
        retention=KeyClass.LETTER,
        shape=Shape.JSON,
        recipients=(Recipient.MAIL,),
        provided=False,
    ),
)
ROWS = (
    PersonalRows(
        table="conversations_letter",
        retention=KeyClass.LETTER,
        origin="ours",
        erasure="lock",
        born="queued_at",
        at_end="key",
        shows=("kind", "queued_at", "sent_at"),
    ),
)
NOT_PERSONAL: NotPersonal = {
    "conversations_letter": (
        "keys and states of ours; errors name a class, never a value",
        (
            "key",
            "locale",
            "message_id",
            "error",
        ),
    ),
}
