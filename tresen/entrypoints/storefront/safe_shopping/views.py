"""The guide, with this shop's own address and sender in it: what it says can be checked."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tresen.domains.compliance.queries import current_texts
from tresen.domains.compliance.types import TextKind
from tresen.domains.payments.ports import providers
from tresen.domains.payments.types import Method
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.entrypoints.storefront.freshness import per_visitor

PAID_ELSEWHERE = frozenset({Method.STRIPE, Method.DEMO_CARD})
"""Card data is typed on the page of the service, never here."""


@require_GET
@per_visitor
def safe_shopping(request: HttpRequest) -> HttpResponse:
    """One page, made to be read, printed and passed on."""
    store = channel_of(request).store
    methods = set(providers.names())
    context = {
        "host": urlsplit(settings.PUBLIC_URL).hostname or request.get_host(),
        "store": store,
        "sender_domain": store.email.rpartition("@")[2],
        "imprint_url": _legal_url(TextKind.IMPRINT, request),
        "privacy_url": _legal_url(TextKind.PRIVACY, request),
        "takes_cards": bool(methods & PAID_ELSEWHERE),
        "takes_transfers": Method.BANK_TRANSFER in methods,
    }
    return render(request, "storefront/safe_shopping/page.html", context)


def _legal_url(kind: TextKind, request: HttpRequest) -> str:
    """Nothing where the shop has not written it yet."""
    known = kind in current_texts(locale=locale_of(request))
    return reverse("storefront:legal", args=[kind.value]) if known else ""
