"""What ends with a request or job: open keys and what was seen with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tresen.foundation.vault.data_keys import forget_opened
from tresen.foundation.vault.traces import forget_traces


def close_vault() -> None:
    """Called by whoever ends a request, a job, or a verb of the command line."""
    forget_opened()
    forget_traces()


@contextmanager
def opened_vault() -> Iterator[None]:
    """Keys that are opened inside are forgotten at its end."""
    try:
        yield
    finally:
        close_vault()
