"""The chain as it stands: seals, steps, what waits, what examinations found."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.security.rules.chain import leaf_of
from tresen.domains.security.types import Examination, Seal, Step
from tresen.foundation import sql
from tresen.foundation.audit.reading import is_sound, list_deeds, row_of
from tresen.foundation.audit.rows import COLUMNS, DeedRow, canonical

SEALS_MAX = 1_000
_SEALS = """
SELECT no, sealed_at, first, last, root, head, previous, key_version, signature
FROM security_seal WHERE no > %s ORDER BY no LIMIT %s
"""
_LAST = """
SELECT no, sealed_at, first, last, root, head, previous, key_version, signature
FROM security_seal ORDER BY no DESC LIMIT 1
"""
_SEAL_OF = """
SELECT no, sealed_at, first, last, root, head, previous, key_version, signature
FROM security_seal WHERE last >= %s ORDER BY last LIMIT 1
"""
_LINKS = """
SELECT position, deed_id, chain FROM security_link
WHERE position BETWEEN %s AND %s ORDER BY position
"""
_CHAINED = f"""
SELECT {COLUMNS} FROM audit_deed d JOIN security_link l ON l.deed_id = d.id
WHERE l.position BETWEEN %s AND %s ORDER BY l.position
"""  # noqa: S608  # names from the code
_WAITING = f"""
SELECT {COLUMNS} FROM audit_deed d
WHERE d.id >= %s AND NOT EXISTS (SELECT 1 FROM security_link l WHERE l.deed_id = d.id)
ORDER BY d.id LIMIT %s
"""  # noqa: S608  # names from the code
_COUNT_WAITING = """
SELECT (SELECT count(*) FROM audit_deed) - (SELECT count(*) FROM security_link)
"""
_BEYOND = "SELECT min(position) FROM security_link WHERE position > %s"
_POSITION = "SELECT position FROM security_link WHERE deed_id = %s"
_EXAMINED = """
SELECT ended_at, seals, deeds, anchors, broken, broken_deed, broken_at
FROM security_examination ORDER BY id DESC LIMIT %s
"""
_ANCHORED = "SELECT max(seal) FROM security_anchor WHERE place = %s"
_ANCHORS = (
    "SELECT place, max(seal), max(kept_at) FROM security_anchor GROUP BY place ORDER BY place"
)
BEGINNING = UUID(int=0)


def list_seals(*, after: int, limit: int = SEALS_MAX) -> list[Seal]:
    """Seals by number."""
    return [_seal(row) for row in sql.rows(_SEALS, (after, limit))]


def find_last_seal() -> Seal | None:
    found = sql.rows(_LAST)
    return _seal(found[0]) if found else None


def find_seal_of(deed_id: UUID) -> tuple[int, Seal] | None:
    """The deed's position and the seal over it; None while it waits."""
    found = sql.rows(_POSITION, (deed_id,))
    if not found:
        return None
    position = cast("int", found[0][0])
    seals = sql.rows(_SEAL_OF, (position,))
    return (position, _seal(seals[0])) if seals else None


def list_steps(*, first: int, last: int) -> list[Step]:
    """The links of a stretch with their deeds. Positions that are not there are left out."""
    links = cast("list[tuple[int, UUID, bytes]]", sql.rows(_LINKS, (first, last)))
    deeds = {row.id: row for row in list_deeds([deed_id for _, deed_id, _ in links])}
    return [
        _step(position, deed_id, chain, deeds.get(deed_id)) for position, deed_id, chain in links
    ]


def list_chained(*, first: int, last: int) -> list[DeedRow]:
    """The deeds of a stretch in the order of the chain."""
    return [row_of(row) for row in sql.rows(_CHAINED, (first, last))]


def list_waiting(*, since: UUID = BEGINNING, limit: int) -> list[DeedRow]:
    """Deeds without a link, oldest first; `since` is the least id that is looked at."""
    return [row_of(row) for row in sql.rows(_WAITING, (since, limit))]


def count_waiting() -> int:
    """How many deeds have no seal yet."""
    return cast("int", sql.rows(_COUNT_WAITING)[0][0])


def find_link_beyond(position: int) -> int | None:
    """The first link that no seal stands over."""
    return cast("int | None", sql.rows(_BEYOND, (position,))[0][0])


def list_examinations(*, limit: int) -> list[Examination]:
    """The last ones, newest first."""
    return [_examination(row) for row in sql.rows(_EXAMINED, (limit,))]


def last_anchored(place: str) -> int:
    """The newest seal that this place keeps; 0 for none."""
    return cast("int | None", sql.rows(_ANCHORED, (place,))[0][0]) or 0


def list_anchored() -> list[tuple[str, int, datetime]]:
    """Each place with its newest seal and when it was kept."""
    return cast("list[tuple[str, int, datetime]]", sql.rows(_ANCHORS))


def leaf_of_deed(row: DeedRow) -> bytes:
    """A deed's leaf."""
    return leaf_of(canonical(row), row.mac)


def _step(position: int, deed_id: UUID, chain: bytes, row: DeedRow | None) -> Step:
    return Step(
        position=position,
        deed_id=deed_id,
        chain=bytes(chain),
        leaf=leaf_of_deed(row) if row else None,
        is_sound=row is not None and is_sound(row),
        at=row.at if row else None,
    )


def _seal(values: sql.Row) -> Seal:
    no, sealed_at, first, last, root, head, previous, key_version, signature = values
    return Seal(
        no=cast("int", no),
        sealed_at=cast("datetime", sealed_at),
        first=cast("int", first),
        last=cast("int", last),
        root=bytes(cast("bytes", root)),
        head=bytes(cast("bytes", head)),
        previous=bytes(cast("bytes", previous)),
        key_version=cast("int", key_version),
        signature=bytes(cast("bytes", signature)),
    )


def _examination(values: sql.Row) -> Examination:
    ended_at, seals, deeds, anchors, broken, deed, at = values
    return Examination(
        ended_at=cast("datetime", ended_at),
        seals=cast("int", seals),
        deeds=cast("int", deeds),
        anchors=cast("int", anchors),
        broken=str(broken),
        broken_deed=cast("UUID | None", deed),
        broken_at=cast("datetime | None", at),
    )
