"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "compliance_text": (
        "legal texts of the shop",
        (
            "locale",
            "title",
            "body_html",
            "digest",
        ),
    ),
}
