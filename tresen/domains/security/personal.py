"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "security_link": (
        "digests of the chain",
        ("chain",),
    ),
    "security_seal": (
        "digests and a signature",
        (
            "root",
            "head",
            "previous",
            "signature",
        ),
    ),
    "security_anchor": (
        "where a seal was sent",
        ("place",),
    ),
    "security_examination": (
        "what the verifier found",
        ("broken",),
    ),
}
