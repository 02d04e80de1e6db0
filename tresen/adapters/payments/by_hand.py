"""Ways to pay that no machine answers for: a person says when the money is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tresen.domains.payments.ports import (
    BadNotice,
    Notice,
    PaymentRequest,
    ProviderState,
    Started,
    TransferInstructions,
)
from tresen.foundation.money import Money


class ByHand:
    """Nothing can be asked, captured or refunded by wire: every answer is «not known yet»."""

    merchant = "house"
    redirects = False
    answers = False

    def start(self, *, request: PaymentRequest) -> Started:
        return Started(reference=str(request.key))

    def instructions(self, *, request: PaymentRequest) -> TransferInstructions | None:  # noqa: ARG002
        return None

    def fetch(self, *, key: UUID, reference: str) -> ProviderState:  # noqa: ARG002
        return ProviderState(claims=(), is_final=False)

    def capture(self, *, key: UUID, reference: str, amount: Money) -> ProviderState:  # noqa: ARG002
        return ProviderState(claims=(), is_final=False)

    def cancel(self, *, key: UUID, reference: str) -> ProviderState:  # noqa: ARG002
        return ProviderState(claims=(), is_final=True)

    def refund(
        self,
        *,
        refund_key: UUID,  # noqa: ARG002
        key: UUID,  # noqa: ARG002
        reference: str,  # noqa: ARG002
        amount: Money,  # noqa: ARG002
    ) -> ProviderState:
        return ProviderState(claims=(), is_final=False)

    def verify_notice(
        self,
        *,
        headers: Mapping[str, str],  # noqa: ARG002
        body: bytes,  # noqa: ARG002
        now: datetime,  # noqa: ARG002
    ) -> Notice:
        raise BadNotice

    def read_notice(self, *, body: str) -> Notice:  # noqa: ARG002
        raise BadNotice
