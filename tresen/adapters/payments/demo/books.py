"""The demo provider's own books: a file of its own, so that it has a truth of its own.

They lie beside the shop's database, not in it: a demo that read our tables could not disagree
with us, and a drill that compares both sides would compare nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

BUSY_SECONDS = 5.0

_TABLES = """
CREATE TABLE IF NOT EXISTS charge (
  reference TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, order_number TEXT NOT NULL,
  minor INTEGER NOT NULL CHECK (minor > 0), currency TEXT NOT NULL,
  return_url TEXT NOT NULL, cancel_url TEXT NOT NULL,
  scenario TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'waiting',
  paid_minor INTEGER NOT NULL DEFAULT 0, changed_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refund (
  reference TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE,
  charge TEXT NOT NULL REFERENCES charge (reference),
  minor INTEGER NOT NULL CHECK (minor > 0), state TEXT NOT NULL, changed_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS notice (
  id INTEGER PRIMARY KEY, body TEXT NOT NULL, due_at TEXT NOT NULL, rank INTEGER NOT NULL,
  deliveries_left INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A row of the books; `state`: waiting, paid, declined, given_up."""

    reference: str
    key: str
    order_number: str
    minor: int
    currency: str
    return_url: str
    cancel_url: str
    scenario: str
    state: str
    paid_minor: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedRefund:
    """A refund in the books; `state`: done, failed."""

    reference: str
    key: str
    charge: str
    minor: int
    state: str
    changed_at: datetime


class DemoBooks:
    """Opens the file for each turn; writers wait for one another."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """One transaction, alone."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            db.executescript(_TABLES)
            db.execute("BEGIN IMMEDIATE")
            yield Turn(db)
            db.execute("COMMIT")
        finally:
            db.close()


class Turn:
    """What can be read and written in one turn."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def find(self, reference: str) -> Charge | None:
        return self._one("reference", reference)

    def find_by_key(self, key: str) -> Charge | None:
        return self._one("key", key)

    def open(
        self,
        *,
        reference: str,
        key: str,
        order_number: str,
        minor: int,
        currency: str,
        return_url: str,
        cancel_url: str,
        now: datetime,
    ) -> Charge:
        self._db.execute(
            "INSERT INTO charge (reference, key, order_number, minor, currency, return_url,"
            " cancel_url, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (reference, key, order_number, minor, currency, return_url, cancel_url, _text(now)),
        )
        return self._known(reference)

    def change(
        self,
        reference: str,
        *,
        state: str,
        now: datetime,
        scenario: str = "",
        paid_minor: int = 0,
    ) -> Charge:
        self._db.execute(
            "UPDATE charge SET state = ?, scenario = ?, paid_minor = ?, changed_at = ?"
            " WHERE reference = ?",
            (state, scenario, paid_minor, _text(now), reference),
        )
        return self._known(reference)

    def refunds_of(self, reference: str) -> list[BookedRefund]:
        found = self._db.execute(
            "SELECT reference, key, charge, minor, state, changed_at FROM refund"
            " WHERE charge = ? ORDER BY reference",
            (reference,),
        )
        return [
            BookedRefund(
                reference=row[0],
                key=row[1],
                charge=row[2],
                minor=row[3],
                state=row[4],
                changed_at=datetime.fromisoformat(row[5]),
            )
            for row in found
        ]

    def book_refund(
        self, *, reference: str, key: str, charge: str, minor: int, state: str, now: datetime
    ) -> None:
        self._db.execute(
            "INSERT INTO refund VALUES (?, ?, ?, ?, ?, ?)",
            (reference, key, charge, minor, state, _text(now)),
        )

    def post_notice(self, *, body: str, due_at: datetime, rank: int, deliveries: int) -> None:
        self._db.execute(
            "INSERT INTO notice (body, due_at, rank, deliveries_left) VALUES (?, ?, ?, ?)",
            (body, _text(due_at), rank, deliveries),
        )

    def take_notices(self, *, now: datetime, limit: int) -> Sequence[str]:
        """Bodies to deliver, each once per delivery left, lower rank first."""
        found = self._db.execute(
            "SELECT id, body, deliveries_left FROM notice"
            " WHERE deliveries_left > 0 AND due_at <= ? ORDER BY rank, id LIMIT ?",
            (_text(now), limit),
        ).fetchall()
        for number, _, _ in found:
            self._db.execute("UPDATE notice SET deliveries_left = 0 WHERE id = ?", (number,))
        return [body for _, body, deliveries in found for _ in range(deliveries)]

    def totals(self) -> tuple[int, int]:
        """What was paid and what was given back, minor units of all charges together."""
        (paid,) = self._db.execute("SELECT COALESCE(SUM(paid_minor), 0) FROM charge").fetchone()
        (back,) = self._db.execute(
            "SELECT COALESCE(SUM(minor), 0) FROM refund WHERE state = 'done'"
        ).fetchone()
        return int(paid), int(back)

    def _known(self, reference: str) -> Charge:
        charge = self.find(reference)
        assert charge is not None
        return charge

    def _one(self, column: str, value: str) -> Charge | None:
        assert column in {"reference", "key"}
        row = self._db.execute(
            "SELECT reference, key, order_number, minor, currency, return_url, cancel_url,"  # noqa: S608 (the column is one of two words)
            f" scenario, state, paid_minor, changed_at FROM charge WHERE {column} = ?",
            (value,),
        ).fetchone()
        if row is None:
            return None
        return Charge(
            reference=row[0],
            key=row[1],
            order_number=row[2],
            minor=row[3],
            currency=row[4],
            return_url=row[5],
            cancel_url=row[6],
            scenario=row[7],
            state=row[8],
            paid_minor=row[9],
            changed_at=datetime.fromisoformat(row[10]),
        )


def _text(moment: datetime) -> str:
    """Fixed width, so that texts compare as moments do. Moments are in UTC."""
    return moment.isoformat(timespec="microseconds")
