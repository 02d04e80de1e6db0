"""Data about people in this domain: what is written about an incident may name some."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.personal import Basis, NotPersonal, PersonalColumn, Shape, Subject

_PURPOSES = (_("document a breach and tell those who must know (Art. 33, 34 GDPR)"),)

COLUMNS = (
    PersonalColumn(
        table="security_incident",
        column="words",
        label=_("what is written about a security incident"),
        subject=Subject.CUSTOMER,
        purposes=_PURPOSES,
        basis=Basis.LAW,
        retention=KeyClass.SECURITY,
        shape=Shape.JSON,
        person="",
        provided=False,
        names={
            "title": _("title"),
            "what": _("what happened"),
            "consequences": _("consequences"),
            "measures": _("measures"),
            "contact": _("contact"),
        },
    ),
    PersonalColumn(
        table="security_incident_step",
        column="text",
        label=_("note about a step in a security incident"),
        subject=Subject.CUSTOMER,
        purposes=_PURPOSES,
        basis=Basis.LAW,
        retention=KeyClass.SECURITY,
        person="",
        provided=False,
    ),
)
NOT_PERSONAL: NotPersonal = {
    "security_link": ("digests of the chain", ("chain",)),
    "security_seal": ("digests and a signature", ("root", "head", "previous", "signature")),
    "security_anchor": ("where a seal was sent", ("place",)),
    "security_examination": ("what the verifier found", ("broken",)),
    "security_incident": ("words from a list", ("risk", "software", "categories")),
    "security_incident_step": ("words from a list, and an id of staff", ("kind", "actor")),
    "security_incident_person": ("names of fields", ("fields",)),
    "security_freeze": ("an id of staff", ("actor",)),
}
_PROOF = "a digest or signature of the chain"
NOT_BLIND = {
    "security_link.chain": _PROOF,
    "security_seal.root": _PROOF,
    "security_seal.head": _PROOF,
    "security_seal.previous": _PROOF,
    "security_seal.signature": _PROOF,
}
