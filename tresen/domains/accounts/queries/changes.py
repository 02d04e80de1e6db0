"""What changed in somebody's credentials, and where they were written to before."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from tresen.domains.accounts.models import Change
from tresen.domains.accounts.types import ChangeKind, ChangeRow
from tresen.foundation.vault.sealing import CannotOpen, unseal_json

CHANGES_MAX = 50
FORMER = "accounts_change.former"


def list_changes_of(user_id: UUID, *, after: datetime) -> list[ChangeRow]:
    """Changes of credentials since a moment, newest first."""
    found = Change.objects.filter(user_id=user_id, made_at__gt=after).defer("former")
    return [change_row(change) for change in found.order_by("-made_at", "-id")[:CHANGES_MAX]]


def find_change(change_id: UUID) -> ChangeRow | None:
    found = Change.objects.filter(id=change_id).defer("former").first()
    return change_row(found) if found else None


def former_address_of(change_id: UUID) -> str:
    """Where the account was written to before a change; empty once that is over."""
    change = Change.objects.filter(id=change_id, undone_at=None).first()
    state = former_state(change) if change else None
    return str(state["address"]) if state else ""


def former_state(change: Change) -> dict[str, Any] | None:
    """None when nothing is kept any more, or its person was erased."""
    if change.former is None:
        return None
    try:
        state = unseal_json(bytes(change.former), place=FORMER, row=change.id)
    except CannotOpen:
        return None
    return cast("dict[str, Any]", state)


def change_row(change: Change) -> ChangeRow:
    return ChangeRow(
        id=change.id,
        user_id=change.user_id,
        kind=ChangeKind(change.kind),
        made_at=change.made_at,
        until=change.until,
        undone_at=change.undone_at,
    )
