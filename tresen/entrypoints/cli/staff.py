"""The staff: who works here, with which roles, and who may no longer come in.

tresen staff list
tresen staff invite LOGIN --name NAME --email ADDRESS --role ROLE [--role …] [--store CODE …]
tresen staff roles LOGIN --role ROLE [--role …] [--store CODE …]
tresen staff readmit LOGIN
tresen staff deactivate LOGIN

Without --store the roles hold for all stores. An invitation prints a link that holds once;
`readmit` prints one for somebody who lost the phone or the password, the last owner too.
"""

from __future__ import annotations

import argparse

from tresen.domains.accounts.queries import find_member_named, list_members
from tresen.domains.accounts.types import MemberRow, Membership, Role
from tresen.domains.stores.queries import list_stores
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.staffing.roles import change_roles, invite_again, invite_member, let_go


class NoSuchMember(Trouble):
    """A login that nobody of the staff has."""


class NoSuchStore(Trouble):
    """A code that no store has."""


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help=_("everybody with their roles"))
    inviting = verbs.add_parser("invite", help=_("somebody is asked to join"))
    inviting.add_argument("login")
    inviting.add_argument("--name", required=True)
    inviting.add_argument("--email", required=True)
    giving = verbs.add_parser("roles", help=_("other roles from now on"))
    giving.add_argument("login")
    for verb in (inviting, giving):
        verb.add_argument("--role", action="append", required=True, choices=[*map(str, Role)])
        verb.add_argument("--store", action="append", default=[], metavar="CODE")
    verbs.add_parser("readmit", help=_("a new password and second factor")).add_argument("login")
    verbs.add_parser("deactivate", help=_("signed out everywhere")).add_argument("login")


def act(arguments: argparse.Namespace) -> int:
    acts = {"list": _list, "invite": _invite, "roles": _roles}
    acts |= {"readmit": _readmit, "deactivate": _deactivate}
    print(acts[arguments.verb](arguments))
    return 0


def _list(_arguments: argparse.Namespace) -> str:
    return "\n".join(_line(row) for row in list_members(now=clock.now())) or _("Nobody yet.")


def _line(row: MemberRow) -> str:
    roles = ", ".join(
        f"{one.role}@{one.store}" if one.store else one.role for one in row.memberships
    )
    state = _("left")
    if row.is_active:
        state = _("active")
    elif row.is_invited:
        state = _("invited")
    return f"{row.username:<20} {state:<10} {roles}"


def _invite(arguments: argparse.Namespace) -> str:
    _user_id, link = invite_member(
        username=arguments.login,
        display_name=arguments.name,
        email=arguments.email,
        memberships=_memberships(arguments),
        now=clock.now(),
        actor=SYSTEM,
    )
    return _("Hand over this link; it holds once, for seven days:\n{link}", link=link)


def _readmit(arguments: argparse.Namespace) -> str:
    link = invite_again(user_id=_member(arguments.login).id, now=clock.now(), actor=SYSTEM)
    return _("Hand over this link; it holds once, for seven days:\n{link}", link=link)


def _roles(arguments: argparse.Namespace) -> str:
    row = _member(arguments.login)
    held = _memberships(arguments)
    change_roles(user_id=row.id, memberships=held, now=clock.now(), actor=SYSTEM)
    return _line(_member(arguments.login))


def _deactivate(arguments: argparse.Namespace) -> str:
    ended = let_go(user_id=_member(arguments.login).id, now=clock.now(), actor=SYSTEM)
    return _("Done. Sessions that ended: {count}.", count=ended)


def _memberships(arguments: argparse.Namespace) -> list[Membership]:
    known = {store.code for store in list_stores()}
    if strange := sorted(set(arguments.store) - known):
        raise NoSuchStore(
            _(
                "There is no store {code}. Known: {known}.",
                code=repr(strange[0]),
                known=", ".join(sorted(known)),
            )
        )
    return [
        Membership(Role(role), store)
        for role in arguments.role
        for store in arguments.store or [""]
    ]


def _member(login: str) -> MemberRow:
    found = find_member_named(login, now=clock.now())
    if found is None:
        raise NoSuchMember(
            _(
                "Nobody of the staff has the login {login}. See: tresen staff list",
                login=repr(login),
            )
        )
    return found
