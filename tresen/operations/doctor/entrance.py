"""The company's sign-in for staff: whether what is configured can be right. Nothing is called."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from tresen.operations.doctor.types import Finding, Patient, ill, note, well

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
        return (
            [ill(f"{lonely[0]} is set, but {ISSUER} is not.", f"Set {ISSUER}.")] if lonely else []
        )
    if missing:
        return [ill(f"{ISSUER} is set, but {missing[0]} is not.", f"Set {missing[0]}.")]
    return [_address(issuer), *_trusted(patient)]


def _address(issuer: str) -> Finding:
    found = urlsplit(issuer)
    is_safe = found.scheme == "https" or (found.scheme == "http" and found.hostname in HERE)
    if not is_safe or not found.hostname or found.query or found.fragment:
        return ill(
            f"{ISSUER} is no address of a provider: {issuer}",
            "Name it as the provider's own configuration does, with https and without a query.",
        )
    return well(f"Staff may sign in by {found.hostname}")


def _trusted(patient: Patient) -> list[Finding]:
    words = {word for name in TRUSTED for word in patient.environ.get(name, "").split()}
    if weak := sorted(words & WEAK):
        return [
            ill(
                f"«{weak[0]}» counts as a second factor, and is none.",
                f"Take it out of {' and '.join(TRUSTED)}.",
            )
        ]
    if not words:
        return [note("The provider's word counts for no second factor; ours is asked for.")]
    return []
