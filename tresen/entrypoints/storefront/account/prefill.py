"""What the checkout may fill in for somebody who is signed in; guests type as ever."""

from __future__ import annotations

from django.http import HttpRequest

from tresen.domains.accounts.queries import list_addresses_of
from tresen.entrypoints.storefront.account.door import find_shopper_of


def account_words(request: HttpRequest) -> dict[str, str]:
    """Address and e-mail as they are kept; nothing, and no statement, for guests."""
    shopper = find_shopper_of(request)
    if shopper is None:
        return {}
    words = {"email": shopper.address, "name": shopper.name}
    for row in list_addresses_of(shopper.id)[:1]:
        place = row.place
        words |= {
            "name": place.name,
            "company": place.company,
            "street": place.street,
            "extra": place.extra,
            "postcode": place.postcode,
            "city": place.city,
            "country": place.country,
        }
    return words
