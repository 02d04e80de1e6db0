"""One page: who receives data, where they lie, how they are protected, which cookies there are."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tresen.domains.compliance.queries import current_texts
from tresen.domains.compliance.types import TextKind
from tresen.domains.payments.ports import providers
from tresen.domains.privacy.queries.processors import list_processors
from tresen.entrypoints.shared.cookies import cookies_of
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.entrypoints.storefront.freshness import per_visitor
from tresen.foundation import clock
from tresen.foundation.vault.keyring import keyring

METHODS = {
    "stripe": "Stripe Payments Europe, Ltd. (IE)",
    "demo_card": "Demo",
}


@require_GET
@per_visitor
def transparency(request: HttpRequest) -> HttpResponse:
    """Read by people who want to know; nothing in it is written by hand."""
    context = {
        "store": channel_of(request).store,
        "processors": list_processors(only_enabled=True),
        "mail": settings.EMAIL_HOST,
        "payment_services": [METHODS[name] for name in providers.names() if name in METHODS],
        "place": settings.SERVER_LOCATION,
        "measures": measures(now=clock.now()),
        "cookies": cookies_of(https=settings.HTTPS),
        "notice_url": _notice_url(request),
        "my_data_url": reverse("storefront:my_data"),
    }
    return render(request, "storefront/transparency/page.html", context)


def measures(*, now: datetime) -> list[str]:
    """How data are protected, as this shop runs at this moment."""
    kek = keyring().newest("kek")
    days = (now - datetime.fromisoformat(kek.made_at)).days if kek.made_at else 0
    age = gettext("The key that wraps these keys is %(days)s days old and is changed every week.")
    kept = {
        "file": gettext("The root of all keys lies in a file that only the shop may read."),
        "credential": gettext(
            "The root of all keys is handed in at the start and lies on no disk."
        ),
        "pkcs11": gettext("The root of all keys is inside a hardware security module."),
        "transit": gettext("The root of all keys is kept by a key server."),
    }
    told = [
        gettext(
            "Names, addresses, letters and notes are encrypted (AES-256), for each person with "
            "keys of their own. Whoever copies the database or a backup reads none of it."
        ),
        age % {"days": days},
        kept[settings.ROOT_KEY.name],
        gettext(
            "Everybody who works here signs in with a second factor, and sees only what their "
            "work needs."
        ),
        gettext(
            "Who looked at or changed data about people is written down in a record that "
            "cannot be changed unseen."
        ),
        gettext(
            "Card numbers never reach this shop: they are typed on the payment service's page."
        ),
    ]
    if settings.HTTPS:
        told.append(gettext("The connection to your browser is always encrypted."))
    return told


def _notice_url(request: HttpRequest) -> str:
    known = TextKind.PRIVACY in current_texts(locale=locale_of(request))
    return reverse("storefront:legal", args=[TextKind.PRIVACY.value]) if known else ""
