"""The worker's loops: woken by a bell, never ended by a bad round, and stopped when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from tresen.entrypoints.schedule import loops
from tresen.entrypoints.schedule.loops import Loop, run

FULL = 3


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUICK_SECONDS", "BUSY_SECONDS", "TROUBLE_SECONDS_MAX"):
        monkeypatch.setattr(loops, name, 0.0)


def loop_of(work: Callable[[datetime], int], *, every_seconds: float = 3_600.0) -> Loop:
    return Loop(name="test", channel="test", every_seconds=every_seconds, full=FULL, work=work)


def rounds_of(yields: list[int | Exception], *, bells: int, every_seconds: float = 3_600.0) -> int:
    """How many rounds there were, when each ends as told and the bell was rung so often."""
    return asyncio.run(_drill(iter(yields), len(yields), bells, every_seconds))


async def _drill(
    yields: Iterator[int | Exception], wanted: int, bells: int, every_seconds: float
) -> int:
    here, stopping = asyncio.get_running_loop(), asyncio.Event()
    rounds: asyncio.Queue[datetime] = asyncio.Queue()

    def work(now: datetime) -> int:
        here.call_soon_threadsafe(rounds.put_nowait, now)
        result = next(yields, 0)
        if isinstance(result, Exception):
            raise result
        return result

    loop = loop_of(work, every_seconds=every_seconds)
    running = asyncio.create_task(run(loop, stopping))
    for number in range(wanted):
        await rounds.get()
        if number < bells:
            loop.bell.set()
    stopping.set()
    await running
    return wanted + rounds.qsize()


def test_a_bell_wakes_the_loop() -> None:
    assert rounds_of([0, 0, 0], bells=2) == 3


def test_a_full_round_is_followed_by_another_without_a_bell() -> None:
    assert rounds_of([FULL, FULL, 0], bells=0) == 3


def test_without_a_bell_it_looks_by_itself_after_a_while() -> None:
    assert rounds_of([0, 0, 0], bells=0, every_seconds=0.001) >= 3


def test_a_bad_round_does_not_end_the_loop() -> None:
    assert rounds_of([ValueError(), OSError(), 0], bells=0) == 3
