"""Which spaces there are: one per channel, language and build."""

from __future__ import annotations

from datetime import datetime
from typing import Final, cast

from tresen.domains.discovery.types import SpaceRow
from tresen.foundation import sql

SPACES_MAX: Final = 1_000

_SPACE: Final = (
    "SELECT id, channel_code, locale, market, currency, is_current, opened_at, switched_at"
    " FROM discovery_space WHERE NOT is_left"
)
_Row = tuple[int, str, str, str, str, bool, datetime, datetime | None]


def list_spaces() -> list[SpaceRow]:
    """Those that are read and those that are being built."""
    found = sql.rows(f"{_SPACE} ORDER BY channel_code, locale, id LIMIT {SPACES_MAX}")
    return [_space(row) for row in found]


def list_left_spaces() -> list[int]:
    """Those whose rows are still to be swept away."""
    found = sql.rows(f"SELECT id FROM discovery_space WHERE is_left ORDER BY id LIMIT {SPACES_MAX}")  # noqa: S608
    return [cast("int", row[0]) for row in found]


def _space(row: sql.Row) -> SpaceRow:
    space_id, channel_code, locale, market, currency, is_current, opened_at, switched_at = cast(
        "_Row", row
    )
    return SpaceRow(
        id=space_id,
        channel_code=channel_code,
        locale=locale,
        market=market,
        currency=currency,
        is_current=is_current,
        opened_at=opened_at,
        switched_at=switched_at,
    )
