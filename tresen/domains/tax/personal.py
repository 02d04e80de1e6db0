"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "tax_rate": (
        "rates and their source",
        (
            "country",
            "category",
            "source",
        ),
    ),
}
