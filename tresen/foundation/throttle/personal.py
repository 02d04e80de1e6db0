"""Nothing about people is in this table."""

from __future__ import annotations

from tresen.foundation.vault.indexes import BlindIndex
from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {"throttle_bucket": ("keyed fingerprints, for minutes", ("key",))}
INDEXES = (
    BlindIndex(
        place="throttle_bucket.key",
        purpose="throttle:",
        key="key",
        ends="each moves at its next use, or is full in minutes",
    ),
)
