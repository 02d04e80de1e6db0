"""What the tests of backups need: a shop that sells, a keeper that follows, a look at bytes."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from pyrage.x25519 import Identity

from tresen.foundation import clock
from tresen.operations.backup.bring_back import Restored, restore
from tresen.operations.backup.following import Following
from tresen.operations.backup.keystore import KeyStore, take_keystore
from tresen.operations.backup.manifests import Manifest
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.plan import plan_restore
from tresen.operations.backup.recipients import (
    check_ready,
    local_identities,
    read_identities,
    set_up_demo,
)
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.source import Source, source_of
from tresen.operations.backup.take import take_backup
from tresen.operations.backup.target import FolderTarget
from tresen.operations.postgres.address import libpq_parameters
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.server import using_server

WAIT_SECONDS_MAX = 30.0


class Bench:
    """A shop and its backups. `ours` and `second` are the two identities."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.places: BackupPlaces = places_of(data, {})
        set_up_demo(self.places)
        self.target = FolderTarget(self.places.target)
        self.ours = local_identities(self.places)
        self.second = read_identities(self.places.demo_identity)

    def synchronous(self) -> None:
        self.places = replace(self.places, synchronous=True)

    @contextmanager
    def running(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """The server runs; the connection is the owner's, in autocommit."""
        with using_server(self.data, environ={}):
            told = libpq_parameters("owner", data=self.data, environ={})
            with psycopg.connect(**told, autocommit=True) as connection:  # type: ignore[arg-type]
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS sale (id int PRIMARY KEY, note text)"
                )
                yield connection

    @property
    def source(self) -> Source:
        return source_of(self.places, {})

    @contextmanager
    def following(self) -> Iterator[Following]:
        """The log is followed; inside, the receiver is there and up to date."""
        following = Following(self.places, self.target, source=lambda: self.source, clock=clock.now)
        following.start()
        try:
            wait_until(lambda: following.reached() > 0 or bool(following.trouble))
            assert following.trouble is None
            if self.places.synchronous:
                wait_until(self.is_waited_for)
            yield following
        finally:
            following.end(seconds_max=10)

    def is_waited_for(self) -> bool:
        waiting = Layout(self.data).waiting
        return waiting.exists() and "tresen_backup" in waiting.read_text()

    def take(self, following: Following, *, source: Source | None = None) -> Manifest:
        assert following.chain is not None
        time.sleep(1.05)  # names of backups are seconds
        return take_backup(
            self.places,
            source or self.source,
            self.target,
            chain=following.chain,
            to=check_ready(self.places),
            signer=signer_of(self.places),
            reached=following.reached,
            alive=following.is_alive,
            now=clock.now(),
        )

    def take_keystore(self) -> KeyStore:
        return take_keystore(
            self.places,
            self.source,
            self.target,
            to=[one.recipient for one in check_ready(self.places)],
            signer=signer_of(self.places),
        )

    def catch_up(self, following: Following) -> None:
        """Everything written so far lies in the target."""
        with self.source.connect() as connection:
            row = connection.execute("SELECT pg_current_wal_flush_lsn() - '0/0'").fetchone()
        assert row is not None
        end = int(str(row[0]))
        wait_until(lambda: following.reached() >= end)

    def restore(
        self, wish: str, *, name: str = "restored", by: list[Identity] | None = None
    ) -> Restored:
        plan = plan_restore(self.target, wish)
        into = self.data.parent / name
        return restore(self.target, plan, into, by=by or self.ours, say=lambda _line: None)


@contextmanager
def opened(restored: Restored) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The restored shop's own server, as `tresen run` would start it."""
    with using_server(restored.into, environ={}):
        told = libpq_parameters("owner", data=restored.into, environ={})
        with psycopg.connect(**told, autocommit=True) as connection:  # type: ignore[arg-type]
            yield connection


def sell(connection: psycopg.Connection[tuple[object, ...]], first: int, count: int) -> None:
    """One commit each: what returns is acknowledged."""
    for number in range(first, first + count):
        connection.execute("INSERT INTO sale VALUES (%s, %s)", [number, f"note {number}"])


def sales(connection: psycopg.Connection[tuple[object, ...]]) -> set[int]:
    return {int(str(row[0])) for row in connection.execute("SELECT id FROM sale").fetchall()}


def now_of(connection: psycopg.Connection[tuple[object, ...]]) -> datetime:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    assert isinstance(row[0], datetime)
    return row[0].astimezone(UTC)


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_SECONDS_MAX
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def found_in(folder: Path, words: Sequence[str]) -> set[str]:
    """Which of the words stand in clear in any file below the folder."""
    pattern = re.compile(b"|".join(re.escape(word.encode()) for word in words))
    contents = (path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {word.decode() for content in contents for word in pattern.findall(content)}


def bits_per_byte(content: bytes) -> float:
    counts = Counter(content)
    total = len(content)
    return -sum(count / total * math.log2(count / total) for count in counts.values())
