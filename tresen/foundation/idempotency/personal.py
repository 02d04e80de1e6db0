"""Nothing about people is in this table."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "idempotency_used_key": (
        "keys of requests; outcomes hold ids",
        (
            "scope",
            "key",
            "fingerprint",
            "outcome",
        ),
    ),
}
NOT_BLIND = {"idempotency_used_key.fingerprint": "a digest of what was asked, in ids"}
