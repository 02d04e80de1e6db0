"""Nothing about people is in these tables."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "journal_fact": (
        "ids and plain values by rule, see journal.events",
        (
            "kind",
            "body",
        ),
    ),
    "journal_delivery": (
        "names of listeners; errors name a class",
        (
            "listener",
            "error",
        ),
    ),
}
