"""The customer pays: the provider is told, outside any transaction, and says where to go."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderRow, OrderState
from tresen.domains.payments.commands import (
    AlreadyPaid,
    PaymentGivenUp,
    begin_asking,
    note_event,
    note_reference,
    open_payment,
)
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    PaymentProvider,
    PaymentRequest,
    ProviderRefused,
    ProviderUnreachable,
    Started,
    TransferInstructions,
    providers,
)
from tresen.domains.payments.queries import NoSuchPayment, find_last_payment_of, get_payment
from tresen.domains.payments.rules import creditor_reference
from tresen.domains.payments.types import EventKind, Payee, PaymentRow, PaymentState
from tresen.domains.risk.queries import find_assessment, sightings_of
from tresen.domains.risk.rules import asks_for_proof
from tresen.domains.stores.queries import list_stores
from tresen.domains.stores.types import StoreRow
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.foundation.disclosures.about import about
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.settle_payment import tell_order

_SVG = "data:image/svg+xml;base64,"


class PaymentUnclear(Refusal):
    """The provider gave no answer: it has to be asked before anything is tried again."""

    code = "payment_unclear"
    status = 503
    message = "The payment service has not answered yet. We are asking it; please try again soon."


class ProviderDown(Refusal):
    """The provider cannot be reached; nothing was charged."""

    code = "provider_down"
    status = 503
    message = "The payment service cannot be reached. Nothing was charged; please try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentView:
    """What a page shows of an order's payment. `qr_url` is a picture to scan, or empty."""

    is_open: bool
    state: PaymentState | None
    redirects: bool
    transfer: TransferInstructions | None
    qr_url: str


def payment_view(order: OrderRow) -> PaymentView:
    """What is left to pay and how; no effect, no network."""
    payment = find_last_payment_of(order.id)
    is_open = (
        payment is not None
        and payment.owed.minor > 0
        and order.state is not OrderState.CANCELLED
        and payment.method in providers.names()
    )
    if payment is None or not is_open:
        state = payment.state if payment else None
        return PaymentView(is_open=False, state=state, redirects=False, transfer=None, qr_url="")
    provider = providers.take(payment.method)
    transfer = provider.instructions(request=_request(payment, order))
    svg = transfer.qr_svg if transfer else ""
    return PaymentView(
        is_open=True,
        state=payment.state,
        redirects=provider.redirects,
        transfer=transfer,
        qr_url=_SVG + base64.b64encode(svg.encode()).decode() if svg else "",
    )


def start_payment(*, order_id: UUID, return_url: str, cancel_url: str, now: datetime) -> str | None:
    """Open the payment at its provider; returns where the customer goes, or None.

    Safe to repeat: the payment's id is the provider's idempotency key, and what was begun is
    gone on with. A payment that was given up is opened anew. URLs are absolute.
    Raises NoSuchOrder, NoSuchPayment, AlreadyPaid, PaymentGivenUp, PaymentUnclear,
    ProviderDown, ProviderRefused.
    """
    order = get_order(order_id)
    payment = _payment_to_start(order, now=now)
    provider = providers.take(payment.method)
    note_event(
        payment_id=payment.id,
        kind=EventKind.REQUESTED,
        event_id=f"requested:{payment.id}:{now.isoformat()}",
        now=now,
        actor=GUEST,
    )
    if provider.answers:
        begin_asking(payment_id=payment.id, now=now)
    request = _request(
        payment,
        order,
        return_url=return_url,
        cancel_url=cancel_url,
        proof=provider.redirects and _wants_proof(order),
    )
    with about(order.person_id):
        started = _start(provider, payment, request, now=now)
    note_reference(payment_id=payment.id, reference=started.reference)
    if provider.answers:
        begin_asking(payment_id=payment.id, now=now)
    return started.redirect_url


def _payment_to_start(order: OrderRow, *, now: datetime) -> PaymentRow:
    payment = find_last_payment_of(order.id)
    if payment is None:
        raise NoSuchPayment
    if payment.owed.minor == 0:
        raise AlreadyPaid(field="payment")
    if order.state is OrderState.CANCELLED:
        raise PaymentGivenUp(field="payment")
    if payment.state is not PaymentState.CANCELLED:
        return payment
    payment_id = open_payment(
        order_id=order.id,
        method=payment.method,
        amount=payment.amount,
        order_number=order.number,
        now=now,
    )
    return get_payment(payment_id)


def _start(
    provider: PaymentProvider, payment: PaymentRow, request: PaymentRequest, *, now: datetime
) -> Started:
    try:
        return provider.start(request=request)
    except OutcomeUnknown as error:
        _note(payment, EventKind.UNKNOWN, now=now)
        raise PaymentUnclear(field="payment") from error
    except ProviderUnreachable as error:
        _note(payment, EventKind.FAILED, now=now, detail="unreachable")
        raise ProviderDown(field="payment") from error
    except ProviderRefused:
        _note(payment, EventKind.FAILED, now=now, detail="refused")
        raise


def _note(payment: PaymentRow, kind: EventKind, *, now: datetime, detail: str = "") -> None:
    note_event(
        payment_id=payment.id,
        kind=kind,
        event_id=f"{kind}:{payment.id}:{now.isoformat()}",
        now=now,
        detail=detail,
    )
    tell_order(order_id=payment.order_id, now=now, actor=SYSTEM)


def _wants_proof(order: OrderRow) -> bool:
    """What was said of the order; before that, what was said of its cart."""
    assessed = find_assessment(order.id)
    if assessed is not None:
        return asks_for_proof(assessed.outcome)
    cart_id = order.cart_id
    seen = sightings_of([cart_id]).get(cart_id) if cart_id else None
    return seen is not None and asks_for_proof(seen.outcome)


def _request(
    payment: PaymentRow,
    order: OrderRow,
    *,
    return_url: str = "",
    cancel_url: str = "",
    proof: bool = False,
) -> PaymentRequest:
    store = _store_of(order)
    return PaymentRequest(
        key=payment.id,
        order_number=payment.order_number,
        creditor_reference=creditor_reference(payment.order_number),
        amount=payment.owed,
        title=f"{store.name} · {payment.order_number}",
        locale=order.locale,
        return_url=return_url,
        cancel_url=cancel_url,
        payee=Payee(
            holder=store.account_holder or store.legal_name, iban=store.iban, bic=store.bic
        ),
        proof=proof,
    )


def _store_of(order: OrderRow) -> StoreRow:
    return next(store for store in list_stores() if store.code == order.store_code)
