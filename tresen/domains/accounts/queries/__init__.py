"""Reads. get_ raises, find_ may return None, list_ is bounded."""

from __future__ import annotations

from tresen.domains.accounts.queries.address_book import (
    NoSuchAddress,
    get_address_of,
    list_addresses_of,
)
from tresen.domains.accounts.queries.approvals import (
    count_approvals,
    find_allowed,
    find_approval,
    list_approvals,
)
from tresen.domains.accounts.queries.changes import find_change, former_address_of, list_changes_of
from tresen.domains.accounts.queries.contacts import find_contact, list_owners
from tresen.domains.accounts.queries.factors import (
    credentials_of,
    has_second_step,
    list_factors_of,
    unused_codes_of,
)
from tresen.domains.accounts.queries.identities import (
    account_is_linked,
    account_named,
    find_identified,
)
from tresen.domains.accounts.queries.memberships import memberships_of, names_with
from tresen.domains.accounts.queries.sessions import (
    find_device,
    find_session,
    find_session_row,
    is_known_device,
    knows_staff,
    list_devices_of,
    list_sessions_of,
)
from tresen.domains.accounts.queries.shoppers import (
    NoSuchAccount,
    account_of,
    find_login_at,
    find_shopper,
    find_shopper_at,
    get_shopper,
    list_mailboxes_of,
    login_indexes_of,
    login_of,
)
from tresen.domains.accounts.queries.staff import (
    STAFF_MAX,
    find_staff,
    find_staff_id,
    name_of,
    names_of,
)
from tresen.domains.accounts.queries.staffing import (
    find_invited,
    find_member,
    find_member_named,
    list_members,
)

__all__ = [
    "STAFF_MAX",
    "NoSuchAccount",
    "NoSuchAddress",
    "account_is_linked",
    "account_named",
    "account_of",
    "count_approvals",
    "credentials_of",
    "find_allowed",
    "find_approval",
    "find_change",
    "find_contact",
    "find_device",
    "find_identified",
    "find_invited",
    "find_login_at",
    "find_member",
    "find_member_named",
    "find_session",
    "find_session_row",
    "find_shopper",
    "find_shopper_at",
    "find_staff",
    "find_staff_id",
    "former_address_of",
    "get_address_of",
    "get_shopper",
    "has_second_step",
    "is_known_device",
    "knows_staff",
    "list_addresses_of",
    "list_approvals",
    "list_changes_of",
    "list_devices_of",
    "list_factors_of",
    "list_mailboxes_of",
    "list_members",
    "list_owners",
    "list_sessions_of",
    "login_indexes_of",
    "login_of",
    "memberships_of",
    "name_of",
    "names_of",
    "names_with",
    "unused_codes_of",
]
