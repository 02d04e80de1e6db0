"""Facts of this domain."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReceived(Event):
    """A person asked for something about their data, and it may be carried out."""

    request_id: str
    kind: str
