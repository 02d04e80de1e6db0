"""Stripe behind our port: the customer pays on Stripe's page, no card data touches this house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import stripe
from django.utils.translation import gettext_noop

from tresen.adapters.payments.stripe.client import StripeApi
from tresen.adapters.payments.stripe.reading import (
    claims_of_event,
    intent_claim,
    merchant_of,
    refund_claim,
    session_claim,
)
from tresen.adapters.payments.stripe.words import (
    Json,
    Unreadable,
    id_in,
    in_units,
    json_of,
    parts,
    text,
)
from tresen.domains.payments.ports import (
    BadNotice,
    Notice,
    OutcomeUnknown,
    PaymentRequest,
    ProviderRefused,
    ProviderState,
    Started,
    TransferInstructions,
)
from tresen.domains.payments.types import Claim
from tresen.foundation.http import Client, Disclosure
from tresen.foundation.money import Money

T = TypeVar("T")

SIGNATURE_HEADER = "stripe-signature"
TOLERANCE_SECONDS = 300
REFUNDS_MAX = 100
_SETTLED = frozenset({"succeeded", "failed", "canceled"})
_PROOF = "payment_method_options[card][request_three_d_secure]"
_DISCLOSED = Disclosure(
    recipient="Stripe", purpose=gettext_noop("take the payment"), fields=("orders_order.number",)
)


class StripeProvider:
    """`account` is set for a connected account only; the mode (live, test) follows from the key."""

    redirects = True
    answers = True

    def __init__(
        self,
        *,
        secret_key: str,
        webhook_secret: str,
        base: str,
        client: Client,
        account: str = "",
    ) -> None:
        assert secret_key
        self._api = StripeApi(secret_key=secret_key, base=base, client=client)
        self._webhook_secret = webhook_secret
        self.merchant = merchant_of(account=account, is_live="_live_" in secret_key)

    def start(self, *, request: PaymentRequest) -> Started:
        session = self._api.write(
            "/v1/checkout/sessions",
            checkout_form(request),
            key=f"start-{request.key}",
            disclosure=_DISCLOSED,
        )
        reference, url = text(session, "id"), text(session, "url")
        if not reference or not url:
            raise OutcomeUnknown
        return Started(reference=reference, redirect_url=url)

    def instructions(self, *, request: PaymentRequest) -> TransferInstructions | None:  # noqa: ARG002
        return None

    def fetch(self, *, key: UUID, reference: str) -> ProviderState:  # noqa: ARG002
        if not reference:
            return ProviderState(claims=(), is_final=True)
        if reference.startswith("pi_"):
            return self._state_of_intent(self._api.read(f"/v1/payment_intents/{reference}"))
        return self._state_of_session(self._api.read(f"/v1/checkout/sessions/{reference}"))

    def capture(self, *, key: UUID, reference: str, amount: Money) -> ProviderState:
        minor, _ = in_units(amount)
        intent = self._api.write(
            f"/v1/payment_intents/{reference}/capture",
            {"amount_to_capture": minor},
            key=f"capture-{key}",
        )
        return self._state_of_intent(intent)

    def cancel(self, *, key: UUID, reference: str) -> ProviderState:
        """An answer «too late» means that something happened: then it is asked for."""
        kind = "payment_intents" if reference.startswith("pi_") else "checkout/sessions"
        verb = "cancel" if reference.startswith("pi_") else "expire"
        try:
            self._api.write(f"/v1/{kind}/{reference}/{verb}", {}, key=f"cancel-{key}")
        except ProviderRefused:
            return self.fetch(key=key, reference=reference)
        return self.fetch(key=key, reference=reference)

    def refund(
        self, *, refund_key: UUID, key: UUID, reference: str, amount: Money
    ) -> ProviderState:
        minor, _ = in_units(amount)
        refund = self._api.write(
            "/v1/refunds",
            {
                "payment_intent": reference,
                "amount": minor,
                "metadata[refund_id]": str(refund_key),
                "metadata[payment_id]": str(key),
            },
            key=f"refund-{refund_key}",
        )
        return self._state_of(refunds=[refund], own=None)

    def verify_notice(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:  # noqa: ARG002
        """Stripe's library compares the time with the machine's own clock."""
        try:
            stripe.Webhook.construct_event(
                body, headers.get(SIGNATURE_HEADER), self._webhook_secret, TOLERANCE_SECONDS
            )
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise BadNotice from error
        return self.read_notice(body=body.decode())

    def read_notice(self, *, body: str) -> Notice:
        try:
            event = json_of(body)
            notice = Notice(
                event_id=text(event, "id"),
                kind=text(event, "type"),
                claims=claims_of_event(event),
            )
        except (Unreadable, ValueError) as error:
            raise BadNotice from error
        if not notice.event_id or not notice.kind:
            raise BadNotice
        return notice

    def _state_of_session(self, session: Json) -> ProviderState:
        own = _read(lambda: session_claim(session, "", self.merchant))
        intent = id_in(session, "payment_intent")
        is_paid = text(session, "payment_status") == "paid"
        refunds = self._refunds_of(intent) if is_paid and intent else []
        is_over = is_paid or text(session, "status") == "expired"
        return self._state_of(refunds=refunds, own=own, is_over=is_over)

    def _state_of_intent(self, intent: Json) -> ProviderState:
        own = _read(lambda: intent_claim(intent, "", self.merchant))
        state = text(intent, "status")
        refunds = self._refunds_of(text(intent, "id")) if state == "succeeded" else []
        is_over = state in {"succeeded", "canceled"}
        return self._state_of(refunds=refunds, own=own, is_over=is_over)

    def _refunds_of(self, intent: str) -> list[Json]:
        query = {"payment_intent": intent, "limit": str(REFUNDS_MAX)}
        found = self._api.read("/v1/refunds", query)
        return _read(lambda: parts(found, "data"))

    def _state_of(
        self, *, refunds: list[Json], own: Claim | None, is_over: bool = True
    ) -> ProviderState:
        told = _read(lambda: [refund_claim(refund, "", self.merchant) for refund in refunds])
        claims = tuple(claim for claim in (own, *told) if claim)
        pending = any(text(refund, "status") not in _SETTLED for refund in refunds)
        return ProviderState(claims=claims, is_final=is_over and not pending)


def checkout_form(request: PaymentRequest) -> dict[str, str]:
    """A Checkout Session for one sum under our title: no goods, no name, no mail address."""
    minor, currency = in_units(request.amount)
    ours = {"payment_id": str(request.key), "order_number": request.order_number}
    item = "line_items[0]"
    return {
        "mode": "payment",
        "client_reference_id": str(request.key),
        "success_url": request.return_url,
        "cancel_url": request.cancel_url,
        "locale": request.locale,
        f"{item}[quantity]": "1",
        f"{item}[price_data][currency]": currency,
        f"{item}[price_data][unit_amount]": minor,
        f"{item}[price_data][product_data][name]": request.title,
        **{f"metadata[{name}]": value for name, value in ours.items()},
        **{f"payment_intent_data[metadata][{name}]": value for name, value in ours.items()},
        **({_PROOF: "any"} if request.proof else {}),
    }


def _read(reader: Callable[[], T]) -> T:
    """An answer that cannot be read leaves the outcome open."""
    try:
        return reader()
    except (Unreadable, ValueError) as error:
        raise OutcomeUnknown from error
