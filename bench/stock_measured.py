"""The measuring half of bench.stock: buyers in processes, each with a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from uuid import UUID

import django
from django.db import connection, transaction

from bench.common import TICKS, percentile
from tresen.domains.inventory.commands import (
    allocate_stock,
    hold_stock,
    open_location,
    receive_stock,
    spread_level,
)
from tresen.domains.inventory.queries import ask_availability, find_drift, stock_of
from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.types import LocationKind, Need, NewLocation
from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id

PLACE = "lager"
PROCESSES, THREADS = 2, 8
PIECES = 5_000
SECONDS = 12.0
LINES = 2
COMMANDS = 1_000


@dataclass
class Sales:
    """What one crowd did."""

    sold: int
    refused: int
    waits_ms: list[float]


def measure() -> dict[str, object]:
    open_location(location=NewLocation(code=PLACE, name="Lager", kind=LocationKind.WAREHOUSE))
    figures: dict[str, object] = {"cpu_per_command": _commands()}
    for name, work_ms in (("the_sale_alone", 0.0), ("with_5_ms_of_other_work", 5.0)):
        figures[name] = {
            f"{shards}_shards": _crowd_figures(shards=shards, work_ms=work_ms) for shards in (1, 16)
        }
    figures["sold_out"] = _crowd_figures(shards=16, work_ms=0.0, pieces=1)
    assert find_drift() == []
    return figures


def _crowd_figures(*, shards: int, work_ms: float, pieces: int = PIECES) -> dict[str, object]:
    variant_id = _stocked(pieces, shards=shards)
    buy = partial(_process, variant_id=variant_id, work_ms=work_ms)
    with _processes() as pool:
        list(pool.map(_warm_up, range(PROCESSES)))
        begun = time.perf_counter()
        crowds = list(pool.map(buy, range(PROCESSES)))
        seconds = time.perf_counter() - begun
    waits = [wait for crowd in crowds for wait in crowd.waits_ms]
    sold = sum(crowd.sold for crowd in crowds)
    (row,) = stock_of(variant_id)
    assert row.allocated == sold <= pieces
    return {
        "buyers_at_once": PROCESSES * THREADS,
        "pieces": pieces,
        "sold": sold,
        "answers_per_second": round(len(waits) / seconds),
        "sales_per_second": round(sold / seconds),
        "p50_ms": round(percentile(waits, 0.5), 1),
        "p99_ms": round(percentile(waits, 0.99), 1),
    }


def _processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), initializer=django.setup)


def _warm_up(_number: int) -> None:
    """A process of the crowd has started when it answers this; both are awake then."""
    time.sleep(0.5)


def _process(_number: int, *, variant_id: UUID, work_ms: float) -> Sales:
    done: list[Sales] = []
    until = time.perf_counter() + SECONDS
    threads = [
        Thread(
            target=lambda: done.append(_buy_until(until, variant_id=variant_id, work_ms=work_ms))
        )
        for _ in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Sales(
        sold=sum(each.sold for each in done),
        refused=sum(each.refused for each in done),
        waits_ms=[wait for each in done for wait in each.waits_ms],
    )


def _buy_until(until: float, *, variant_id: UUID, work_ms: float) -> Sales:
    sales = Sales(sold=0, refused=0, waits_ms=[])
    while time.perf_counter() < until and (sales.refused < 50 or sales.sold == 0):
        begun = time.perf_counter()
        try:
            _buy(variant_id, work_ms=work_ms)
            sales.sold += 1
        except OutOfStock:
            sales.refused += 1
        sales.waits_ms.append((time.perf_counter() - begun) * 1_000)
    connection.close()
    return sales


def _buy(variant_id: UUID, *, work_ms: float) -> None:
    with transaction.atomic():
        allocate_stock(
            order_id=new_id(),
            cart_id=None,
            needs=[Need(variant_id, 1)],
            locations=[PLACE],
            now=clock.now(),
        )
        if work_ms:
            sql.rows("SELECT pg_sleep(%s)", (work_ms / 1_000,))


def _stocked(pieces: int, *, shards: int) -> UUID:
    variant_id = new_id()
    with transaction.atomic():
        receive_stock(
            needs=[Need(variant_id, pieces)], location_code=PLACE, now=clock.now(), actor=SYSTEM
        )
    with transaction.atomic():
        spread_level(variant_id=variant_id, location_code=PLACE, shards=shards)
    return variant_id


def _commands() -> dict[str, object]:
    """CPU milliseconds of each command, two lines each: ours and the database's, commit aside."""
    variants = [_stocked(10 * COMMANDS, shards=1) for _ in range(LINES)]
    needs = [Need(variant_id, 1) for variant_id in variants]
    carts = [new_id() for _ in range(COMMANDS)]
    now = clock.now()
    until = now + timedelta(hours=1)

    def hold(cart_id: UUID) -> None:
        hold_stock(cart_id=cart_id, needs=needs, locations=[PLACE], until=until, now=now)

    def allocate(cart_id: UUID | None) -> None:
        allocate_stock(order_id=new_id(), cart_id=cart_id, needs=needs, locations=[PLACE], now=now)

    def availability(_cart_id: UUID) -> None:
        ask_availability(variants, locations=None).answer()

    def nothing(_cart_id: UUID) -> None:
        """The empty transaction that the others are compared with."""

    commands: dict[str, Callable[[UUID], None]] = {
        "empty_transaction": nothing,
        "hold": hold,
        "availability": availability,
        "allocate_held": allocate,
        "allocate_fresh": lambda _cart_id: allocate(None),
    }
    return {name: _cpu_of(command, carts) for name, command in commands.items()}


def _cpu_of(command: Callable[[UUID], None], carts: Sequence[UUID]) -> dict[str, float]:
    ((backend,),) = sql.rows("SELECT pg_backend_pid()")
    ours, theirs = time.process_time(), _backend_seconds(backend)
    for cart_id in carts:
        with transaction.atomic():
            command(cart_id)
    ours, theirs = time.process_time() - ours, _backend_seconds(backend) - theirs
    return {
        "python_ms": round(ours * 1_000 / len(carts), 3),
        "database_ms": round(theirs * 1_000 / len(carts), 3),
    }


def _backend_seconds(backend: object) -> float:
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
