"""Noting what a watch found, and reading what all of them found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tresen.foundation import sql

WORDS_MAX: Final = 500
WATCHES_MAX: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a watch found last."""

    name: str
    is_good: bool
    words: str
    since: datetime
    seen_at: datetime


def note_watch(name: str, *, is_good: bool, words: str, now: datetime) -> None:
    """Replaces what it found before; `since` stays while it is as good or bad as it was."""
    sql.run(
        "INSERT INTO watches_watch AS w (name, is_good, words, since, seen_at)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (name) DO UPDATE SET words = excluded.words,"
        " is_good = excluded.is_good, seen_at = excluded.seen_at,"
        " since = CASE WHEN w.is_good = excluded.is_good THEN w.since ELSE excluded.since END",
        (name, is_good, words[:WORDS_MAX], now, now),
    )


def list_watches() -> list[Watched]:
    """All, by name."""
    found = sql.rows(
        "SELECT name, is_good, words, since, seen_at FROM watches_watch ORDER BY name LIMIT %s",
        (WATCHES_MAX,),
    )
    return [
        Watched(name=str(name), is_good=bool(good), words=str(words), since=since, seen_at=seen)  # type: ignore[arg-type]
        for name, good, words, since, seen in found
    ]
