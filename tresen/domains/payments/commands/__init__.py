"""Writes. Keywords only, inside the caller's transaction."""

from tresen.domains.payments.commands.claims import (
    NotAsShown,
    Outcome,
    mark_reviewed,
    note_event,
    record_claim,
)
from tresen.domains.payments.commands.ledger import post_sale, post_sale_reversal
from tresen.domains.payments.commands.notices import (
    HeldNotice,
    clear_notice,
    give_notice,
    hold_notice,
    note_failure,
    note_outcome,
    store_notice,
)
from tresen.domains.payments.commands.payments import (
    AlreadyPaid,
    PaymentGivenUp,
    begin_asking,
    note_reference,
    open_payment,
    stop_asking,
    take_to_ask,
)
from tresen.domains.payments.commands.refunds import RefundTooHigh, ask_refund, ask_refund_once

__all__ = [
    "AlreadyPaid",
    "HeldNotice",
    "NotAsShown",
    "Outcome",
    "PaymentGivenUp",
    "RefundTooHigh",
    "ask_refund",
    "ask_refund_once",
    "begin_asking",
    "clear_notice",
    "give_notice",
    "hold_notice",
    "mark_reviewed",
    "note_event",
    "note_failure",
    "note_outcome",
    "note_reference",
    "open_payment",
    "post_sale",
    "post_sale_reversal",
    "record_claim",
    "stop_asking",
    "store_notice",
    "take_to_ask",
]
