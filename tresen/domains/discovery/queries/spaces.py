"""Which spaces there are: one per channel, language and build."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, cast

from tresen.domains.discovery.types import SpaceRow
from tresen.foundation import sql
from tresen.foundation.remembered import Remembered

SPACES_MAX: Final = 1_000
SPACE_SECONDS: Final = 1.0
"""Rows of a space that was left are kept much longer than this (see LEFT_SECONDS)."""
LEFT_SECONDS: Final = 60.0

_SPACE: Final = (
    "SELECT id, slot, channel_code, locale, market, currency, is_current, opened_at, switched_at"
    " FROM discovery_space WHERE NOT is_left"
)
_Row = tuple[int, int, str, str, str, str, bool, datetime, datetime | None]


def find_space(*, channel_code: str, locale: str) -> SpaceRow | None:
    """The space that is read; each process remembers it for SPACE_SECONDS."""
    known = _remembered.find((channel_code, locale))
    if known is not None:
        return known
    found = sql.rows(
        f"{_SPACE} AND is_current AND channel_code = %s AND locale = %s", (channel_code, locale)
    )
    return _remembered.keep((channel_code, locale), _space(found[0])) if found else None


def forget_spaces() -> None:
    _remembered.forget()


def list_spaces() -> list[SpaceRow]:
    """Those that are read and those that are being built."""
    found = sql.rows(f"{_SPACE} ORDER BY channel_code, locale, id LIMIT {SPACES_MAX}")
    return [_space(row) for row in found]


def count_entries() -> dict[int, int]:
    """Products by space, from the kept counts."""
    found = sql.rows(
        "SELECT t.space_id, c.products FROM discovery_token t"
        " JOIN discovery_facet_count c ON c.shelf_id = t.id AND c.token_id = t.id"
        " WHERE t.facet = 'category' AND t.value = ''"
    )
    return dict(cast("list[tuple[int, int]]", found))


def list_left_spaces(*, now: datetime) -> list[int]:
    """Those whose rows are to be swept away: nobody has read them for LEFT_SECONDS."""
    found = sql.rows(
        "SELECT id FROM discovery_space WHERE is_left AND left_at <= %s ORDER BY id",
        (now - timedelta(seconds=LEFT_SECONDS),),
    )
    return [cast("int", row[0]) for row in found]


def _space(row: sql.Row) -> SpaceRow:
    space_id, slot, channel_code, locale, market, currency, is_current, opened_at, switched_at = (
        cast("_Row", row)
    )
    return SpaceRow(
        id=space_id,
        slot=slot,
        channel_code=channel_code,
        locale=locale,
        market=market,
        currency=currency,
        is_current=is_current,
        opened_at=opened_at,
        switched_at=switched_at,
    )


_remembered = Remembered[tuple[str, str], SpaceRow](seconds=SPACE_SECONDS)
