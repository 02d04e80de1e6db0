"""The web server: granian with WSGI workers, whose processes never outlive it."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tresen.operations.machine.parent import die_with_parent

APPLICATION = "tresen.config.wsgi:application"
WORKERS_DEFAULT = 2
THREADS_DEFAULT = 4
"""Each worker's; not more than its pool has connections."""
BACKLOG = 1024
COLLECT_AFTER = 20_000
"""A request is some thousand objects without circles: looking for circles all the time costs a
twentieth."""
WORKERS_STOP_SECONDS_MAX = 6
"""Shorter than the patience of whoever stops us."""


@dataclass(frozen=True)
class WebPlan:
    host: str
    port: int
    workers: int = WORKERS_DEFAULT
    threads: int = THREADS_DEFAULT
    application: str = APPLICATION


def serve(plan: WebPlan) -> None:
    """Until SIGTERM or SIGINT."""
    server = Server(
        plan.application,
        address=plan.host,
        port=plan.port,
        interface=Interfaces.WSGI,
        workers=plan.workers,
        blocking_threads=plan.threads,
        backlog=BACKLOG,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=WORKERS_STOP_SECONDS_MAX,
    )
    load = _Loader(os.getpid())
    if multiprocessing.get_start_method() == "fork":
        load.ahead(plan.application)
    server.serve(target_loader=load, wrap_loader=True)


@dataclass(frozen=True)
class _Loader:
    """Runs in each worker, which ends with the server's main process."""

    main_pid: int

    def __call__(self, target: str) -> Callable[..., Any]:
        die_with_parent(self.main_pid)
        gc.set_threshold(COLLECT_AFTER)
        return self._find(target)

    def ahead(self, target: str) -> None:
        """Load once before the workers part from us: they start at once and share the memory."""
        self._find(target)
        _part_from_database()
        gc.collect()
        gc.freeze()

    def _find(self, target: str) -> Callable[..., Any]:
        module, _, name = target.partition(":")
        application: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return application


def _part_from_database() -> None:
    """A connection that two processes share would mix their answers."""
    if "django.db" in sys.modules:
        for connection in importlib.import_module("django.db").connections.all(
            initialized_only=True
        ):
            connection.close()
            connection.close_pool()
