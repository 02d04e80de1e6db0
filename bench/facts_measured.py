"""The measuring half of bench.facts."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.db import transaction

from bench.common import Cpu, cpu_of, percentile
from tresen.adapters.mail.letters.write import write
from tresen.domains.conversations.commands import claim_letter, queue_letters
from tresen.domains.conversations.ports import CARRIERS, MAIL
from tresen.domains.conversations.types import Letter, LetterKind
from tresen.domains.orders.queries import list_whole_orders
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.workflows.caring.order_letters import order_letter, whole_order, with_enclosures
from tresen.workflows.caring.tests import make

ORDERS = 600
A_SECOND = 40
SLOW_ORDERS = 40
SLOW_PAUSE_SECONDS = 0.4
QUIET_SECONDS = 10
START_SECONDS = 8
REFERENCE_ROUNDS = 1_000
STEPS = 50


def measure(folder: Path) -> dict[str, object]:
    """A shop with orders whose only fact is OrderPlaced, and one worker."""
    make.shop()
    reference = _reference()
    before = cpu_of(data=folder)
    _place(ORDERS, pause=1 / A_SECOND)
    placing = cpu_of(data=folder) - before
    start = _start_cost(folder)
    with _worker(folder):
        burst = _burst(folder, start=start)
        quiet = _quiet(folder)
        steady = _steady(folder, placing=placing)
        latencies = _slowly()
        steps = _steps()
    return {
        "reference_ms": reference,
        "steps_client_cpu_ms_best_of_five": steps,
        "worker_start_cpu_ms": round(start.total * 1000),
        "burst": burst,
        "quiet_worker_cpu_ms_per_second": quiet,
        "steady": steady,
        "low_load": latencies,
    }


def _steps() -> dict[str, float]:
    """The parts of one fact's way, each alone and at its best: least disturbed by neighbours."""
    orders = [UUID(order_id) for order_id, _ in _place(STEPS, pause=0)]
    _wait_until_sent(2 * ORDERS + SLOW_ORDERS + STEPS)
    (order,) = list_whole_orders(orders[:1])
    new = order_letter(order, kind=LetterKind.ORDER_PLACED, key="bench", more=whole_order(order))
    letter = with_enclosures(
        Letter(
            id=new_id(),
            kind=new.kind,
            locale=new.locale,
            recipient=new.recipient,
            payload=json.loads(json.dumps(new.payload)),
            message_id="<bench@shop.example>",
            tries=1,
            queued_at=order.placed_at,
        )
    )
    carrier = CARRIERS.take(MAIL)
    return {
        "read_order": _best(lambda: list_whole_orders(orders)) / STEPS,
        "queue_letter": _best(lambda: queue_letters(letters=[new] * STEPS, now=order.placed_at))
        / STEPS,
        "claim_and_mark": _best(lambda: claim_letter(now=order.placed_at)),
        "write": _best(lambda: write(letter)),
        "write_pack_and_carry": _best(lambda: carrier.carry(letter)),
    }


def _best(step: Callable[[], object]) -> float:
    """CPU of one call in milliseconds: the best of five rounds."""
    rounds = []
    for _ in range(5):
        begun = time.process_time()
        for _ in range(STEPS):
            step()
        rounds.append((time.process_time() - begun) * 1000 / STEPS)
    return round(min(rounds), 4)


def _start_cost(folder: Path) -> Cpu:
    """A worker that comes and goes again, with facts put aside meanwhile."""
    sql.run("UPDATE journal_fact SET spread_at = now()")
    before = cpu_of(data=folder)
    with _worker(folder):
        time.sleep(START_SECONDS)
        spent = cpu_of(data=folder) - before
    sql.run("UPDATE journal_fact SET spread_at = NULL")
    return spent


def _reference() -> dict[str, float]:
    """What this machine needs just now for two well-known things; a busy one needs more."""
    begun = time.process_time()
    for _ in range(REFERENCE_ROUNDS):
        sql.rows("SELECT 1")
    asked = time.process_time()
    for _ in range(REFERENCE_ROUNDS):
        json.dumps(list(range(200)))
    dumped = time.process_time()
    return {
        "select_1_client_cpu": round((asked - begun) * 1000 / REFERENCE_ROUNDS, 4),
        "dump_200_numbers_cpu": round((dumped - asked) * 1000 / REFERENCE_ROUNDS, 4),
    }


def _burst(folder: Path, *, start: Cpu) -> dict[str, float]:
    """As many facts as there are wait already when the worker comes."""
    before, begun = cpu_of(data=folder), time.monotonic()
    _wait_until_sent(ORDERS)
    spent = cpu_of(data=folder) - before - start
    return {
        "facts": ORDERS,
        "facts_per_second": round(ORDERS / (time.monotonic() - begun), 1),
        **_per_fact(spent, ORDERS),
    }


def _quiet(folder: Path) -> float:
    """What the worker costs when nothing happens."""
    before = cpu_of(data=folder)
    time.sleep(QUIET_SECONDS)
    return round((cpu_of(data=folder) - before).total * 1000 / QUIET_SECONDS, 1)


def _steady(folder: Path, *, placing: Cpu) -> dict[str, float]:
    """Orders at a constant rate; what placing alone costs the database is taken off."""
    before, begun = cpu_of(data=folder), time.monotonic()
    _place(ORDERS, pause=1 / A_SECOND)
    _wait_until_sent(2 * ORDERS)
    seconds = time.monotonic() - begun
    spent = cpu_of(data=folder) - before - placing
    return {"orders_per_second": round(ORDERS / seconds, 1), **_per_fact(spent, ORDERS)}


def _slowly() -> dict[str, float]:
    """One order now and then: from its commit until it was heard, and until its letter went."""
    committed = dict(_place(SLOW_ORDERS, pause=SLOW_PAUSE_SECONDS))
    _wait_until_sent(2 * ORDERS + SLOW_ORDERS)
    found = sql.rows(
        "SELECT f.body->>'order_id', extract(epoch FROM d.heard_at)::float8,"
        " extract(epoch FROM l.sent_at)::float8"
        " FROM journal_fact f JOIN journal_delivery d ON d.fact_id = f.id"
        " JOIN conversations_letter l ON l.order_id::text = f.body->>'order_id'"
        " WHERE f.body->>'order_id' = ANY(%s)",
        (list(committed),),
    )
    heard = [1000 * (float(str(at)) - committed[str(order)]) for order, at, _ in found]
    sent = [1000 * (float(str(at)) - committed[str(order)]) for order, _, at in found]
    assert len(found) == SLOW_ORDERS
    return {
        "heard_ms_p50": round(percentile(heard, 0.5), 1),
        "heard_ms_p95": round(percentile(heard, 0.95), 1),
        "heard_ms_max": round(max(heard), 1),
        "sent_ms_p50": round(percentile(sent, 0.5), 1),
        "sent_ms_p95": round(percentile(sent, 0.95), 1),
    }


def _place(orders: int, *, pause: float) -> list[tuple[str, float]]:
    """Open orders at a constant rate; when each was committed."""

    placed, begun = [], time.monotonic()
    for number in range(orders):
        time.sleep(max(0.0, begun + number * pause - time.monotonic()))
        with transaction.atomic():
            order_id = make.order(number=new_id().hex[-14:], method="bank_transfer")
        placed.append((str(order_id), time.time()))
    return placed


@contextmanager
def _worker(folder: Path) -> Iterator[None]:
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "tresen", "worker"], stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=15)


def _wait_until_sent(letters: int) -> None:
    end = time.monotonic() + 120
    while True:
        ((sent,),) = sql.rows("SELECT count(*) FROM conversations_letter WHERE state = 'sent'")
        if int(str(sent)) >= letters:
            return
        assert time.monotonic() < end, f"{sent} of {letters} letters after two minutes"
        time.sleep(0.25)


def _per_fact(spent: Cpu, facts: int) -> dict[str, float]:
    return {
        "cpu_ms_per_fact": round(spent.total * 1000 / facts, 2),
        "worker_cpu_ms_per_fact": round(spent.worker * 1000 / facts, 2),
        "database_cpu_ms_per_fact": round(spent.database * 1000 / facts, 2),
    }
