"""Nothing about people is in this table."""

from __future__ import annotations

from tresen.foundation.vault.indexes import BlindIndex
from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "limits_count": (
        "keyed fingerprints and names of limits",
        (
            "name",
            "key",
        ),
    ),
}
INDEXES = (
    BlindIndex(
        place="limits_count.key",
        purpose="limit:",
        ends="each moves at its next use, or is over with its window",
    ),
)
