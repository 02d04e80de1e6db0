"""Calls to Stripe's API through our one door, and what its answers mean for an outcome."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlencode

from tresen.adapters.payments.stripe.words import Json, Unreadable, json_of, part, text
from tresen.domains.payments.ports import OutcomeUnknown, ProviderRefused, ProviderUnreachable
from tresen.foundation.http import (
    NO_PERSONAL_DATA,
    Answer,
    Call,
    Client,
    Disclosure,
    NoAnswer,
    Unreachable,
)

logger = logging.getLogger(__name__)

API_VERSION = "2024-06-20"
_OK = range(200, 300)
_NOT_DONE_STATUSES = frozenset({401, 403, 429})
_REFUSED_STATUSES = frozenset({400, 402, 404})


class StripeApi:
    """`base` has no slash at its end. Every write carries an idempotency key (kept for 24 h)."""

    def __init__(self, *, secret_key: str, base: str, client: Client) -> None:
        self._secret_key, self._base, self._client = secret_key, base.rstrip("/"), client

    def read(self, path: str, query: Mapping[str, str] | None = None) -> Json:
        """GET. Raises ProviderRefused, ProviderUnreachable, OutcomeUnknown."""
        tail = f"?{urlencode(query)}" if query else ""
        return self._send(
            Call(
                method="GET",
                url=f"{self._base}{path}{tail}",
                headers=self._headers(),
                disclosure=NO_PERSONAL_DATA,
            )
        )

    def write(
        self,
        path: str,
        form: Mapping[str, str],
        *,
        key: str,
        disclosure: Disclosure = NO_PERSONAL_DATA,
    ) -> Json:
        """POST a form; the same `key` does it once. Raises as `read`."""
        return self._send(
            Call(
                method="POST",
                url=f"{self._base}{path}",
                headers=self._headers()
                | {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Idempotency-Key": key,
                },
                content=urlencode(form).encode(),
                disclosure=disclosure,
                repeatable=True,
            )
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._secret_key}", "Stripe-Version": API_VERSION}

    def _send(self, call: Call) -> Json:
        try:
            answer = self._client.send(call)
        except Unreachable as error:
            raise ProviderUnreachable from error
        except NoAnswer as error:
            raise OutcomeUnknown from error
        if answer.status in _OK:
            return _body_of(answer)
        _log_refusal(answer)
        if answer.status in _REFUSED_STATUSES:
            raise ProviderRefused
        if answer.status in _NOT_DONE_STATUSES:
            raise ProviderUnreachable
        raise OutcomeUnknown


def _body_of(answer: Answer) -> Json:
    try:
        return json_of(answer.content)
    except Unreadable as error:
        raise OutcomeUnknown from error


def _log_refusal(answer: Answer) -> None:
    """Stripe's code for the trouble (no message: it may name people) and its request id."""
    try:
        trouble = part(json_of(answer.content), "error")
        code = text(trouble, "code") or text(trouble, "type")
    except Unreadable:
        code = ""
    logger.warning(
        "Stripe did not do it",
        extra={
            "status": answer.status,
            "code": code,
            "request_id": answer.headers.get("request-id", ""),
        },
    )
