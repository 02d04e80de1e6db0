"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from tresen.domains.accounts.models.users import User

__all__ = ["User"]
