"""Giving roles and taking them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.models import Membership as MembershipModel
from tresen.domains.accounts.types import Membership


@transaction.atomic
def set_memberships(*, user_id: UUID, memberships: Collection[Membership], now: datetime) -> None:
    """The roles somebody has from now on; the next request already knows no others."""
    assert memberships, "who has no role is deactivated"
    MembershipModel.objects.filter(user_id=user_id).delete()
    MembershipModel.objects.bulk_create(
        MembershipModel(user_id=user_id, role=one.role, store_code=one.store, since=now)
        for one in sorted(set(memberships))
    )
