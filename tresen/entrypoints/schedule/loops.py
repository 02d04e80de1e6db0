"""Loops of the worker: each waits for its bell or for a while, then works until nothing is left.

The bells are NOTIFY channels, heard on one connection of their own. Rounds keep a distance that
grows with the load, so that a busy hour makes large batches and a quiet one makes quick ones.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
import structlog
from django.db import close_old_connections

from tresen.foundation import clock
from tresen.foundation.database.connections import AsyncDeadlineConnection
from tresen.foundation.vault.closing import close_vault

QUICK_SECONDS = 0.1
"""Rounds keep at least this distance …"""
BUSY_SECONDS = 0.5
"""… and this one when the last round had BUSY or more things to do."""
BUSY = 10
TROUBLE_SECONDS_MAX = 5.0
LISTEN_SECONDS = 10.0

log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Loop:
    """`work` is given the moment and says how much it did; `full` is a round's largest yield."""

    name: str
    channel: str
    every_seconds: float
    full: int
    work: Callable[[datetime], int]
    bell: asyncio.Event = field(default_factory=asyncio.Event)


async def run(loop: Loop, stopping: asyncio.Event) -> None:
    """Round after round until `stopping` is set; trouble is waited out."""
    trouble = 0
    while not stopping.is_set():
        begun = time.monotonic()
        loop.bell.clear()
        try:
            done = await asyncio.to_thread(_round, loop)
            trouble = 0
        except Exception as error:  # one bad round must not end the loop
            trouble += 1
            log.warning("loop_trouble", loop=loop.name, error=type(error).__name__)
            await _nap(min(2.0**trouble, TROUBLE_SECONDS_MAX), stopping)
            continue
        if done < loop.full:
            await _wait_for(loop.bell, stopping, seconds=loop.every_seconds)
            distance = BUSY_SECONDS if done >= BUSY else QUICK_SECONDS
            await _nap(begun + distance - time.monotonic(), stopping)


async def listen(
    loops: Iterable[Loop], *, parameters: Mapping[str, Any], stopping: asyncio.Event
) -> None:
    """Ring the bells; all of them after a lost connection: something may have been missed."""
    bells = {loop.channel: loop.bell for loop in loops}
    while not stopping.is_set():
        try:
            connection = await AsyncDeadlineConnection.connect(**parameters, autocommit=True)
            async with connection:
                for channel in bells:
                    await connection.execute(f"LISTEN {channel}".encode())
                for bell in bells.values():
                    bell.set()
                await _ring(connection, bells, stopping)
        except (psycopg.Error, OSError) as error:
            log.warning("listening_lost", error=type(error).__name__)
            await _nap(1.0, stopping)


async def _ring(
    connection: AsyncDeadlineConnection, bells: Mapping[str, asyncio.Event], stopping: asyncio.Event
) -> None:
    while not stopping.is_set():
        async for notice in connection.notifies(timeout=LISTEN_SECONDS):
            bells[notice.channel].set()
            if stopping.is_set():
                return
        await connection.execute("SELECT 1")


def _round(loop: Loop) -> int:
    try:
        return loop.work(clock.now())
    finally:
        close_vault()
        close_old_connections()


async def _wait_for(bell: asyncio.Event, stopping: asyncio.Event, *, seconds: float) -> None:
    waits = [asyncio.ensure_future(bell.wait()), asyncio.ensure_future(stopping.wait())]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


async def _nap(seconds: float, stopping: asyncio.Event) -> None:
    if seconds > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), seconds)
