"""The company's sign-in for staff: whether what is configured can be right. Nothing is called."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.words.speaking import gettext as _

ISSUER = "TRESEN_OPENID_ISSUER"
NEEDED = ("TRESEN_OPENID_CLIENT_ID", "TRESEN_OPENID_CLIENT_SECRET")
TRUSTED = ("TRESEN_OPENID_TRUSTED_ACR", "TRESEN_OPENID_TRUSTED_AMR")
HERE = ("127.0.0.1", "localhost", "::1")
WEAK = frozenset({"pwd", "pin", "0"})
"""RFC 8176 and OpenID Connect Core: these are no second factor."""


def check_openid(patient: Patient) -> Sequence[Finding]:
    """Silent where staff signs in with passwords alone."""
    issuer = patient.environ.get(ISSUER, "")
    missing = [name for name in NEEDED if not patient.environ.get(name)]
    if not issuer:
        lonely = [name for name in (*NEEDED, *TRUSTED) if patient.environ.get(name)]
        return [_without(lonely[0], ISSUER)] if lonely else []
    if missing:
        return [_without(ISSUER, missing[0])]
    return [_address(issuer), *_trusted(patient)]


def _without(name: str, missing: str) -> Finding:
    says = _("{name} is set, but {missing} is not.", name=name, missing=missing)
    return ill(says, _("Set {missing}.", missing=missing))


def _address(issuer: str) -> Finding:
    found = urlsplit(issuer)
    is_safe = found.scheme == "https" or (found.scheme == "http" and found.hostname in HERE)
    if not is_safe or not found.hostname or found.query or found.fragment:
        return ill(
            _("{name} is no address of a provider: {issuer}", name=ISSUER, issuer=issuer),
            _("Name it as the provider's own configuration does, with https and without a query."),
        )
    return well(_("Staff may sign in by {provider}", provider=found.hostname))


def _trusted(patient: Patient) -> list[Finding]:
    words = {word for name in TRUSTED for word in patient.environ.get(name, "").split()}
    if weak := sorted(words & WEAK):
        return [
            ill(
                _("«{word}» counts as a second factor, and is none.", word=weak[0]),
                _("Take it out of {one} and {other}.", one=TRUSTED[0], other=TRUSTED[1]),
            )
        ]
    if not words:
        return [note(_("The provider's word counts for no second factor; ours is asked for."))]
    return []
