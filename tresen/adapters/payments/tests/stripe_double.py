"""A stand-in for Stripe's Checkout with a truth of its own, reached through our own HTTP client.

It keeps idempotency keys as Stripe says it does (same key and request: same answer; another
request: 400) and bounds refunds. What it answers is checked against Stripe's specification by a
test of its own; intents are tested against localstripe, which nobody of us wrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qsl

import httpx

HOST = "http://stripe.test"
CREATED = 1_795_262_400
Json = dict[str, object]


class StripeDouble(httpx.BaseTransport):
    """`fail_next` makes the next call end so: a response, or an exception after it was done."""

    def __init__(self) -> None:
        self.sessions: dict[str, Json] = {}
        self.refunds: dict[str, Json] = {}
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.headers: list[httpx.Headers] = []
        self.fail_next: httpx.Response | Exception | None = None
        self._known: dict[str, tuple[bytes, httpx.Response]] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        self.headers.append(request.headers)
        failure, self.fail_next = self.fail_next, None
        if isinstance(failure, httpx.Response):
            return failure
        answer = self._once(request, body)
        if failure is not None:
            raise failure
        return answer

    def pay(self, session_id: str, *, minor: int | None = None) -> None:
        """The customer pays on Stripe's page."""
        session = self.sessions[session_id]
        total = session["amount_total"] if minor is None else minor
        session.update(
            status="complete",
            payment_status="paid",
            amount_total=total,
            payment_intent=f"pi_{session_id}",
        )

    def _once(self, request: httpx.Request, body: bytes) -> httpx.Response:
        key = request.headers.get("idempotency-key")
        if key is None:
            return self._answer(request, body)
        known = self._known.get(key)
        if known is None:
            answer = self._answer(request, body)
            self._known[key] = (body, answer)
            return answer
        return _again(known[1]) if known[0] == body else _refused("idempotency_error")

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        form = dict(parse_qsl(body.decode()))
        path = request.url.path
        if request.method == "POST":
            self.forms.append((path, form))
        routes: dict[tuple[str, str], Callable[[], httpx.Response]] = {
            ("POST", "/v1/checkout/sessions"): lambda: self._open(form),
            ("POST", "/v1/refunds"): lambda: self._refund(form),
            ("GET", "/v1/refunds"): lambda: self._list(request.url.params["payment_intent"]),
        }
        route = routes.get((request.method, path))
        return route() if route else self._session(request.method, path)

    def _open(self, form: dict[str, str]) -> httpx.Response:
        session_id = f"cs_test_{len(self.sessions) + 1}"
        item = "line_items[0]"
        self.sessions[session_id] = session = checkout_session(
            id=session_id,
            amount_total=int(form[f"{item}[price_data][unit_amount]"]),
            amount_subtotal=int(form[f"{item}[price_data][unit_amount]"]),
            currency=form[f"{item}[price_data][currency]"],
            client_reference_id=form["client_reference_id"],
            success_url=form["success_url"],
            cancel_url=form["cancel_url"],
            locale=form["locale"],
            url=f"https://checkout.stripe.com/c/pay/{session_id}",
            metadata={
                name.removeprefix("metadata[").rstrip("]"): value
                for name, value in form.items()
                if name.startswith("metadata[")
            },
        )
        return _json(session)

    def _session(self, method: str, path: str) -> httpx.Response:
        session_id, _, verb = path.removeprefix("/v1/checkout/sessions/").partition("/")
        session = self.sessions.get(session_id)
        if session is None:
            return _refused("resource_missing", status=404)
        if method == "POST" and verb == "expire":
            if session["status"] != "open":
                return _refused("session_not_open")
            session["status"] = "expired"
        return _json(session)

    def _refund(self, form: dict[str, str]) -> httpx.Response:
        intent, amount = form["payment_intent"], int(form["amount"])
        session = next(s for s in self.sessions.values() if s["payment_intent"] == intent)
        given = sum(int(str(r["amount"])) for r in self._refunds_of(intent))
        if amount > int(str(session["amount_total"])) - given:
            return _refused("charge_already_refunded")
        refund_id = f"re_{len(self.refunds) + 1}"
        self.refunds[refund_id] = refund = refund_of(
            id=refund_id,
            amount=amount,
            currency=session["currency"],
            payment_intent=intent,
            metadata={
                "refund_id": form["metadata[refund_id]"],
                "payment_id": form["metadata[payment_id]"],
            },
        )
        return _json(refund)

    def _list(self, intent: str) -> httpx.Response:
        found = self._refunds_of(intent)
        return _json({"object": "list", "data": found, "has_more": False, "url": "/v1/refunds"})

    def _refunds_of(self, intent: str) -> list[Json]:
        return [refund for refund in self.refunds.values() if refund["payment_intent"] == intent]


def checkout_session(**changes: object) -> Json:
    """A Checkout Session with every field that Stripe requires."""
    return {
        "id": "cs_test_1",
        "object": "checkout.session",
        "amount_subtotal": 5000,
        "amount_total": 5000,
        "automatic_tax": {"enabled": False, "status": None},
        "cancel_url": "https://shop.example/back",
        "client_reference_id": None,
        "created": CREATED,
        "currency": "eur",
        "custom_fields": [],
        "custom_text": {"shipping_address": None, "submit": None},
        "expires_at": CREATED + 86_400,
        "livemode": False,
        "locale": "de",
        "metadata": {},
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "success_url": "https://shop.example/back",
        "url": "https://checkout.stripe.com/c/pay/cs_test_1",
    } | changes


def refund_of(**changes: object) -> Json:
    """A refund with every field that Stripe requires."""
    return {
        "id": "re_1",
        "object": "refund",
        "amount": 5000,
        "charge": "ch_1",
        "created": CREATED,
        "currency": "eur",
        "metadata": {},
        "payment_intent": "pi_1",
        "status": "succeeded",
    } | changes


def event_of(kind: str, thing: Json, **changes: object) -> Json:
    """An event as Stripe sends it."""
    return {
        "id": "evt_1",
        "object": "event",
        "api_version": "2024-06-20",
        "created": CREATED,
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 1,
        "request": None,
        "type": kind,
    } | changes


def _json(body: Json) -> httpx.Response:
    return httpx.Response(200, content=json.dumps(body).encode())


def _again(answer: httpx.Response) -> httpx.Response:
    return httpx.Response(answer.status_code, content=answer.content)


def _refused(code: str, *, status: int = 400) -> httpx.Response:
    body = {"error": {"type": "invalid_request_error", "code": code, "message": "no"}}
    return httpx.Response(status, content=json.dumps(body).encode())
