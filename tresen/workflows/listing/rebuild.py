"""Build a channel's lists anew beside those that are read, then switch in one step.

Batches of a rebuild and refreshes take turns by the channel's lock, and a refresh writes into the
space that is being built, too: nothing that happens meanwhile is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from tresen.domains.catalog.queries import count_products, list_product_ids
from tresen.domains.discovery.commands import (
    leave_spaces,
    open_space,
    sweep_space,
    switch_space,
)
from tresen.domains.discovery.queries import (
    list_left_spaces,
    list_spaces,
    most_demanded,
)
from tresen.domains.stores.queries import list_channels
from tresen.domains.stores.types import ChannelRow
from tresen.workflows.listing.project import BATCH, boards_of, forget_labels, project

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]
"""Told how many products were looked at, of how many."""

SWEEPS_MAX: Final = 10_000
BUILDERS: Final = 2
MOST_DEMANDED_MAX: Final = 20_000
"""So many best-selling products are written first: rows then lie about as they sell."""


def rebuild(
    *, channel: ChannelRow, clock: Clock, progress: Progress = lambda _done, _all: None
) -> int:
    """All languages of the channel at once. Says how many products are shown.

    Interrupted, it leaves what is read as it was; the next one starts afresh.
    """
    forget_labels()
    spaces = [
        open_space(
            channel_code=channel.code,
            locale=locale,
            market=channel.market.code,
            currency=channel.market.currency,
            now=clock(),
        )
        for locale in channel.market.locales
    ]
    boards, total = boards_of(spaces), count_products()[0]
    shown, done = 0, 0
    work = partial(project, channel=channel, boards=boards, among_others=True)
    for size, found in _done(work, clock):
        shown, done = shown + found, min(done + size, total)
        progress(done, total)
    for space in spaces:
        switch_space(space=space, now=clock())
    progress(total, total)
    return shown


def rebuild_missing(*, clock: Clock) -> int:
    """Channels and languages that have no lists yet get some; says how many channels were built."""
    built = 0
    current = {(s.channel_code, s.locale) for s in list_spaces() if s.is_current}
    for channel in list_channels():
        wanted = {(channel.code, locale) for locale in channel.market.locales}
        if channel.is_open and not wanted <= current:
            rebuild(channel=channel, clock=clock)
            built += 1
    return built


def leave_closed(*, now: datetime) -> None:
    """Lists of channels that are closed, and of languages that a market no longer speaks, go."""
    speaks = {c.code: c.market.locales for c in list_channels() if c.is_open}
    for space in list_spaces():
        if space.locale not in speaks.get(space.channel_code, ()):
            leave_spaces(channel_code=space.channel_code, locales=[space.locale], now=now)


def sweep(*, now: datetime) -> int:
    """Remove the rows of spaces that nobody reads any more, in short transactions."""
    sweeps = 0
    for space_id in list_left_spaces(now=now):
        while sweep_space(space_id):
            sweeps += 1
            if sweeps >= SWEEPS_MAX:
                return sweeps
    return sweeps


def _done(work: Callable[..., int], clock: Clock) -> Iterator[tuple[int, int]]:
    """Batch after batch, its size and how many are shown of it.

    Two at a time, each on its own connection: while the database writes one, the next one is
    described. Inside a transaction of the caller's, one after the other.
    """
    if transaction.get_connection().in_atomic_block:
        yield from ((len(batch), work(batch, now=clock())) for batch in _batches())
        return
    with ThreadPoolExecutor(BUILDERS) as builders:
        running: deque[tuple[int, Future[int]]] = deque()
        for batch in _batches():
            running.append((len(batch), builders.submit(_alone, work, batch, clock())))
            if len(running) > BUILDERS:
                size, future = running.popleft()
                yield size, future.result()
        yield from ((size, future.result()) for size, future in running)


def _alone(work: Callable[..., int], batch: Sequence[UUID], now: datetime) -> int:
    """In a thread: its connection goes back afterwards."""
    try:
        return work(batch, now=now)
    finally:
        connection.close()


def _batches() -> Iterator[Sequence[UUID]]:
    best = most_demanded(limit=MOST_DEMANDED_MAX)
    yield from (best[start : start + BATCH] for start in range(0, len(best), BATCH))
    done, after = frozenset(best), None
    while True:
        found = list_product_ids(after=after, limit=BATCH)
        rest = [product_id for product_id in found if product_id not in done]
        if rest:
            yield rest
        if len(found) < BATCH:
            return
        after = found[-1]
