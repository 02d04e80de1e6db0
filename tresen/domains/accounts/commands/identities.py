"""Links between accounts of the staff and what a company's sign-in calls them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tresen.domains.accounts.models import Identity
from tresen.domains.accounts.rules import identity_hash
from tresen.foundation import sql

_LINK = """
INSERT INTO accounts_identity AS i (user_id, name_hash, linked_at)
VALUES (%s, %s, %s)
ON CONFLICT (name_hash) DO UPDATE SET linked_at = i.linked_at WHERE i.user_id = excluded.user_id
RETURNING 1
"""
_UNLINK = "DELETE FROM accounts_identity WHERE user_id = %s"


def link_identity(*, user_id: UUID, issuer: str, subject: str, now: datetime) -> bool:
    """False when that name is linked to somebody else: nothing is changed then."""
    return bool(sql.rows(_LINK, (user_id, identity_hash(issuer, subject), now)))


def unlink_identities(*, user_id: UUID) -> int:
    """From now on no provider's word opens this account; says how many did."""
    return sql.changed(_UNLINK, (user_id,))


def identities_to_keep(user_id: UUID) -> tuple[tuple[str, str], ...]:
    """As plain values, to be put back later."""
    return tuple(
        (bytes(identity.name_hash).hex(), identity.linked_at.isoformat())
        for identity in Identity.objects.filter(user_id=user_id).order_by("id")
    )


def identities_put_back(*, user_id: UUID, identities: Sequence[Sequence[str]]) -> None:
    """Exactly these, except what opens somebody else's account meanwhile."""
    unlink_identities(user_id=user_id)
    Identity.objects.bulk_create(
        (
            Identity(
                user_id=user_id,
                name_hash=bytes.fromhex(name_hash),
                linked_at=datetime.fromisoformat(linked_at),
            )
            for name_hash, linked_at in identities
        ),
        ignore_conflicts=True,
    )
