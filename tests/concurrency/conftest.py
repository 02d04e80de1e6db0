"""A database that really commits, and crowds of threads with connections of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from tresen.domains.inventory.tests.make import places

T = TypeVar("T")

_TOUCHED = (
    "inventory_hold, inventory_allocation, inventory_movement, inventory_level,"
    " journal_delivery, journal_fact"
)


@pytest.fixture
def shop(db: None) -> Iterator[None]:
    """Empty shelves in a warehouse and two stores; what is committed is taken away afterwards.

    The test's own transaction waits on the side meanwhile: a connection of its own stands in,
    which commits. So nothing else is flushed, least of all what the migrations filled in.
    """
    aside = connections["default"]
    with _own_connection(_direct(aside)):
        _clear()
        places()
        yield
        _clear()
    connections["default"] = aside


def crowd(buyers: Sequence[Callable[[], T]], *, workers: int) -> list[T]:
    """Let them all go at once, each worker with a connection of its own; their answers."""
    shares = [share for worker in range(workers) if (share := buyers[worker::workers])]
    start, settings = Barrier(len(shares)), _direct(connections["default"])

    def work(mine: Sequence[Callable[[], T]]) -> list[T]:
        with _own_connection(settings):
            start.wait(timeout=30)
            return [buy() for buy in mine]

    with ThreadPoolExecutor(max_workers=len(shares)) as pool:
        going = [pool.submit(work, share) for share in shares]
        return [answer for each in going for answer in each.result(timeout=120)]


@contextmanager
def _own_connection(settings: dict[str, Any]) -> Iterator[None]:
    engine = load_backend(settings["ENGINE"])
    connections["default"] = engine.DatabaseWrapper(deepcopy(settings), "default")
    try:
        yield
    finally:
        connections["default"].close()


def _direct(wrapper: BaseDatabaseWrapper) -> dict[str, Any]:
    """Its settings without the pool, which would let only a few through at a time."""
    settings = deepcopy(wrapper.settings_dict)
    settings["OPTIONS"].pop("pool", None)
    return settings


def _clear() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {_TOUCHED} RESTART IDENTITY")
        cursor.execute(
            "DELETE FROM inventory_location WHERE code IN ('lager', 'altona', 'eimsbuettel')"
        )
