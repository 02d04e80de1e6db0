"""The cart's id in a cookie.

It is needed for what the guest asked for, so that no consent is due (§ 25(2) no. 2 TDDDG).
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tresen.foundation.ids import BadId, inner, outer

NAME = "__Host-cart" if settings.HTTPS else "cart"
DAYS = 30


def cart_id_of(request: HttpRequest) -> UUID | None:
    """The guest's cart, or None; a broken cookie counts as none."""
    try:
        return inner("cart", request.COOKIES.get(NAME, ""))
    except BadId:
        return None


def remember(response: HttpResponse, cart_id: UUID) -> None:
    """Keep the cart for DAYS, out of reach of scripts."""
    response.set_cookie(
        NAME,
        outer("cart", cart_id),
        max_age=DAYS * 86_400,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
        path="/",
    )


def forget(response: HttpResponse) -> None:
    """The cart became an order."""
    response.delete_cookie(NAME, path="/", samesite="Lax")
