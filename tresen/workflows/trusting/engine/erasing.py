"""What becomes of one person's rows when the person is erased, as the registry declares it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.domains.privacy.rules.retention import keep_until
from tresen.domains.privacy.types.retention import KeptUntil
from tresen.foundation import sql
from tresen.foundation.vault.data_keys import destroy_keys
from tresen.foundation.vault.records import Erasure, PersonalRows
from tresen.workflows.trusting.engine.reading import ROWS_MAX, Whose, condition_of
from tresen.workflows.trusting.place import Place
from tresen.workflows.trusting.registry import all_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happened to the rows of one table. `kept` is told to the person: law and last day."""

    table: str
    done: Erasure
    count: int
    kept: KeptUntil | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """One kind of rows of one person, and where and when it is."""

    rows: PersonalRows
    condition: str
    param: object
    place: Place
    now: datetime

    def last_day(self) -> tuple[int, KeptUntil | None]:
        """How many there are, and until when the newest of them is kept."""
        rows, place = self.rows, self.place
        found = sql.rows(
            f"SELECT t.{rows.born} FROM {rows.table} t WHERE {self.condition}"  # noqa: S608
            f" ORDER BY t.{rows.born} DESC LIMIT {ROWS_MAX}",
            (self.param,),
        )
        if not found:
            return 0, None
        newest = found[0][0]
        assert isinstance(newest, datetime)
        kept = keep_until(
            rows.retention,
            created_on=place.day_of(newest),
            country=place.country,
            today=place.day_of(self.now),
        )
        return len(found), kept


def erase_rows(whose: Whose, *, place: Place, now: datetime) -> list[Outcome]:
    """Inside the caller's transaction. Tables without a row of the person are left out."""
    outcomes = [_DO[case.rows.erasure](case) for case in _cases(whose, place, now)]
    return [outcome for outcome in outcomes if outcome.count]


def kept_rows(whose: Whose, *, place: Place, now: datetime) -> Mapping[str, KeptUntil]:
    """What would stay and until when, by table; for the page that asks once more."""
    locked = [case for case in _cases(whose, place, now) if case.rows.erasure == "lock"]
    found = {case.rows.table: case.last_day()[1] for case in locked}
    return {table: kept for table, kept in found.items() if kept is not None}


def remove(rows: PersonalRows, chosen: str, params: Sequence[object]) -> int:
    """These rows go, and before them what hangs on them; keys of their own go with them."""
    for part in rows.parts:
        table, _, column = part.partition(".")
        sql.changed(f"DELETE FROM {table} WHERE {column} IN ({chosen})", params)  # noqa: S608
    gone = sql.rows(
        f"DELETE FROM {rows.table} WHERE {rows.key} IN ({chosen}) RETURNING {rows.key}",  # noqa: S608
        params,
    )
    if rows.own_key and gone:
        destroy_keys([key for (key,) in gone])  # type: ignore[misc]
    return len(gone)


def _cases(whose: Whose, place: Place, now: datetime) -> Iterable[_Case]:
    for rows in all_rows():
        condition, param = condition_of(rows, whose)
        if condition:
            yield _Case(rows, condition, param, place, now)


def _delete(case: _Case) -> Outcome:
    rows = case.rows
    chosen = f"SELECT t.{rows.key} FROM {rows.table} t WHERE {case.condition}"  # noqa: S608
    count = remove(rows, chosen, (case.param,))
    return Outcome(table=rows.table, done="delete", count=count)


def _lock(case: _Case) -> Outcome:
    count, kept = case.last_day()
    return Outcome(table=case.rows.table, done="lock", count=count, kept=kept)


def _leave(case: _Case) -> Outcome:
    return Outcome(table=case.rows.table, done=case.rows.erasure, count=0)


_DO: Mapping[Erasure, Callable[[_Case], Outcome]] = {
    "delete": _delete,
    "lock": _lock,
    "key": _leave,
    "keep": _leave,
}
