"""An app for sign-in codes, as somebody would have it on a phone."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tresen.domains.accounts.commands import STEP_SECONDS
from tresen.entrypoints.storefront.account.tests.make import Shopper


def code_of_app(secret: str, now: datetime) -> str:
    """What the app shows."""
    return str(format_hotp_value(hotp_value(secret, int(now.timestamp()) // STEP_SECONDS)))


def turn_on(shopper: Shopper) -> str:
    """Scan and type the first code; the secret."""
    page = shopper.get("/account/two-steps/").content.decode()
    offer = page.partition('name="offer" value="')[2].partition('"')[0]
    secret = str(page).partition("<code>")[2].partition("</code>")[0].replace(" ", "")
    code = code_of_app(secret, shopper.time.now)
    answer = shopper.post("/account/two-steps/", offer=offer, code=code)
    assert answer.status_code == 302, answer.content.decode()
    return secret
