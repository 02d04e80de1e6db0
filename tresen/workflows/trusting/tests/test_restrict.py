"""Restriction: only stored, read by nobody, advertised to never; lifted it is as before."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tresen.domains.conversations.commands import claim_letter
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderRow, Veil
from tresen.domains.privacy.queries.consents import may_send
from tresen.domains.privacy.queries.requests import list_steps
from tresen.domains.privacy.types.consents import Purpose, SendRefusal
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestWay
from tresen.foundation.actor import Actor
from tresen.workflows.buying.tests.make import NOON, SmallShop
from tresen.workflows.trusting.ask import send_link
from tresen.workflows.trusting.restrict import NotRestrictable, lift, restrict
from tresen.workflows.trusting.tests.make import letters, order, wish

pytestmark = pytest.mark.django_db
FRIEDA = Actor("staff", uuid4())


def _wish(bought: OrderRow, way: RequestWay = RequestWay.LINK) -> RequestRow:
    assert bought.person_id is not None
    return wish(bought.person_id, RequestKind.RESTRICTION, words="Nur speichern", way=way)


def _restrict(request_id: UUID) -> RequestRow:
    return restrict(request_id=request_id, now=NOON, actor=FRIEDA)


def test_restricted_records_are_read_by_nobody_and_no_advertising_goes(shop: SmallShop) -> None:
    bought = order(shop)
    request = _wish(bought)

    _restrict(request.id)

    seen = get_order(bought.id)
    assert (seen.person.name, seen.person.veil) == ("", Veil.RESTRICTED)
    refusal = may_send(bought.person.email, purpose=Purpose.NEWSLETTER, now=NOON).refusal
    assert refusal is SendRefusal.RESTRICTED
    assert [step.kind for step in list_steps(request.id)] == ["received", "restricted"]


def test_the_person_still_reaches_their_page(shop: SmallShop) -> None:
    bought = order(shop)
    _restrict(_wish(bought).id)

    send_link(email=bought.person.email, locale="de", now=NOON)

    assert len(letters("my_data_link")) == 1
    carried = set()
    while letter := claim_letter(now=NOON):
        carried.add(letter.kind.value)
    assert "my_data_link" in carried, "the carrier can open it"


def test_lifted_it_is_as_before(shop: SmallShop) -> None:
    bought = order(shop)
    request = _wish(bought)
    _restrict(request.id)

    lift(request_id=request.id, now=NOON, actor=FRIEDA)

    assert get_order(bought.id).person == bought.person
    with pytest.raises(NotRestrictable):
        lift(request_id=request.id, now=NOON, actor=FRIEDA)


def test_an_order_that_still_has_to_leave_goes_first(shop: SmallShop) -> None:
    bought = order(shop, done=False)
    request = _wish(bought)

    with pytest.raises(NotRestrictable):
        _restrict(request.id)
    assert get_order(bought.id).person == bought.person


def test_only_a_proven_wish_for_it_restricts(shop: SmallShop) -> None:
    bought = order(shop)
    assert bought.person_id is not None
    other = wish(bought.person_id, RequestKind.ASK_PERSON, words="?")
    letter = _wish(bought, RequestWay.LETTER)

    for request in (other, letter):
        with pytest.raises(NotRestrictable):
            _restrict(request.id)
    assert get_order(bought.id).person == bought.person
