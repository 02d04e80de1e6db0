"""What happens after RequestReceived: what needs no decision is done at once."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.privacy.events import RequestReceived
from tresen.domains.privacy.types.requests import EXPORTS, RequestKind
from tresen.workflows.trusting.copies import make_copy
from tresen.workflows.trusting.erase import erase


def carry_out(event: RequestReceived) -> None:
    """Copies are made and people are erased; everything else waits for somebody of the shop."""
    kind, request_id = RequestKind(event.kind), UUID(event.request_id)
    if kind in EXPORTS:
        make_copy(request_id=request_id, now=event.happened_at)
    elif kind is RequestKind.ERASURE:
        erase(request_id=request_id, now=event.happened_at)
