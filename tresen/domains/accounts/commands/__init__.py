"""Writes. Keywords only, inside the caller's transaction."""

from __future__ import annotations

from tresen.domains.accounts.commands.identities import link_identity, unlink_identities
from tresen.domains.accounts.commands.memberships import set_memberships
from tresen.domains.accounts.commands.sessions import (
    change_session,
    end_session,
    end_session_of_key,
    end_sessions,
    end_sessions_of,
    forget_device,
    forget_ended_sessions,
    know_device,
    open_session,
    touch_session,
)
from tresen.domains.accounts.commands.staff import hire
from tresen.domains.accounts.commands.staffing import (
    InvitationUsed,
    LastOwner,
    NameTaken,
    accept_invitation,
    activate,
    deactivate,
    give_roles,
    invite,
    renew_invitation,
)

__all__ = [
    "InvitationUsed",
    "LastOwner",
    "NameTaken",
    "accept_invitation",
    "activate",
    "change_session",
    "deactivate",
    "end_session",
    "end_session_of_key",
    "end_sessions",
    "end_sessions_of",
    "forget_device",
    "forget_ended_sessions",
    "give_roles",
    "hire",
    "invite",
    "know_device",
    "link_identity",
    "open_session",
    "renew_invitation",
    "set_memberships",
    "touch_session",
    "unlink_identities",
]
