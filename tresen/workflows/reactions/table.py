"""Who listens to what. The only place where a fact meets its listeners.

A listener is a plain function, or one in the manner Together or Outside (see manners).
"""

from __future__ import annotations

from tresen.domains.fulfilment.events import ParcelPacked
from tresen.domains.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderShipped
from tresen.domains.payments.events import PaymentRefunded
from tresen.foundation.journal.events import Event
from tresen.workflows.reactions import (
    order_cancelled,
    order_paid,
    order_placed,
    order_shipped,
    payment_refunded,
)
from tresen.workflows.reactions.manners import Listener, Together

LISTENERS: dict[type[Event], tuple[Listener, ...]] = {
    OrderPlaced: (Together(order_placed.confirm_by_mail),),
    OrderPaid: (order_paid.thank_by_mail,),
    OrderShipped: (order_shipped.announce_by_mail,),
    OrderCancelled: (order_cancelled.confirm_by_mail,),
    PaymentRefunded: (payment_refunded.tell_by_mail,),
}

UNHEARD: set[type[Event]] = {ParcelPacked}
"""Facts that nobody hears yet; they are kept in the journal all the same."""
