"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "pricing_price_list": (
        "price lists",
        (
            "code",
            "name",
            "currency",
        ),
    ),
    "pricing_price_change": (
        "the actor is an id",
        ("actor",),
    ),
    "pricing_reduction": (
        "the actor is an id",
        (
            "currency",
            "actor",
        ),
    ),
}
