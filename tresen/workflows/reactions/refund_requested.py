"""What happens after RefundRequested."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.payments.events import RefundRequested
from tresen.workflows.buying.refund_payment import send_refund


def send_to_provider(event: RefundRequested, key: str) -> None:  # noqa: ARG001
    """The refund's own id is the provider's key, so that hearing this twice refunds once."""
    send_refund(refund_id=UUID(event.refund_id), now=event.happened_at)
