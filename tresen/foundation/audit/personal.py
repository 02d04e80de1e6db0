"""Data about people in the audit: free text only; who it is about stands there as an id."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.personal import Basis, NotPersonal, PersonalColumn, Subject

COLUMNS = (
    PersonalColumn(
        table="audit_deed",
        column="note",
        label=_("note beside what somebody did"),
        subject=Subject.CUSTOMER,
        purposes=(_("show later who did what, and why"),),
        basis=Basis.LAW,
        retention=KeyClass.SECURITY,
        person="",
        provided=False,
    ),
)
NOT_PERSONAL: NotPersonal = {
    "audit_deed": (
        "codes, ids and keyed digests",
        (
            "actor_kind",
            "session",
            "request_id",
            "action",
            "object_kind",
            "object_id",
            "before_digest",
            "after_digest",
            "mac",
        ),
    ),
}
NOT_BLIND = {
    f"audit_deed.{column}": "keyed with the audit's own keys, which change by themselves"
    for column in ("before_digest", "after_digest", "mac")
}
