"""The company's own sign-in for staff, where one is named."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from tresen.adapters.identity.openid import OpenIdProvider, Registration
from tresen.domains.accounts.ports import IDENTITY, STAFF_PROVIDER
from tresen.foundation.http import Client


def wire_identity() -> None:
    """Put it on the shelf. A provider without TLS may only be a stand-in on this machine."""
    if not settings.OPENID_ISSUER:
        return
    registration = Registration(
        name=settings.OPENID_NAME,
        issuer=settings.OPENID_ISSUER,
        client_id=settings.OPENID_CLIENT_ID,
        client_secret=settings.OPENID_CLIENT_SECRET,
        trusted_acr=settings.OPENID_TRUSTED_ACR,
        trusted_amr=settings.OPENID_TRUSTED_AMR,
    )
    found = urlsplit(settings.OPENID_ISSUER)
    client = Client(allowed=(found.netloc,) if found.scheme == "http" else ())
    IDENTITY.put(STAFF_PROVIDER, OpenIdProvider(registration, client=client))
