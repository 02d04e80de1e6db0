"""From members of the staff to the kit's lists and details."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.rules import permissions_of, stores_for
from tresen.domains.accounts.types import MemberRow, Permission
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Linked,
    ListSpec,
    Section,
    Table,
)
from tresen.entrypoints.backoffice.rights.words import PERMISSION_WORDS, roles_words
from tresen.foundation.ids import outer

SETTINGS = _("Settings")


def member_url(user_id: UUID, name: str = "member") -> str:
    return reverse(f"backoffice:{name}", args=[outer("usr", user_id)])


def state_chip(row: MemberRow) -> Chip:
    if row.is_active:
        return Chip(_("active"), "ok")
    return Chip(_("invited"), "attention") if row.is_invited else Chip(_("left"), "quiet")


STAFF: ListSpec[MemberRow] = ListSpec(
    name="staff",
    title=_("Staff"),
    task="settings",
    columns=[
        Column("name", _("Name"), lambda row: Linked(row.name, member_url(row.id))),
        Column("login", _("Login"), lambda row: row.username),
        Column("roles", _("Roles"), lambda row: roles_words(row.memberships)),
        Column("state", _("State"), lambda row: [state_chip(row)], kind="chips"),
    ],
    row_id=lambda row: outer("usr", row.id),
    row_url=lambda row: member_url(row.id),
    empty=Empty(_("Nobody of that login"), _("Invite somebody: they get a link that holds once.")),
    search_hint=_("Login"),
)


def member_page(row: MemberRow) -> DetailPage:
    """Who it is, with which roles, and what follows from them."""
    return DetailPage(
        title=row.name,
        task="settings",
        crumbs=[Crumb(gettext("Staff"), reverse("backoffice:staff")), Crumb(row.name)],
        chips=[state_chip(row)],
        next_action=Action(gettext("Change roles"), member_url(row.id, "member_roles")),
        actions=_actions(row),
        sections=[_who(row), _rights(row)],
    )


def _actions(row: MemberRow) -> list[Action]:
    if row.is_active:
        return [
            Action(
                gettext("New way in"),
                member_url(row.id, "member_invitation"),
                method="post",
                confirm=gettext(
                    "For a lost phone or password: you get a link for %(name)s. Whoever opens it"
                    " chooses a new password and sets up a new second factor."
                )
                % {"name": row.name},
            ),
            Action(
                gettext("Let go"),
                member_url(row.id, "member_leaving"),
                method="post",
                tone="danger",
                confirm=gettext("%(name)s is signed out everywhere and cannot sign in any more.")
                % {"name": row.name},
            ),
        ]
    again = Action(gettext("Invite again"), member_url(row.id, "member_invitation"), method="post")
    back = Action(gettext("Take back"), member_url(row.id, "member_return"), method="post")
    return [again] if row.is_invited else [again, back]


def _who(row: MemberRow) -> Section:
    return Section(
        "who",
        gettext("Who"),
        facts=[
            Fact(gettext("Login"), row.username),
            Fact(gettext("E-mail"), row.email),
            Fact(gettext("Roles"), roles_words(row.memberships)),
            Fact(gettext("Since"), row.since),
        ],
    )


def _rights(row: MemberRow) -> Section:
    held = permissions_of(row.memberships)

    def where(permission: Permission) -> str:
        stores = stores_for(row.memberships, permission).narrowed
        return gettext("all stores") if stores is None else ", ".join(stores)

    columns: list[Column[Permission]] = [
        Column("what", gettext("May"), lambda one: PERMISSION_WORDS[one]),
        Column("where", gettext("Where"), where),
    ]
    known = [one for one in Permission if one in held]
    return Section("rights", gettext("What follows"), tables=[Table(columns, known)])
