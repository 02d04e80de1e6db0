"""The ledger holds names of columns and services, and whose data it was as an id."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "disclosures_disclosed": (
        "names of services and purposes, ids of ours",
        ("recipient", "purpose", "basis", "reference"),
    ),
}
