"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "discovery_space": (
        "lists and search: words about goods",
        (
            "channel_code",
            "locale",
            "market",
            "currency",
        ),
    ),
    "discovery_entry": (
        "lists and search: words about goods",
        (
            "slug",
            "title",
            "brand_code",
            "brand",
            "picture_urls",
            "picture_alt",
            "tax_category",
            "content_unit",
            "name_key",
            "fingerprint",
        ),
    ),
    "discovery_place": (
        "lists and search: words about goods",
        ("name_key",),
    ),
    "discovery_token": (
        "lists and search: words about goods",
        (
            "facet",
            "value",
            "label",
            "slug",
            "swatch",
            "facet_label",
            "facet_unit",
        ),
    ),
    "discovery_word": (
        "lists and search: words about goods",
        ("word",),
    ),
}
NOT_BLIND = {"discovery_entry.fingerprint": "a digest of words about goods"}
