"""What the payment step sees of a browser: its cookie's fingerprint, and where it connects from.

The cookie is set when somebody orders, never before: it is part of the safety of that payment
(§ 25(2) no. 2 TDDDG) and opens nothing. The address is used for this request and kept nowhere.
"""

from __future__ import annotations

from ipaddress import ip_address

from django.http import HttpRequest

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions.devices import (
    device_hash_of,
    hash_of_token,
    new_device_token,
)
from tresen.entrypoints.shared.sessions.realms import device_cookie_of
from tresen.workflows.buying.weigh_cart import SeenFrom


def shop_device_of(request: HttpRequest) -> str:
    """The browser's token, or a fresh one for a browser that has none."""
    if device_hash_of(request, Realm.SHOP) is None:
        return new_device_token(Realm.SHOP)
    return request.COOKIES[device_cookie_of(Realm.SHOP)]


def seen_from(request: HttpRequest, *, token: str = "") -> SeenFrom:
    """With the token that is about to be set, where there is one."""
    known = hash_of_token(token) if token else device_hash_of(request, Realm.SHOP)
    return SeenFrom(
        device=known.hex() if known else "", address=_sound(request.META.get("REMOTE_ADDR", ""))
    )


def _sound(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return ""
