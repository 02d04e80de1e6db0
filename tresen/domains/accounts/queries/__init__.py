"""Reads. find_ may return None, list_ is bounded."""

from __future__ import annotations

from tresen.domains.accounts.queries.memberships import memberships_of, names_with
from tresen.domains.accounts.queries.sessions import (
    find_session,
    is_known_device,
    list_devices_of,
    list_sessions_of,
)
from tresen.domains.accounts.queries.staff import STAFF_MAX, find_staff, names_of

__all__ = [
    "STAFF_MAX",
    "find_session",
    "find_staff",
    "is_known_device",
    "list_devices_of",
    "list_sessions_of",
    "memberships_of",
    "names_of",
    "names_with",
]
