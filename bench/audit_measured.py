"""Measures the audit in the running process."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tresen.domains.security.commands import seal_deeds
from tresen.domains.security.queries.deeds import Scope, list_affected
from tresen.domains.security.queries.verification import verify_chain
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record, record_read

DEEDS, READS, PEOPLE = 5_000, 1_000, 50
WIEBKE = Actor("staff", UUID(int=7), session="bench")


def measure() -> dict[str, float]:
    """Milliseconds each, wall clock and CPU of this process; then seconds for all of it."""
    now = clock.now()
    with transaction.atomic():
        wall, cpu = _each(lambda at: record(_deed(at), now=now), DEEDS)
    with transaction.atomic():
        read_wall, read_cpu = _each(lambda _at: _read(now), READS)
    begun = time.perf_counter()
    sealed = seal_deeds(now=now)
    sealing = time.perf_counter() - begun
    begun = time.perf_counter()
    assert verify_chain().is_sound
    examining = time.perf_counter() - begun
    begun = time.perf_counter()
    people = len(list_affected(Scope(session="bench")))
    asking = time.perf_counter() - begun
    return {
        "deed_ms": wall,
        "deed_cpu_ms": cpu,
        "page_of_50_people_ms": read_wall,
        "page_of_50_people_cpu_ms": read_cpu,
        "deeds_sealed_per_second": sealed / sealing,
        "deeds_examined_per_second": sealed / examining,
        "affected_people": float(people),
        "affected_seconds": asking,
    }


def _each(act: Callable[[int], object], count: int) -> tuple[float, float]:
    begun, cpu = time.perf_counter(), time.process_time()
    for at in range(count):
        act(at)
    return (
        (time.perf_counter() - begun) / count * 1_000,
        (time.process_time() - cpu) / count * 1_000,
    )


def _deed(at: int) -> Deed:
    return Deed(
        action="order.refund",
        actor=WIEBKE,
        object_kind="order",
        object_id=str(at),
        persons=(uuid4(),),
        before={"refunded": 0},
        after={"refunded": at},
    )


def _read(now: datetime) -> None:
    people = [uuid4() for _ in range(PEOPLE)]
    record_read(action="orders.list", actor=WIEBKE, persons=people, fields=("name",), now=now)
