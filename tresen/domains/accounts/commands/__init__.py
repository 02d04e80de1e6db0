"""Writes. Keywords only, inside the caller's transaction."""

from __future__ import annotations

from tresen.domains.accounts.commands.memberships import set_memberships
from tresen.domains.accounts.commands.staff import hire

__all__ = ["hire", "set_memberships"]
