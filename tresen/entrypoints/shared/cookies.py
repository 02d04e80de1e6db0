"""Every cookie of the shop, what it is for, and how long it stays; a test knows them all.

None needs consent (§ 25(2) no. 2 TDDDG): each is necessary for what somebody asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

CART_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """One cookie, in the language that is active."""

    name: str
    purpose: str
    lasts: str


def cookies_of(*, https: bool) -> list[Cookie]:
    """For shoppers, in the order in which one meets them. Under HTTPS names begin with __Host-."""
    before = "__Host-" if https else ""
    session = gettext("until you close the browser")
    return [
        Cookie(
            name=f"{before}cart",
            purpose=gettext("keeps your cart; a random number"),
            lasts=_days(CART_DAYS),
        ),
        Cookie(
            name=f"{before}csrf",
            purpose=gettext("proves that a form you send comes from our page"),
            lasts=_days(365),
        ),
        Cookie(name="messages", purpose=gettext("shows a message once"), lasts=session),
        Cookie(
            name=f"{before}shop",
            purpose=gettext("keeps you signed in to your account"),
            lasts=gettext("until you sign out"),
        ),
        Cookie(
            name=f"{before}shop-device",
            purpose=gettext("knows your device, so that nobody else can lock you out"),
            lasts=_days(365),
        ),
    ]


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
