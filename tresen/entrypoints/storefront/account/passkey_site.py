"""Where the shop is, as passkeys are bound to it: by configuration, not by what a request says."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from tresen.entrypoints.storefront.context import channel_of
from tresen.workflows.trusting.passkeys import Site


def site_of(request: HttpRequest) -> Site | None:
    """None where browsers know no passkeys: the shop is called by a number, not by a name.

    A shop that is tried without TLS is called by the request's host, which is one of ours.
    """
    origin = settings.PUBLIC_URL if settings.HTTPS else f"http://{request.get_host()}"
    host = urlsplit(origin).hostname or ""
    if not host or _is_number(host):
        return None
    return Site(host=host, origin=origin.rstrip("/"), name=channel_of(request).store.name)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
