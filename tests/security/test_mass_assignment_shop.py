"""The same for the shop: its forms take what they ask for, and nothing else (RELIABILITY S2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.security.extras import difference, done, plain
from tests.security.objects import World
from tests.security.people import own_links, shopper
from tresen.domains.accounts.models import User
from tresen.entrypoints.shared.sessions.tests.make import with_pages

pytestmark = pytest.mark.django_db
PLACE = {"name": "Erika", "street": "Elbweg 7", "postcode": "22765", "city": "Hamburg",
         "country": "DE"}  # fmt: skip


def shop_forms(world: World) -> Iterator[tuple[Client, str, Mapping[str, object]]]:
    """Forms of the shop that write something, with who sends them."""
    me, own = shopper(world.me), world.objects["own"]
    links = {name.removesuffix(".token"): token for name, token in own_links(world.me).items()}
    yield me, "/de/account/profile/", {"name": "Rike", "language": "en"}
    yield me, "/de/account/addresses/new/", PLACE
    yield me, f"/de/account/addresses/{own['place']}/", PLACE | {"city": "Kiel"}
    yield me, f"/de/account/addresses/{own['place']}/removal/", {}
    yield me, f"/de/account/orders/{own['order']}/again/", {}
    yield me, "/de/account/password/", {"password": "korb moewe anker"}
    yield me, "/de/account/address/", {"email": "neu@example.com"}
    yield me, f"/de/account/passkeys/{own['factor']}/", {"name": "Schlüssel"}
    yield me, "/de/my-data/me/switches/", {"purpose": "newsletter", "on": "1"}
    yield me, "/de/my-data/me/requests/", {"kind": "rectification", "wish": "Bitte"}
    yield Client(), "/de/account/sign-up/", {"email": "jemand@example.com"}
    yield (
        Client(),
        f"/de/account/password/new/{links['storefront:account_new_password']}/",
        {"password": "korb moewe anker"},
    )
    yield (
        Client(),
        f"/staff/account/invitation/{links['staff_invitation']}/",
        {"password": "korb moewe anker"},
    )
    yield Client(), f"/de/orders/{links['storefront:order']}/cancellation/", {}
    yield Client(), "/de/cart/lines/", {"variant": own["variant"], "quantity": "2"}


def test_no_form_of_the_shop_takes_more_than_it_asks_for(world: World) -> None:
    found, written = {}, 0
    for browser, address, typed in shop_forms(world):
        untouched = plain()
        status, stored = done(browser, address, typed)
        written += status < 400 and stored != untouched
        if changed := difference(browser, address, typed):
            found[address] = changed
    assert found == {}
    assert written >= 12, "these forms write something"


def planted(take: Callable[[HttpRequest, User], None], world: World) -> list[str]:
    """What the comparison says of a profile page that was written in a hurry."""

    def hole(request: HttpRequest) -> HttpResponse:
        take(request, User.objects.get(id=request.user.pk))
        return HttpResponse("saved")

    with with_pages(path("de/hole/", hole, name="probe")):
        return difference(shopper(world.me), "/de/hole/", {"language": "en"})


def test_control_a_view_that_takes_whatever_is_sent_is_found(world: World) -> None:
    def all_of_it(request: HttpRequest, user: User) -> None:
        names = {"generation", "language"} & set(request.POST)
        User.objects.filter(id=user.id).update(**{name: request.POST[name] for name in names})

    def what_it_asks_for(request: HttpRequest, user: User) -> None:
        User.objects.filter(id=user.id).update(language=request.POST["language"])

    assert planted(all_of_it, world) == ["accounts_user"]
    assert planted(what_it_asks_for, world) == []
