"""A real worker for the drills, in a process of its own: quick to notice deaths, easy to kill.

Its orders are in the environment: DRILL_DATABASE, DRILL_FOLDER, and DRILL_CUT with the place where
it kills itself, once: «effect» between a listener's effect and its end, «mark» as the control
where the mark is not in the listener's transaction, «letter» between the talk and its mark.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings

FOLDER = Path(os.environ["DRILL_FOLDER"])
CUT = os.environ.get("DRILL_CUT", "")


def main() -> int:
    settings.DATABASES["default"]["NAME"] = os.environ["DRILL_DATABASE"]
    django.setup()
    _hurry()
    _listen()
    _carry()
    from tresen.entrypoints.schedule.worker import work  # noqa: PLC0415 (after Django's setup)

    (FOLDER / "started").touch()
    return asyncio.run(work())


def cut(place: str) -> None:
    """Die here, the first time."""
    if place != CUT:
        return
    marker = FOLDER / f"cut-{place}"
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _hurry() -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415
    from procrastinate.periodic import PeriodicTask  # noqa: PLC0415

    from tresen.entrypoints.schedule import jobs, worker  # noqa: PLC0415

    jobs.STALLED_SECONDS = 2.0
    worker.HEARTBEAT_SECONDS = 0.5
    tasks = app.periodic_registry.periodic_tasks
    (key,) = [key for key in tasks if key[0] == "rescue_stalled_jobs"]
    tasks[key] = PeriodicTask(
        task=tasks[key].task, cron="* * * * * *", periodic_id=key[1], configure_kwargs={}
    )


def _listen() -> None:
    from tresen.workflows.reactions import deliver  # noqa: PLC0415
    from tresen.workflows.reactions.table import LISTENERS  # noqa: PLC0415
    from tresen.workflows.reactions.tests.make import LampLit  # noqa: PLC0415
    from tresen.workflows.reactions.tests.test_deliver import note  # noqa: PLC0415

    def glow(event: LampLit) -> None:
        (FOLDER / "glowing").touch()
        if event.lamp == "slow":
            time.sleep(2)
        note(event.lamp)
        cut("effect")

    for kind in list(LISTENERS):
        del LISTENERS[kind]
    LISTENERS[LampLit] = (glow,)
    if CUT == "mark":
        deliver._tell = _careless(glow)


def _careless(glow: Callable[[Any], None]) -> Callable[..., int]:
    """The protection taken away: the effect is kept first, the mark set afterwards."""
    from tresen.foundation.journal.deliveries import Waiting, mark_heard  # noqa: PLC0415
    from tresen.workflows.reactions.deliver import _event  # noqa: PLC0415

    def tell(delivery: Waiting, clock: Callable[[], datetime]) -> int:
        glow(_event(delivery)[0])
        cut("mark")
        return len(mark_heard([delivery.id], now=clock()))

    return tell


def _carry() -> None:
    from tresen.domains.conversations.ports import CARRIERS, MAIL  # noqa: PLC0415
    from tresen.domains.conversations.types import Letter  # noqa: PLC0415

    class Book:
        """Writes down what it took, like a mail server would."""

        def carry(self, letter: Letter) -> None:
            with (FOLDER / "mail").open("a") as book:
                book.write(f"{letter.message_id}\n")
            cut("letter")

    CARRIERS.put(MAIL, Book())


if __name__ == "__main__":
    sys.exit(main())
