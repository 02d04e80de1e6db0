"""Roles and permissions in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, pgettext_lazy

from tresen.domains.accounts.types import Membership, Permission, Role
from tresen.entrypoints.backoffice.kit.types import Words

ROLE_WORDS: Mapping[Role, Words] = {
    Role.OWNER: pgettext_lazy("role", "Owner"),
    Role.MANAGER: pgettext_lazy("role", "Manager"),
    Role.CLERK: pgettext_lazy("role", "Store clerk"),
    Role.WAREHOUSE: pgettext_lazy("role", "Warehouse"),
    Role.SUPPORT: pgettext_lazy("role", "Support"),
    Role.MARKETING: pgettext_lazy("role", "Marketing"),
    Role.ACCOUNTANT: pgettext_lazy("role", "Accounting"),
    Role.AUDITOR: pgettext_lazy("role", "Auditor"),
    Role.DEVELOPER: pgettext_lazy("role", "Developer"),
}
PERMISSION_WORDS: Mapping[Permission, Words] = {
    Permission.DOOR: pgettext_lazy("permission", "Come into the back office"),
    Permission.ORDERS_SEE: pgettext_lazy("permission", "See orders"),
    Permission.ORDERS_CHANGE: pgettext_lazy("permission", "Change and cancel orders"),
    Permission.ORDERS_SHIP: pgettext_lazy("permission", "Ship and hand over orders"),
    Permission.ORDERS_REFUND: pgettext_lazy("permission", "Refund orders"),
    Permission.REFUNDS_APPROVE: pgettext_lazy("permission", "Approve large refunds"),
    Permission.MONEY_CHANGE: pgettext_lazy("permission", "Note payments and refunds by hand"),
    Permission.GOODS_SEE: pgettext_lazy("permission", "See goods"),
    Permission.GOODS_CHANGE: pgettext_lazy("permission", "Change goods"),
    Permission.PRICES_CHANGE: pgettext_lazy("permission", "Change prices"),
    Permission.STOCK_SEE: pgettext_lazy("permission", "See stock"),
    Permission.STOCK_CHANGE: pgettext_lazy("permission", "Book in and count stock"),
    Permission.CUSTOMERS_SEE: pgettext_lazy("permission", "See customers"),
    Permission.CUSTOMERS_CHANGE: pgettext_lazy("permission", "Change customers"),
    Permission.INBOX_HANDLE: pgettext_lazy("permission", "Answer messages"),
    Permission.MARKETING_CHANGE: pgettext_lazy("permission", "Run marketing"),
    Permission.CHANNELS_CHANGE: pgettext_lazy("permission", "Set up channels"),
    Permission.REPORTS_SEE: pgettext_lazy("permission", "See reports"),
    Permission.TAX_AUDIT: pgettext_lazy(
        "permission", "See what tax law keeps locked, for an audit"
    ),
    Permission.RISK_REVIEW: pgettext_lazy("permission", "Review suspicious orders"),
    Permission.TRUST_SEE: pgettext_lazy("permission", "See the area Trust"),
    Permission.PRIVACY_SEE: pgettext_lazy("permission", "See requests about personal data"),
    Permission.PRIVACY_HANDLE: pgettext_lazy("permission", "Answer requests about personal data"),
    Permission.PERSONAL_EXPORT: pgettext_lazy("permission", "Export personal data in bulk"),
    Permission.EXPORTS_APPROVE: pgettext_lazy("permission", "Approve exports of personal data"),
    Permission.AUDIT_SEE: pgettext_lazy("permission", "Search the audit"),
    Permission.INCIDENTS_HANDLE: pgettext_lazy("permission", "Handle incidents"),
    Permission.KEYS_CHANGE: pgettext_lazy("permission", "Rotate keys"),
    Permission.BACKUPS_SEE: pgettext_lazy("permission", "See backups and drills"),
    Permission.STAFF_SEE: pgettext_lazy("permission", "See staff and roles"),
    Permission.STAFF_CHANGE: pgettext_lazy("permission", "Invite staff and change roles"),
    Permission.SETTINGS_SEE: pgettext_lazy("permission", "See settings"),
    Permission.SETTINGS_CHANGE: pgettext_lazy("permission", "Change settings"),
    Permission.API_CHANGE: pgettext_lazy("permission", "Manage programs and their keys"),
}


def roles_words(memberships: Iterable[Membership]) -> str:
    """«Store clerk (altona), Support»; each role once, with its stores."""
    stores: dict[Role, list[str]] = {}
    for one in sorted(memberships):
        stores.setdefault(one.role, []).append(one.store)
    return ", ".join(_role_words(role, codes) for role, codes in stores.items())


def _role_words(role: Role, codes: list[str]) -> str:
    words = str(ROLE_WORDS[role])
    if "" in codes:
        return words
    return gettext("%(role)s (%(stores)s)") % {"role": words, "stores": ", ".join(codes)}
