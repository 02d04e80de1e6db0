"""Reads. find_ may return None, list_ is bounded."""

from __future__ import annotations

from tresen.domains.accounts.queries.memberships import memberships_of, names_with
from tresen.domains.accounts.queries.staff import STAFF_MAX, find_staff, names_of

__all__ = ["STAFF_MAX", "find_staff", "memberships_of", "names_of", "names_with"]
