"""Joining, other roles, leaving: one owner is always left, an invitation holds once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.auth import authenticate

from tresen.domains.accounts.commands import InvitationUsed, LastOwner, NameTaken, hire
from tresen.domains.accounts.commands import staffing as commands
from tresen.domains.accounts.models import Invitation, User
from tresen.domains.accounts.queries import find_member, list_members, memberships_of
from tresen.domains.accounts.types import Membership, Role
from tresen.foundation.actor import SYSTEM
from tresen.foundation.vault.links import read_link
from tresen.workflows.staffing.roles import (
    INVITATION,
    change_roles,
    invite_again,
    invite_member,
    join,
    let_go,
    take_back,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CLERK = (Membership(Role.CLERK, "altona"),)


def owner(name: str) -> UUID:
    return hire(
        username=name,
        display_name=name,
        email="",
        role=Role.OWNER,
        password="eine lange Losung",
        now=NOON,
    )


def invited() -> tuple[UUID, UUID]:
    user_id, link = invite_member(
        username="jonas",
        display_name="Jonas",
        email="jonas@schapp.example",
        memberships=CLERK,
        now=NOON,
        actor=SYSTEM,
    )
    return user_id, read_link(link.rstrip("/").rpartition("/")[2], purpose=INVITATION, now=NOON)


def test_whoever_is_invited_cannot_sign_in_before_choosing_a_password() -> None:
    user_id, invitation_id = invited()
    row = find_member(user_id, now=NOON)
    assert row is not None
    assert (row.is_active, row.is_invited, row.memberships) == (False, True, CLERK)

    join(invitation_id=invitation_id, password="eine neue Losung", now=NOON)

    assert authenticate(username="jonas", password="eine neue Losung").id == user_id
    assert memberships_of(user_id) == CLERK


@pytest.mark.parametrize("how", ["used", "renewed", "too late", "withdrawn"])
def test_an_invitation_holds_once_and_for_seven_days(how: str) -> None:
    user_id, invitation_id = invited()
    when = NOON + timedelta(days=8) if how == "too late" else NOON
    if how == "used":
        join(invitation_id=invitation_id, password="eine neue Losung", now=NOON)
    if how == "renewed":
        invite_again(user_id=user_id, now=NOON, actor=SYSTEM)
    if how == "withdrawn":
        let_go(user_id=user_id, now=NOON, actor=SYSTEM)
    before = User.objects.get(id=user_id).password

    with pytest.raises(InvitationUsed):
        join(invitation_id=invitation_id, password="noch eine Losung", now=when)

    assert User.objects.get(id=user_id).password == before


def test_control_without_its_mark_an_invitation_would_hold_twice() -> None:
    user_id, invitation_id = invited()
    join(invitation_id=invitation_id, password="eine neue Losung", now=NOON)
    Invitation.objects.update(used_at=None)
    assert join(invitation_id=invitation_id, password="noch eine Losung", now=NOON) == user_id


def test_a_login_is_given_once() -> None:
    invited()
    with pytest.raises(NameTaken):
        invited()
    assert [row.username for row in list_members(now=NOON)] == ["jonas"]


def test_the_last_owner_stays_owner_and_stays() -> None:
    ida = owner("ida")
    for act in (
        lambda: let_go(user_id=ida, now=NOON, actor=SYSTEM),
        lambda: change_roles(user_id=ida, memberships=CLERK, now=NOON, actor=SYSTEM),
        lambda: change_roles(
            user_id=ida, memberships=[Membership(Role.OWNER, "altona")], now=NOON, actor=SYSTEM
        ),
    ):
        with pytest.raises(LastOwner):
            act()
    assert memberships_of(ida) == (Membership(Role.OWNER),)
    assert User.objects.get(id=ida).is_active


def test_an_owner_who_left_does_not_count() -> None:
    ida, jule = owner("ida"), owner("jule")
    let_go(user_id=jule, now=NOON, actor=SYSTEM)
    with pytest.raises(LastOwner):
        let_go(user_id=ida, now=NOON, actor=SYSTEM)
    take_back(user_id=jule, now=NOON, actor=SYSTEM)
    let_go(user_id=ida, now=NOON, actor=SYSTEM)
    assert not User.objects.get(id=ida).is_active


def test_control_without_the_check_nobody_would_be_left(monkeypatch: pytest.MonkeyPatch) -> None:
    ida = owner("ida")
    monkeypatch.setattr(commands, "_check_owner_left", lambda _: None)
    let_go(user_id=ida, now=NOON, actor=SYSTEM)
    assert not User.objects.filter(is_active=True).exists()
