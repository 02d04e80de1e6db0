"""The three manners of listening; the table says which one a listener has.

A plain function hears one event in one transaction together with its mark: its effect inside our
database happens exactly once. `Together` hears a batch of events in one transaction. `Outside`
calls somebody else's machine: it runs without a transaction and passes the key on, because it may
hear the same fact again after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Alone = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Together:
    """Hears all events of a batch at once; after a failure each one on its own."""

    hear: Callable[[Sequence[Any]], None]


@dataclass(frozen=True, slots=True)
class Outside:
    """Hears one event and an idempotency key for the provider it calls."""

    hear: Callable[[Any, str], None]


Listener = Alone | Together | Outside


def name_of(listener: Listener) -> str:
    """`order_placed.confirm_by_mail`: stored with each delivery, so it never changes."""
    hear = listener.hear if isinstance(listener, Together | Outside) else listener
    return f"{hear.__module__.rpartition('.')[2]}.{hear.__name__}"
