"""Spaces: open one, fill it beside the one that is read, switch in one step, sweep the old one."""

from __future__ import annotations

from datetime import datetime
from typing import Final, cast

from django.db import transaction

from tresen.domains.discovery.queries import forget_spaces
from tresen.domains.discovery.types import SLOTS, SpaceRow
from tresen.foundation import sql

SWEPT_MAX: Final = 2_000
"""Entries removed per transaction, with all that hangs on them."""
_LOCK_SPACE: Final = 7_001_020
"""First half of the advisory locks of this domain; the second is a number of the channel."""


class BuildOvertaken(Exception):
    """Another build of the same channel began meanwhile. Remedy: let that one finish."""


def lock_channel(channel_code: str, *, among_others: bool = False) -> None:
    """Until the transaction ends nobody else projects into the channel's spaces.

    Whoever reads the other domains after this writes what is newest. Builders of different
    products may hold it `among_others` of their kind; a refresh never overlaps with them.
    """
    assert transaction.get_connection().in_atomic_block, "the lock is held by a transaction"
    kind = "_shared" if among_others else ""
    sql.rows(
        f"SELECT pg_advisory_xact_lock{kind}(%s::int, hashtext(%s))", (_LOCK_SPACE, channel_code)
    )


@transaction.atomic
def open_space(
    *, channel_code: str, locale: str, market: str, currency: str, now: datetime
) -> SpaceRow:
    """A new space beside the current one; one that was being built before is given up."""
    lock_channel(channel_code)
    sql.run(
        "UPDATE discovery_space SET is_left = true, left_at = %s"
        " WHERE channel_code = %s AND locale = %s AND NOT is_current AND NOT is_left",
        (now, channel_code, locale),
    )
    found = sql.rows(_OPEN, (SLOTS - 1, channel_code, locale, market, currency, now))
    space_id, slot = cast("tuple[int, int]", found[0])
    return SpaceRow(
        id=space_id,
        slot=slot,
        channel_code=channel_code,
        locale=locale,
        market=market,
        currency=currency,
        is_current=False,
        opened_at=now,
        switched_at=None,
    )


@transaction.atomic
def switch_space(*, space: SpaceRow, now: datetime) -> None:
    """From now on this one is read. Statements that run keep what they see."""
    lock_channel(space.channel_code)
    sql.run(
        "UPDATE discovery_space SET is_current = false, is_left = true, left_at = %s"
        " WHERE channel_code = %s AND locale = %s AND is_current",
        (now, space.channel_code, space.locale),
    )
    touched = sql.changed(
        "UPDATE discovery_space SET is_current = true, switched_at = %s"
        " WHERE id = %s AND NOT is_left",
        (now, space.id),
    )
    if touched != 1:
        raise BuildOvertaken(f"{space.channel_code} {space.locale}")
    forget_spaces()


@transaction.atomic
def leave_spaces(*, channel_code: str, locales: list[str] | None = None, now: datetime) -> None:
    """Give up a channel's spaces, or those of some languages: it closed, or speaks them no more."""
    lock_channel(channel_code)
    sql.run(
        "UPDATE discovery_space SET is_left = true, is_current = false, left_at = %s"
        " WHERE channel_code = %s"
        " AND NOT is_left AND (%s::text[] IS NULL OR locale = ANY(%s::text[]))",
        (now, channel_code, locales, locales),
    )
    forget_spaces()


@transaction.atomic
def sweep_space(space_id: int) -> bool:
    """Remove one batch of a space that was left; False when nothing of it is left."""
    swept = sql.rows(_SWEEP_ENTRIES, (space_id, SWEPT_MAX))
    if swept[0][0]:
        return True
    if sql.changed(_SWEEP_WORDS, (space_id, SWEPT_MAX * 5)):
        return True
    sql.run(_SWEEP_COUNTS, (space_id,))
    sql.run("DELETE FROM discovery_token WHERE space_id = %s", (space_id,))
    sql.run("DELETE FROM discovery_space WHERE id = %s AND is_left", (space_id,))
    return False


_OPEN: Final = """
WITH free AS (
  SELECT slot FROM generate_series(0, %s) slot LEFT JOIN discovery_space s USING (slot)
  GROUP BY slot ORDER BY count(s.id), slot LIMIT 1
)
INSERT INTO discovery_space
  (slot, channel_code, locale, market, currency, is_current, is_left, opened_at)
SELECT slot, %s, %s, %s, %s, false, false, %s FROM free RETURNING id, slot
"""
_SWEEP_ENTRIES: Final = """
WITH gone AS (
  DELETE FROM discovery_entry WHERE (space_id, product_id) IN (
    SELECT e.space_id, e.product_id FROM discovery_entry e
    JOIN discovery_space s ON s.id = e.space_id AND s.is_left
    WHERE e.space_id = %s LIMIT %s)
  RETURNING product_id, shelves
), unplaced AS (
  DELETE FROM discovery_place p USING gone, unnest(gone.shelves) shelf
  WHERE p.shelf_id = shelf AND p.product_id = gone.product_id
)
SELECT count(*) FROM gone
"""
_SWEEP_WORDS: Final = """
DELETE FROM discovery_word WHERE (space_id, word) IN (
  SELECT w.space_id, w.word FROM discovery_word w
  JOIN discovery_space s ON s.id = w.space_id AND s.is_left
  WHERE w.space_id = %s LIMIT %s)
"""
_SWEEP_COUNTS: Final = """
DELETE FROM discovery_facet_count WHERE shelf_id IN (
  SELECT t.id FROM discovery_token t JOIN discovery_space s ON s.id = t.space_id AND s.is_left
  WHERE t.space_id = %s AND t.facet = 'category')
"""
