"""The demo card's payment page and its messenger, as far as the shop lends them a hand."""

from __future__ import annotations

from datetime import datetime

from tresen.domains.payments.ports import (
    DemoCharge,
    DemoScenario,
    OutcomeUnknown,
    ProviderRefused,
    demo_desks,
)
from tresen.workflows.buying.settle_payment import receive_notice, settle_or_keep

DESK = "demo_card"
DELIVERIES_MAX = 50


def find_demo_charge(reference: str) -> DemoCharge | None:
    """The charge of a payment page, or None (also where demo payments are switched off)."""
    if DESK not in demo_desks.names():
        return None
    return demo_desks.take(DESK).find(reference=reference)


def demo_card_numbers() -> list[tuple[str, DemoScenario]]:
    """Numbers to offer, and what each does; none where demo payments are switched off."""
    if DESK not in demo_desks.names():
        return []
    return list(demo_desks.take(DESK).numbers())


def pay_by_demo_card(*, reference: str, card_number: str, now: datetime) -> DemoCharge:
    """The customer pays; notices that are due are delivered. Raises ProviderRefused.

    Without an answer the customer goes back to the shop, which asks later.
    """
    desk = demo_desks.take(DESK)
    try:
        charge = desk.pay(reference=reference, card_number=card_number, now=now)
    except OutcomeUnknown:
        found = desk.find(reference=reference)
        assert found is not None
        return found
    except ProviderRefused:
        deliver_demo_notices(now=now)
        raise
    deliver_demo_notices(now=now)
    return charge


def leave_demo_card(*, reference: str, now: datetime) -> DemoCharge:
    """The customer goes back without paying. Raises ProviderRefused for an unknown charge."""
    charge = demo_desks.take(DESK).give_up(reference=reference, now=now)
    deliver_demo_notices(now=now)
    return charge


def deliver_demo_notices(*, now: datetime, limit: int = DELIVERIES_MAX) -> int:
    """Bring the demo provider's due messages to the same door as any other; says how many."""
    if DESK not in demo_desks.names():
        return 0
    notices = demo_desks.take(DESK).due_notices(now=now, limit=limit)
    received = [
        receive_notice(provider=DESK, headers=raw.headers, body=raw.body, now=now)
        for raw in notices
    ]
    for one in received:
        settle_or_keep(notice_id=one.notice_id, now=now)
    return len(notices)
