"""Reads. find_ may return None, list_ is bounded."""

from __future__ import annotations

from tresen.domains.accounts.queries.identities import (
    account_is_linked,
    account_named,
    find_identified,
)
from tresen.domains.accounts.queries.memberships import memberships_of, names_with
from tresen.domains.accounts.queries.sessions import (
    find_session,
    find_session_row,
    is_known_device,
    knows_staff,
    list_devices_of,
    list_sessions_of,
)
from tresen.domains.accounts.queries.staff import STAFF_MAX, find_staff, find_staff_id, names_of
from tresen.domains.accounts.queries.staffing import (
    find_invited,
    find_member,
    find_member_named,
    list_members,
)

__all__ = [
    "STAFF_MAX",
    "account_is_linked",
    "account_named",
    "find_identified",
    "find_invited",
    "find_member",
    "find_member_named",
    "find_session",
    "find_session_row",
    "find_staff",
    "find_staff_id",
    "is_known_device",
    "knows_staff",
    "list_devices_of",
    "list_members",
    "list_sessions_of",
    "memberships_of",
    "names_of",
    "names_with",
]
