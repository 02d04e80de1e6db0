"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from tresen.domains.accounts.models.address_book import SavedAddress
from tresen.domains.accounts.models.approvals import Approval
from tresen.domains.accounts.models.invitations import Invitation
from tresen.domains.accounts.models.memberships import Membership
from tresen.domains.accounts.models.proofs import Change, Proof
from tresen.domains.accounts.models.sessions import Device, Identity, Session
from tresen.domains.accounts.models.users import Mailbox, User

__all__ = [
    "Approval",
    "Change",
    "Device",
    "Identity",
    "Invitation",
    "Mailbox",
    "Membership",
    "Proof",
    "SavedAddress",
    "Session",
    "User",
]
