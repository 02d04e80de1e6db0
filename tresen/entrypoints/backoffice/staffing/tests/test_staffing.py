"""Settings → Staff: invite, give roles, let go, and what each role sees of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tresen.domains.accounts.commands.factors import factors_to_keep, turn_on_second_step
from tresen.domains.accounts.models import Change, User
from tresen.domains.accounts.queries import memberships_of
from tresen.domains.accounts.types import ChangeKind, Membership, Role
from tresen.entrypoints.backoffice.tests.make import Counter, clerk
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON

LIST = "/settings/staff/"
JONAS = {"username": "jonas", "display_name": "Jonas", "email": "jonas@schapp.example"}


def invite(counter: Counter, **typed: object) -> str:
    """The link that the page shows."""
    counter.post(f"{LIST}invitation/", **{**JONAS, "roles": ["clerk"], **typed})
    user = User.objects.get(username="jonas")
    page = counter.get(f"{LIST}{outer('usr', user.id)}/").content.decode()
    found = re.search(r"/staff/account/invitation/[\w-]+/", page)
    assert found is not None
    return found[0]


def test_somebody_joins_with_the_link_and_signs_in_with_a_factor_to_set_up(
    counter: Counter,
) -> None:
    link = invite(counter, stores=["schapp"])
    guest = Client(headers={"accept-language": "de"})
    assert "Jonas" in guest.get(link).content.decode()

    weak = guest.post(link, {"password": "kurz", "again": "kurz"})
    other = guest.post(link, {"password": "eine neue Losung", "again": "eine andere Losung"})
    joined = guest.post(link, {"password": "eine neue Losung", "again": "eine neue Losung"})
    again = guest.get(link)

    assert (weak.status_code, other.status_code, again.status_code) == (422, 422, 410)
    assert joined["Location"] == "/staff/account/login/"
    user = User.objects.get(username="jonas")
    assert user.is_active
    assert memberships_of(user.id) == (Membership(Role.CLERK, "schapp"),)


def test_who_lost_the_phone_comes_in_anew_and_the_old_ways_are_shut(counter: Counter) -> None:
    jonas = clerk(name="jonas", role=Role.WAREHOUSE)
    user = User.objects.get(username="jonas")
    for owner in (user, User.objects.get(username="frieda")):
        turn_on_second_step(user_id=owner.id, secret="JBSWY3DPEHPK3PXP", now=NOON)
    path = f"{LIST}{outer('usr', user.id)}/"
    assert "Neuer Zugang" in counter.get(path).content.decode()

    counter.post(f"{path}invitation/")
    found = re.search(r"/staff/account/invitation/[\w-]+/", counter.get(path).content.decode())
    assert found is not None
    assert jonas.get("/staff/stock/").status_code == 200, "nothing is lost before it is used"
    Client().post(found[0], {"password": "eine neue Losung", "again": "eine neue Losung"})

    assert jonas.get("/staff/stock/")["Location"].startswith("/staff/account/login/")
    assert not factors_to_keep(user.id)
    assert factors_to_keep(User.objects.get(username="frieda").id)
    assert User.objects.get(username="jonas").check_password("eine neue Losung")
    (change,) = Change.objects.filter(user=user)
    assert change.kind == ChangeKind.PASSWORD_CHANGED, (
        "told by mail, with a link that takes it back"
    )


@pytest.mark.parametrize("token", ["x", "A" * 48, "%00"])
def test_a_made_up_link_opens_nothing(counter: Counter, token: str) -> None:
    assert Client().get(f"/staff/account/invitation/{token}/").status_code == 404


def test_roles_are_changed_and_the_page_says_what_follows(counter: Counter) -> None:
    invite(counter)
    path = f"{LIST}{outer('usr', User.objects.get(username='jonas').id)}/"

    counter.post(f"{path}roles/", roles=["support"], stores=["schapp"])

    text = counter.get(path).content.decode()
    assert "Kundendienst (schapp)" in text
    assert "Nachrichten beantworten" in text
    assert "Bestand sehen" in text
    assert "Ware einbuchen" not in text


def test_the_last_owner_is_told_why_they_stay(counter: Counter) -> None:
    path = f"{LIST}{outer('usr', User.objects.get(username='frieda').id)}/"

    left = counter.browser.post(f"/staff{path}leaving/", follow=True)
    other = counter.post(f"{path}roles/", roles=["support"])

    assert "die letzte Person" in left.content.decode()
    assert (other.status_code, "die letzte Person" in other.content.decode()) == (422, True)
    assert memberships_of(User.objects.get(username="frieda").id) == (Membership(Role.OWNER),)


def test_who_is_let_go_is_signed_out_with_the_next_request(counter: Counter) -> None:
    jonas = clerk(name="jonas", role=Role.WAREHOUSE)
    assert jonas.get("/staff/stock/").status_code == 200

    counter.post(f"{LIST}{outer('usr', User.objects.get(username='jonas').id)}/leaving/")

    assert jonas.get("/staff/stock/")["Location"].startswith("/staff/account/login/")


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [(Role.AUDITOR, 200, 403), (Role.MANAGER, 200, 403), (Role.CLERK, 403, 403)],
)
def test_who_may_see_the_staff_may_not_therefore_change_it(
    counter: Counter, role: Role, sees: int, changes: int
) -> None:
    browser = clerk(name="jonas", role=role)
    path = f"/staff{LIST}{outer('usr', User.objects.get(username='jonas').id)}/roles/"

    assert browser.get(f"/staff{LIST}").status_code == sees
    assert browser.post(path, {"roles": ["owner"]}).status_code == changes
    assert memberships_of(User.objects.get(username="jonas").id) == (Membership(role),)
