"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "inventory_location": (
        "a business's own places",
        (
            "code",
            "name",
            "street",
            "postcode",
            "city",
            "country",
            "opening_hours",
            "store_code",
        ),
    ),
    "inventory_movement": (
        "codes; the actor is an id",
        (
            "cause_kind",
            "actor",
        ),
    ),
}
