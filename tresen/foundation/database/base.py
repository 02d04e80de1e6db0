"""Django's PostgreSQL backend, whose connections keep a deadline.

Beside Django's own keys a database may name CONNECT (libpq parameters such as sslmode) and
DEADLINE (seconds).
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap
from psycopg.types.numeric import Int8Dumper

from tresen.foundation.database.connections import DEFAULT_DEADLINE_SECONDS, DeadlineConnection
from tresen.foundation.database.limits import CONNECT_SECONDS_MAX
from tresen.foundation.database.narrowing import widen_raw

_DRIVER: Any = SimpleNamespace(**{**vars(psycopg), "connect": DeadlineConnection.connect})


@lru_cache(maxsize=8)
def _with_one_integer(template: AdaptersMap) -> AdaptersMap:
    """Whole numbers are sent as bigint: by their size, a statement would be planned many times."""
    adapters = AdaptersMap(template)
    adapters.register_dumper(int, Int8Dumper)
    return adapters


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens DeadlineConnections, alone or from the pool."""

    Database = _DRIVER

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        options = self.settings_dict["OPTIONS"]
        if pool := options.get("pool"):
            chosen = {} if pool is True else pool
            self.settings_dict["OPTIONS"] = {
                **options,
                "pool": {**chosen, "connection_class": DeadlineConnection},
            }

    def get_new_connection(self, conn_params: dict[str, Any]) -> DeadlineConnection:
        """After a crash of the server the pool is full of ended connections: none is given away."""
        made: DeadlineConnection = super().get_new_connection(conn_params)
        for _ in range(self.pool.max_size if self.pool else 0):
            if not made.has_ended():
                break
            self.pool.putconn(made)
            made = super().get_new_connection(conn_params)
        return made

    def _close(self) -> None:
        """However a request ended: nobody gets a connection that sees some stores only."""
        raw = self.connection
        if isinstance(raw, DeadlineConnection) and raw.is_narrowed and not raw.closed:
            raw.rollback()
            widen_raw(raw)
            raw.commit()
        super()._close()  # type: ignore[misc]  # the stubs leave it out

    def get_connection_params(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_connection_params()
        given["context"] = _with_one_integer(given["context"])
        return {
            "connect_timeout": CONNECT_SECONDS_MAX,
            "deadline_seconds": self.settings_dict.get("DEADLINE") or DEFAULT_DEADLINE_SECONDS,
            **self.settings_dict.get("CONNECT", {}),
            **given,
        }
