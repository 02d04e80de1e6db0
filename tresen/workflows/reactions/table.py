"""Who listens to what. The only place where a fact meets its listeners.

A listener is a plain function, or one in the manner Together or Outside (see manners).
"""

from __future__ import annotations

from tresen.domains.accounts.events import CredentialsChanged, ProofAskedFor
from tresen.domains.catalog.events import CategoryChanged, ProductChanged, ProductsImported
from tresen.domains.fulfilment.events import ParcelPacked
from tresen.domains.inventory.events import StockChanged
from tresen.domains.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderShipped
from tresen.domains.payments.events import (
    PaymentCaptured,
    PaymentFailed,
    PaymentQuarantined,
    PaymentRefunded,
    RefundFailed,
    RefundRequested,
)
from tresen.domains.pricing.events import PricesChanged
from tresen.domains.privacy.events import RequestReceived
from tresen.foundation.journal.events import Event
from tresen.workflows.reactions import (
    credentials_changed,
    order_cancelled,
    order_paid,
    order_placed,
    order_shipped,
    payment_refunded,
    payment_risk,
    prices_changed,
    product_changed,
    proof_asked_for,
    refund_requested,
    request_received,
    stock_changed,
)
from tresen.workflows.reactions.manners import Listener, Outside, Together

LISTENERS: dict[type[Event], tuple[Listener, ...]] = {
    OrderPlaced: (Together(order_placed.confirm_by_mail), Together(order_placed.weigh_risk)),
    OrderPaid: (order_paid.thank_by_mail,),
    OrderShipped: (order_shipped.announce_by_mail,),
    OrderCancelled: (
        order_cancelled.confirm_by_mail,
        Outside(order_cancelled.give_up_open_payments),
        payment_risk.end_open_review,
    ),
    RequestReceived: (request_received.carry_out,),
    PaymentFailed: (payment_risk.note_failure,),
    PaymentCaptured: (payment_risk.note_capture,),
    PaymentQuarantined: (payment_risk.note_dispute,),
    RefundRequested: (Outside(refund_requested.send_to_provider),),
    PaymentRefunded: (payment_refunded.tell_by_mail,),
    ProductChanged: (Together(product_changed.refresh_lists),),
    ProductsImported: (product_changed.refresh_imported,),
    CategoryChanged: (Outside(product_changed.refresh_shelf),),
    PricesChanged: (prices_changed.refresh_prices,),
    StockChanged: (Together(stock_changed.refresh_stock_shown),),
    ProofAskedFor: (proof_asked_for.write_what_fits,),
    CredentialsChanged: (credentials_changed.ask_was_this_you,),
}

UNHEARD: set[type[Event]] = {
    ParcelPacked,
    RefundFailed,
}
"""Facts that nobody hears yet; they are kept in the journal all the same."""
