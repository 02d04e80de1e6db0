"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "stores_store": (
        "a business's own data, shown in the imprint",
        (
            "code",
            "name",
            "legal_name",
            "street",
            "postcode",
            "city",
            "country",
            "email",
            "phone",
            "vat_id",
            "register",
            "managers",
            "iban",
            "bic",
            "account_holder",
            "claims",
            "abouts",
        ),
    ),
    "stores_market": (
        "codes",
        (
            "code",
            "country",
            "currency",
            "time_zone",
        ),
    ),
    "stores_channel": (
        "codes and names of channels",
        (
            "code",
            "name",
        ),
    ),
    "stores_publishable_key": (
        "keys of shop fronts, public by nature",
        (
            "key",
            "label",
        ),
    ),
}
