"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from tresen.domains.accounts.models.invitations import Invitation
from tresen.domains.accounts.models.memberships import Membership
from tresen.domains.accounts.models.sessions import Device, Identity, Session
from tresen.domains.accounts.models.users import User

__all__ = ["Device", "Identity", "Invitation", "Membership", "Session", "User"]
