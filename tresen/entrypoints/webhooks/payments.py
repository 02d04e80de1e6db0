"""A payment service knocks: check who it is, keep the message, answer; then let it have effect."""

from __future__ import annotations

import json
import logging

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tresen.domains.payments.ports import providers
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.settle_payment import receive_notice, settle_or_keep

logger = logging.getLogger(__name__)

BODY_BYTES_MAX = 1_000_000


class NoSuchProvider(Refusal):
    """No payment service of that name is switched on here."""

    code = "no_such_provider"
    status = 404
    message = "This payment service is not switched on here."


class MessageTooLong(Refusal):
    """No payment service sends so much."""

    code = "message_too_long"
    status = 413
    message = "This message is too long."


@csrf_exempt
@require_POST
@never_cache
def payment_notice(request: HttpRequest, provider: str) -> HttpResponse:
    """200 once the message is stored, also for a replay; 4xx problem+json if it is refused.

    What cannot be settled now is kept, and settled by the schedule: the service need not repeat.
    The signature is the only key to this door, so that no cookie and no token is asked for.
    """
    now = clock.now()
    try:
        if provider not in providers.names():
            raise NoSuchProvider
        received = receive_notice(
            provider=provider, headers=_headers(request), body=_body(request), now=now
        )
    except Refusal as refusal:
        logger.warning(
            "A payment notice was refused", extra={"provider": provider, "code": refusal.code}
        )
        return _problem(refusal)
    settle_or_keep(notice_id=received.notice_id, now=now)
    return HttpResponse(status=200)


def _headers(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _body(request: HttpRequest) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > BODY_BYTES_MAX:
        raise MessageTooLong
    return request.body


def _problem(refusal: Refusal) -> HttpResponse:
    """RFC 9457."""
    body = {
        "type": "about:blank",
        "title": gettext(refusal.message),
        "status": refusal.status,
        "code": refusal.code,
    }
    return HttpResponse(
        json.dumps(body), status=refusal.status, content_type="application/problem+json"
    )
