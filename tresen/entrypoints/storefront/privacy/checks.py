"""How somebody's orders were checked, in plain words: for the page «My data» and for copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tresen.domains.risk.queries import ToldReason, explain_person
from tresen.entrypoints.storefront.check.words import Group, groups_of, outcome_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One order: when it was looked at, what came of it, and which kinds of data counted."""

    at: datetime
    outcome: str
    groups: Sequence[Group]


def checks_of(person_id: UUID) -> list[Check]:
    """Newest first."""
    return [
        Check(
            at=told.assessed_at,
            outcome=outcome_words(outcome=told.outcome, state=told.state),
            groups=groups_of(told.reasons),
        )
        for told in explain_person(person_id)
    ]


def checks_in(copy: Mapping[str, Any]) -> list[Check]:
    """As a copy keeps them; none in copies of earlier days."""
    return [
        Check(
            at=datetime.fromisoformat(one["at"]),
            outcome=outcome_words(outcome=one["outcome"], state=one["review"]),
            groups=groups_of(ToldReason(**reason) for reason in one["reasons"]),
        )
        for one in copy.get("checks", [])
    ]
