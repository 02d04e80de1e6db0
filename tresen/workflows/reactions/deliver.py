"""Tells deliveries to their listener: at least once, each on its own, oldest first.

The mark that a fact was heard lies in the listener's own transaction, so that its writes happen
exactly once. A failing delivery is put off alone with growing waits, then given up and shown.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from django.db import transaction

from tresen.foundation.journal import deliveries
from tresen.foundation.journal.deliveries import Waiting
from tresen.foundation.journal.events import Event, revive
from tresen.workflows.reactions.manners import Alone, Listener, Outside, Together, name_of
from tresen.workflows.reactions.relay import defer_hearing
from tresen.workflows.reactions.table import LISTENERS

WAIT_SECONDS = (5, 15, 45, 135, 405, 1_215, 3_600, 3_600, 3_600, 3_600)
"""How long after each failed try; as many tries as there are waits, then it is given up."""
TRIES_MAX = len(WAIT_SECONDS)
CUT_SHORT_MAX = 3
"""How many workers may die over one delivery before it is given up."""

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]
Stop = Callable[[], bool]


class NobodyListens(Exception):
    """No listener of that name hears that kind of fact. Remedy: see reactions.table."""


def hear(*, listener: str, delivery_ids: Sequence[int], clock: Clock, stop: Stop) -> int:
    """Tell the deliveries to the listener, and say how many were heard.

    When `stop` says so, what is left is handed to another job.
    """
    waiting = deliveries.waiting(delivery_ids)
    heard = _all_at_once(listener, waiting, clock()) if len(waiting) > 1 else 0
    if heard:
        return heard
    for place, delivery in enumerate(waiting):
        if stop():
            defer_hearing({listener: [left.id for left in waiting[place:]]})
            return heard
        heard += _tell(delivery, clock)
    return heard


@transaction.atomic
def hear_apart(*, listener: str, delivery_ids: Sequence[int], now: datetime) -> None:
    """After a worker died: what it had not heard is told apart, and the deadly one is found."""
    unheard = [delivery.id for delivery in deliveries.waiting(delivery_ids)]
    again = deliveries.note_cut_short(unheard, limit=CUT_SHORT_MAX, now=now)
    defer_hearing({listener: again}, size=1)


def _all_at_once(listener: str, waiting: Sequence[Waiting], now: datetime) -> int:
    """A batch in one transaction, for those who hear together; 0 when that failed."""
    try:
        ear = _ear(listener, kind=waiting[0].kind)[1]
        if not isinstance(ear, Together):
            return 0
        with transaction.atomic():
            ours = set(deliveries.mark_heard([delivery.id for delivery in waiting], now=now))
            events = [_event(delivery)[0] for delivery in waiting if delivery.id in ours]
            if events:
                ear.hear(events)
    except Exception as error:
        log.warning("batch_failed", listener=listener, error=_where(error))
        return 0
    return len(ours)


def _tell(delivery: Waiting, clock: Clock) -> int:
    try:
        event, ear = _event(delivery)
        if isinstance(ear, Outside):
            return _tell_outside(delivery, ear, event, clock)
        with transaction.atomic():
            if not deliveries.mark_heard([delivery.id], now=clock()):
                return 0
            _ask_to_hear(ear, event)
    except Exception as error:
        _put_off(delivery, error=_where(error), now=clock())
        return 0
    return 1


def _tell_outside(delivery: Waiting, ear: Outside, event: Event, clock: Clock) -> int:
    """No transaction stays open over a call to the world; the key makes hearing twice harmless."""
    assert not transaction.get_connection().in_atomic_block
    ear.hear(event, f"delivery-{delivery.id}")
    return len(deliveries.mark_heard([delivery.id], now=clock()))


def _ask_to_hear(ear: Together | Alone, event: Event) -> None:
    if isinstance(ear, Together):
        ear.hear([event])
    else:
        ear(event)


@transaction.atomic
def _put_off(delivery: Waiting, *, error: str, now: datetime) -> None:
    again_at = deliveries.note_failure(delivery.id, error=error, waits=WAIT_SECONDS, now=now)
    if again_at is not None:
        defer_hearing({delivery.listener: [delivery.id]}, due_at=again_at)
    log.warning(
        "listener_failed",
        listener=delivery.listener,
        delivery=delivery.id,
        error=error,
        again_at=again_at.isoformat() if again_at else "never",
    )


def _event(delivery: Waiting) -> tuple[Event, Listener]:
    kind, ear = _ear(delivery.listener, kind=delivery.kind)
    return revive(kind, body=delivery.body, happened_at=delivery.happened_at), ear


def _ear(listener: str, *, kind: str) -> tuple[type[Event], Listener]:
    for event, listeners in LISTENERS.items():
        if event.__name__ != kind:
            continue
        for ear in listeners:
            if name_of(ear) == listener:
                return event, ear
    raise NobodyListens(f"{listener} to {kind}")


def _where(error: BaseException) -> str:
    """Class and place, never the message: it may hold a value about a person."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
