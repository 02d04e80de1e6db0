"""Data about people in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import PersonalColumn

COLUMNS = (
    PersonalColumn(
        table="accounts_user",
        column="username",
        subject="staff",
        purposes=("sign in",),
        basis="6(1)(b)",
        retention="profile",
        sealed=False,
    ),
    PersonalColumn(
        table="accounts_user",
        column="display_name",
        subject="staff",
        purposes=("show colleagues who did what",),
        basis="6(1)(b)",
        retention="profile",
    ),
    PersonalColumn(
        table="accounts_user",
        column="email",
        subject="staff",
        purposes=("messages about the account",),
        basis="6(1)(b)",
        retention="profile",
    ),
    PersonalColumn(
        table="accounts_user",
        column="password",
        subject="staff",
        purposes=("sign in",),
        basis="6(1)(b)",
        retention="profile",
        sealed=False,
    ),
    PersonalColumn(
        table="accounts_user",
        column="login_index",
        subject="customer",
        purposes=("sign in",),
        basis="6(1)(b)",
        retention="profile",
    ),
    PersonalColumn(
        table="accounts_user",
        column="person_id",
        subject="customer",
        purposes=("find what belongs to the account",),
        basis="6(1)(b)",
        retention="profile",
        sealed=False,
    ),
    PersonalColumn(
        table="accounts_user",
        column="language",
        subject="customer",
        purposes=("speak the language that was chosen",),
        basis="6(1)(b)",
        retention="profile",
        sealed=False,
    ),
)
