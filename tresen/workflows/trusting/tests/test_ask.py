"""Asking: the same answer for every address, clocks, objections at once, proof before data."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tresen.domains.conversations.models import Letter
from tresen.domains.privacy.commands import NotAnswerable, NotExtendable
from tresen.domains.privacy.queries.consents import is_suppressed, may_send
from tresen.domains.privacy.queries.requests import find_export, get_request, list_steps
from tresen.domains.privacy.types.consents import Purpose, SendRefusal
from tresen.domains.privacy.types.requests import RequestKind, RequestState, RequestWay
from tresen.foundation import sql
from tresen.foundation.actor import GUEST, Actor
from tresen.foundation.limits.taking import LimitReached
from tresen.workflows.buying.tests.make import NOON, SmallShop
from tresen.workflows.trusting.advertising import (
    ask_for_newsletter,
    confirm_newsletter,
    object_to_advertising,
    set_consent,
)
from tresen.workflows.trusting.answer import answer, extend
from tresen.workflows.trusting.ask import prove, send_link
from tresen.workflows.trusting.copies import make_copy
from tresen.workflows.trusting.tests.make import letters, order, wish

pytestmark = pytest.mark.django_db
FRIEDA = Actor("staff", uuid4())
NEWSLETTER = Purpose.NEWSLETTER


def _deeds() -> list[str]:
    found = sql.rows("SELECT action FROM audit_deed")
    ours = ("privacy_request.", "consent.", "person.")
    return sorted(str(action) for (action,) in found if str(action).startswith(ours))


@pytest.fixture
def erika(shop: SmallShop) -> tuple[UUID, str]:
    bought = order(shop)
    assert bought.person_id is not None
    return bought.person_id, bought.person.email


def _switch(person_id: UUID, on: bool) -> None:
    set_consent(
        person_id=person_id,
        purpose=NEWSLETTER,
        granted=on,
        locale="de",
        place="my_data",
        proof="link",
        now=NOON,
        actor=GUEST,
    )


def test_the_link_goes_to_the_address_on_file_once_an_hour(erika: tuple[UUID, str]) -> None:
    _, email = erika
    for minutes in (0, 10, 70):
        send_link(email=email.upper(), locale="de", now=NOON + timedelta(minutes=minutes))

    assert [said["until_on"] for said in letters("my_data_link")] == ["2026-11-24"] * 2


def test_an_unknown_address_is_answered_alike_and_leaves_nothing(erika: tuple[UUID, str]) -> None:
    before = sql.rows("SELECT count(*) FROM vault.data_key")

    send_link(email="nobody@example.com", locale="de", now=NOON)

    assert letters("my_data_link") == []
    assert sql.rows("SELECT count(*) FROM vault.data_key") == before


def test_nobody_can_fill_a_mailbox(erika: tuple[UUID, str]) -> None:
    for _ in range(5):
        send_link(email=erika[1], locale="de", now=NOON)
    with pytest.raises(LimitReached):
        send_link(email=erika[1], locale="de", now=NOON)


def test_an_objection_works_at_once_and_letters_about_orders_go_on(
    shop: SmallShop, erika: tuple[UUID, str]
) -> None:
    person_id, email = erika
    _switch(person_id, on=True)
    assert may_send(email, purpose=NEWSLETTER, now=NOON).allowed

    request = wish(person_id, RequestKind.OBJECTION)

    assert request.state is RequestState.ANSWERED
    assert may_send(email, purpose=NEWSLETTER, now=NOON).refusal is SendRefusal.OBJECTION
    (said,) = letters("request_answered")
    assert said["ground"] == "Art. 21 (2), (3) DSGVO"
    placed = Letter.objects.filter(kind="order_placed").count()
    order(shop, now=NOON + timedelta(days=1))
    assert Letter.objects.filter(kind="order_placed").count() == placed + 1


def test_granting_and_taking_back_take_one_step_each(erika: tuple[UUID, str]) -> None:
    person_id, email = erika
    _switch(person_id, on=True)
    _switch(person_id, on=True)
    _switch(person_id, on=False)

    assert may_send(email, purpose=NEWSLETTER, now=NOON).refusal is SendRefusal.WITHDRAWN
    assert _deeds() == ["consent.grant", "consent.withdraw"]


def test_a_typed_address_gets_one_mail_without_advertising(shop: SmallShop) -> None:
    for _ in range(2):
        ask_for_newsletter(email="Neu@example.com", locale="de", place="checkout", now=NOON)

    (said,) = letters("opt_in")
    assert said["wish"] == "Neues per E-Mail, ja bitte."
    assert said["until_on"] == "2026-11-30"
    refusal = may_send("neu@example.com", purpose=NEWSLETTER, now=NOON).refusal
    assert refusal is SendRefusal.NO_CONSENT


def test_the_confirmed_address_is_known_by_whoever_bought_with_it(
    erika: tuple[UUID, str],
) -> None:
    ask_for_newsletter(email=erika[1], locale="de", place="checkout", now=NOON)
    (opt_in,) = sql.rows("SELECT id FROM privacy_opt_in")
    confirm_newsletter(opt_in_id=UUID(str(opt_in[0])), now=NOON, actor=GUEST)

    assert may_send(erika[1], purpose=NEWSLETTER, now=NOON).allowed
    assert sql.rows("SELECT person_id FROM privacy_consent_event") == [(erika[0],)]


def test_an_objection_ends_also_what_waits_for_confirmation(erika: tuple[UUID, str]) -> None:
    ask_for_newsletter(email=erika[1], locale="de", place="checkout", now=NOON)
    object_to_advertising(
        person_id=erika[0], locale="de", place="my_data", proof="link", now=NOON, actor=GUEST
    )

    assert is_suppressed(erika[1])
    assert sql.rows("SELECT count(*) FROM privacy_opt_in") == [(0,)]


def test_who_writes_a_letter_is_challenged_and_no_data_leave(erika: tuple[UUID, str]) -> None:
    request = wish(erika[0], RequestKind.ACCESS, way=RequestWay.LETTER)

    make_copy(request_id=request.id, now=NOON)
    with pytest.raises(NotAnswerable):
        answer(request_id=request.id, refused=False, words="", ground="", now=NOON, actor=FRIEDA)

    assert get_request(request.id).state is RequestState.UNPROVEN
    assert find_export(request.id) is None
    (said,) = letters("request_received")
    assert said["proven"] is False
    assert "/my-data/" in str(said["link_url"])

    prove(request_id=request.id, note="Rückruf, Kundennummer genannt", now=NOON, actor=FRIEDA)
    assert make_copy(request_id=request.id, now=NOON).state is RequestState.ANSWERED


def test_a_correction_is_noted_beside_the_papers_that_stay_as_they_are(
    erika: tuple[UUID, str],
) -> None:
    request = wish(erika[0], RequestKind.RECTIFICATION, words="Elbweg 8, nicht 7")
    answer(
        request_id=request.id,
        refused=False,
        words="Wir haben die neue Adresse notiert.",
        ground="Art. 16 GDPR",
        now=NOON,
        actor=FRIEDA,
    )

    assert [step.kind for step in list_steps(request.id)] == [
        "received",
        "answered",
        "orders_noted",
    ]
    found = sql.rows("SELECT body->>'request' FROM orders_history WHERE kind = 'corrected'")
    assert found == [(request.number,)]
    (said,) = letters("request_answered")
    assert said["answer"] == "Wir haben die neue Adresse notiert."


def test_an_extension_is_told_with_its_reason_and_its_day(erika: tuple[UUID, str]) -> None:
    request = wish(erika[0], RequestKind.ASK_PERSON, words="Kauf auf Rechnung abgelehnt")

    extended = extend(request_id=request.id, reason="Gutachten steht aus", now=NOON, actor=FRIEDA)

    assert extended.clock.due_on == date(2027, 2, 23)
    (said,) = letters("request_extended")
    assert (said["due_on"], said["reason"]) == ("2027-02-23", "Gutachten steht aus")
    late = NOON + timedelta(days=40)
    with pytest.raises(NotExtendable):
        extend(request_id=request.id, reason="", now=late, actor=FRIEDA)


def test_every_step_is_one_deed(erika: tuple[UUID, str]) -> None:
    request = wish(erika[0], RequestKind.RESTRICTION, words="Bitte nur speichern")
    extend(request_id=request.id, reason="x", now=NOON, actor=FRIEDA)
    answer(request_id=request.id, refused=True, words="Nein", ground="x", now=NOON, actor=FRIEDA)

    assert _deeds() == [
        "privacy_request.answer",
        "privacy_request.extend",
        "privacy_request.open",
    ]
