"""Searching the audit, and «who was affected?»: one query over actor, session, object and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.security.types.incidents import Affected
from tresen.foundation import sql
from tresen.foundation.audit.deeds import id_at
from tresen.foundation.audit.reading import row_of
from tresen.foundation.audit.rows import COLUMNS, DeedRow

DEEDS_MAX = 201
AFFECTED_MAX = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which deeds are meant; what is not given does not narrow. Times: from, and before."""

    actor_id: UUID | None = None
    actor_kind: str = ""
    session: str = ""
    action: str = ""
    object_kind: str = ""
    object_id: str = ""
    person_id: UUID | None = None
    request_id: str = ""
    since: datetime | None = None
    before: datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Nothing narrows it."""
        return self == Scope()


def list_scope(scope: Scope, *, older_than: UUID | None = None, limit: int) -> list[DeedRow]:
    """Newest first; `older_than` is the last one of the page before."""
    where, params = _where(scope)
    if older_than is not None:
        where, params = f"{where} AND id < %s", [*params, older_than]
    statement = f"SELECT {COLUMNS} FROM audit_deed WHERE {where} ORDER BY id DESC LIMIT %s"  # noqa: S608  # conditions from the code
    return [row_of(row) for row in sql.rows(statement, [*params, min(limit, DEEDS_MAX)])]


def list_affected(scope: Scope, *, limit: int = AFFECTED_MAX) -> list[Affected]:
    """Every person touched by the deeds of the scope, whoever was touched last first."""
    where, params = _where(scope)
    statement = f"""
    WITH meant AS (
      SELECT id, at, persons, fields FROM audit_deed WHERE {where} AND persons <> '{{}}'
    )
    SELECT person, count(DISTINCT id), min(at), max(at),
      array_agg(DISTINCT shown ORDER BY shown) FILTER (WHERE shown IS NOT NULL)
    FROM meant CROSS JOIN unnest(persons) AS person LEFT JOIN unnest(fields) AS shown ON true
    GROUP BY person ORDER BY max(at) DESC, person LIMIT %s
    """  # noqa: S608  # conditions from the code
    return [_affected(row) for row in sql.rows(statement, [*params, limit])]


def count_affected(scope: Scope) -> tuple[int, int]:
    """How many persons, by how many deeds."""
    where, params = _where(scope)
    statement = f"""
    SELECT count(DISTINCT person), count(DISTINCT id)
    FROM audit_deed CROSS JOIN unnest(persons) AS person WHERE {where}
    """  # noqa: S608  # conditions from the code
    persons, deeds = sql.rows(statement, params)[0]
    return cast("int", persons), cast("int", deeds)


def list_actions() -> list[str]:
    """Every action that was ever recorded; each is found by one step in the index."""
    statement = """
    WITH RECURSIVE known AS (
      SELECT min(action) AS action FROM audit_deed
      UNION ALL
      SELECT (SELECT min(action) FROM audit_deed WHERE action > known.action)
      FROM known WHERE known.action IS NOT NULL
    )
    SELECT action FROM known WHERE action IS NOT NULL
    """
    return [str(action) for (action,) in sql.rows(statement)]


def _where(scope: Scope) -> tuple[str, list[object]]:
    given: list[tuple[str, object]] = [
        ("actor_id = %s", scope.actor_id),
        ("actor_kind = %s", scope.actor_kind),
        ("session <> '' AND session = %s", scope.session),
        ("action = %s", scope.action),
        ("object_kind = %s", scope.object_kind),
        ("object_id <> '' AND object_id = %s", scope.object_id),
        ("persons <> '{}' AND persons @> ARRAY[%s]::uuid[]", scope.person_id),
        ("request_id = %s", scope.request_id),
        ("id >= %s", id_at(scope.since, lowest=True) if scope.since else None),
        ("id < %s", id_at(scope.before, lowest=True) if scope.before else None),
    ]
    used = [(condition, value) for condition, value in given if value]
    conditions = " AND ".join(condition for condition, _ in used)
    return conditions or "true", [value for _, value in used]


def _affected(row: sql.Row) -> Affected:
    person, deeds, first, last, fields = row
    return Affected(
        person_id=cast("UUID", person),
        deeds=cast("int", deeds),
        first_at=cast("datetime", first),
        last_at=cast("datetime", last),
        fields=tuple(cast("list[str] | None", fields) or ()),
    )
