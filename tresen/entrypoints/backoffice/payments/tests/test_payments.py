"""Money by hand: sent once, looked at as often as shown; wrong input changes nothing."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.commands import ask_refund, note_event, note_reference, record_claim
from tresen.domains.payments.ports import providers
from tresen.domains.payments.queries import balances, get_refund, list_events, list_payments_of
from tresen.domains.payments.tests import make
from tresen.domains.payments.types import EventKind, PaymentRow, RefundReason, RefundState
from tresen.entrypoints.backoffice.tests.make import HOSTILE, Counter, clerk, order_path
from tresen.foundation.actor import GUEST
from tresen.foundation.ids import new_id, outer
from tresen.foundation.money import Money
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db

_SENT = re.compile(r'action="/staff(/orders/\w+/refunds/\w+/sent/)"')
_REVIEW = re.compile(r'action="/staff(/orders/\w+/payments/\w+/review/)"')
_SHOWN = re.compile(r'name="troubles" value="(\d+)"')
NOBODY = UUID(int=7)
COUNTS = ("0", "2", "00000000001", "999999999", "9" * 5_000, "١", "1.0", " 1")
"""None of them is the one that the page has sent along, though some look like it."""


def _payment_of(order_id: UUID) -> PaymentRow:
    (payment,) = list_payments_of(order_id)
    return payment


def _asked_back(order_id: UUID, minor: int = 500) -> UUID:
    """A refund that nobody has sent yet."""
    return ask_refund(
        payment_id=_payment_of(order_id).id,
        amount=Money(minor, "EUR"),
        reason=RefundReason.GOODWILL,
        key=str(new_id()),
        now=NOON,
        actor=GUEST,
    )


def _on_a_card(counter: Counter) -> UUID:
    """An order whose payment the payment service knows."""
    order_id = counter.order(payment="demo_card")
    note_reference(payment_id=_payment_of(order_id).id, reference="ref-1")
    return order_id


def _told(order_id: UUID, kind: EventKind = EventKind.CAPTURED, **changes: Any) -> None:
    """What the payment service says; it is of the whole amount unless said otherwise."""
    payment = _payment_of(order_id)
    merchant = providers.take(payment.method).merchant
    said: dict[str, Any] = {
        "minor": payment.amount.minor,
        "merchant": merchant,
        "order_number": payment.order_number,
        "event_id": str(new_id()),
        "money_id": str(new_id()),
    }
    claim = make.claim(kind, **(said | changes))
    record_claim(method=payment.method, merchant=merchant, claim=claim, now=NOON)


def _all_of(order_id: UUID) -> tuple[Any, ...]:
    """Everything that a deed could change."""
    payment = _payment_of(order_id)
    return get_order(order_id), payment, list_events(payment.id), balances()


def _page(counter: Counter, order_id: UUID) -> str:
    return str(counter.get(order_path(order_id)).content.decode())


def _sent_path(order_id: UUID, refund_id: UUID) -> str:
    return f"{order_path(order_id)}refunds/{outer('ref', refund_id)}/sent/"


def _review_path(order_id: UUID) -> str:
    return f"{order_path(order_id)}payments/{outer('pay', _payment_of(order_id).id)}/review/"


def _said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_an_order_without_refunds_and_troubles_shows_neither(counter: Counter) -> None:
    page = _page(counter, counter.order(paid=True))

    assert 'id="section-refunds"' not in page
    assert "section-troubles" not in page


@pytest.mark.parametrize(
    ("method", "deed"), [("bank_transfer", "Geld überwiesen"), ("pay_in_store", "Geld ausgezahlt")]
)
def test_money_that_goes_back_by_hand_is_confirmed_once(
    counter: Counter, method: str, deed: str
) -> None:
    order_id = counter.order((counter.shop.mug, 1), payment=method, paid=True)
    refund_id = _asked_back(order_id)
    page = _page(counter, order_id)
    assert (deed in page, "Kulanz" in page, "zu senden" in page) == (True, True, True)
    assert "5,00\xa0€" in page
    (path,) = _SENT.findall(page)

    first = counter.post(path)
    before = _all_of(order_id)
    second = counter.post(path)

    assert first["Location"] == second["Location"] == f"/staff{order_path(order_id)}"
    assert _said(first) == ["Vermerkt: 5,00\xa0€ gingen zurück."]
    assert "schon erledigt" in _said(second)[-1]
    assert get_refund(refund_id).state is RefundState.REFUNDED
    assert get_order(order_id).payment_state is OrderPayment.PARTLY_REFUNDED
    assert balances()[f"cash:{method}", "EUR"] == _payment_of(order_id).amount.minor - 500
    assert _all_of(order_id) == before
    page = _page(counter, order_id)
    assert (_SENT.findall(page), "gesendet" in page) == ([], True)


def test_several_refunds_have_buttons_that_name_their_amounts(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    first, second = _asked_back(order_id, 500), _asked_back(order_id, 700)
    page = _page(counter, order_id)
    assert ("überwiesen: 5,00\xa0€" in page, "überwiesen: 7,00\xa0€" in page) == (True, True)

    counter.post(_sent_path(order_id, second))

    assert get_refund(first).state is RefundState.REQUESTED
    assert get_refund(second).state is RefundState.REFUNDED


def test_a_refund_on_a_card_is_not_confirmed_by_hand(counter: Counter) -> None:
    order_id = _on_a_card(counter)
    _told(order_id)
    refund_id = _asked_back(order_id)
    before = _all_of(order_id)
    assert _SENT.findall(_page(counter, order_id)) == []

    answer = counter.post(_sent_path(order_id, refund_id))

    assert "Von Hand lässt sie sich nicht buchen" in _said(answer)[0]
    assert _all_of(order_id) == before


def test_a_refund_is_confirmed_only_under_its_own_order(counter: Counter) -> None:
    mine = counter.order((counter.shop.tea, 1), paid=True)
    other = counter.order((counter.shop.tea, 1), paid=True)
    refund_id = _asked_back(other)
    before = _all_of(other)

    assert counter.post(_sent_path(mine, refund_id)).status_code == 404
    assert counter.post(_sent_path(NOBODY, refund_id)).status_code == 404
    assert _all_of(other) == before


def test_a_payment_is_looked_at_only_under_its_own_order(counter: Counter) -> None:
    mine, other = counter.order((counter.shop.tea, 1)), _on_a_card(counter)
    _told(other, minor=1)
    before = _all_of(other)

    path = _review_path(other).replace(order_path(other), order_path(mine))

    assert counter.post(path, troubles="1").status_code == 404
    assert _all_of(other) == before


@pytest.mark.parametrize("name", [*HOSTILE[1:], outer("ref", NOBODY), outer("pay", NOBODY)])
def test_what_nobody_knows_is_not_found(counter: Counter, name: str) -> None:
    order_id = counter.order(paid=True)
    before = _all_of(order_id)

    for tail in (f"refunds/{name}/sent/", f"payments/{name}/review/"):
        assert counter.post(f"{order_path(order_id)}{tail}", troubles="1").status_code == 404

    assert _all_of(order_id) == before


def test_reading_changes_nothing_and_strangers_are_sent_to_sign_in(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    paths = [_sent_path(order_id, _asked_back(order_id)), _review_path(order_id)]
    before = _all_of(order_id)
    half = clerk(name="hinnerk", second_factor=False)

    for path in paths:
        assert counter.get(path).status_code == 405
        assert Client().post(f"/staff{path}")["Location"].startswith("/staff/account/login/")
        assert half.post(f"/staff{path}")["Location"].startswith("/staff/account/factors/")

    assert _all_of(order_id) == before


def test_each_trouble_is_shown_in_words_and_looked_at_together(counter: Counter) -> None:
    order_id = _on_a_card(counter)
    _told(order_id, minor=1, merchant="thief")
    _told(order_id, EventKind.QUARANTINED, money_id="")
    _told(order_id)
    _told(order_id)
    note_event(
        payment_id=_payment_of(order_id).id, kind=EventKind.CANCELLED, event_id="end", now=NOON
    )
    note_event(
        payment_id=_payment_of(order_id).id,
        kind=EventKind.REFUND_FAILED,
        event_id="refused",
        now=NOON,
        refund_id=_asked_back(order_id),
        detail="refused",
    )
    page = _page(counter, order_id)
    words = [
        "Gemeldet: Geld ist eingegangen. Zurückgelegt.",
        "Das Geld ging auf ein anderes Konto. Der Betrag passt nicht.",
        "Der Zahlungsdienst warnt.",
        "Es kam mehr Geld, als offen war.",
        "Für eine aufgegebene Zahlung kam Geld.",
        "Eine Erstattung ist fehlgeschlagen.",
        "Der Zahlungsdienst hat sie abgelehnt.",
    ]
    assert [word for word in words if word not in page] == []
    assert _SHOWN.findall(page) == [str(_payment_of(order_id).troubles)] == ["5"]

    (path,) = _REVIEW.findall(page)
    answer = counter.post(path, troubles="5")

    assert _said(answer) == ["Als angesehen vermerkt."]
    assert not _payment_of(order_id).needs_review
    assert _REVIEW.findall(_page(counter, order_id)) == []
    assert list_events(_payment_of(order_id).id)[-1].actor.startswith("staff:")


def test_what_a_service_writes_stays_text_on_the_page(counter: Counter) -> None:
    order_id = _on_a_card(counter)
    payment = _payment_of(order_id)
    note_event(
        payment_id=payment.id,
        kind=EventKind.QUARANTINED,
        event_id="strange",
        now=NOON,
        detail="quarantined: <script>alert(1)</script>",
    )

    page = _page(counter, order_id)

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_what_came_after_the_page_was_shown_shows_again(counter: Counter) -> None:
    order_id = _on_a_card(counter)
    _told(order_id, minor=1)
    shown = _SHOWN.findall(_page(counter, order_id))
    _told(order_id, minor=2)

    counter.post(_review_path(order_id), troubles=shown[0])

    assert _SHOWN.findall(_page(counter, order_id)) == ["2"]


@pytest.mark.parametrize("count", [*HOSTILE, *COUNTS])
def test_a_strange_count_or_more_than_there_is_marks_nothing(counter: Counter, count: str) -> None:
    order_id = _on_a_card(counter)
    _told(order_id, minor=1)
    before = _all_of(order_id)

    answer = counter.post(_review_path(order_id), troubles=count)

    assert answer["Location"] == f"/staff{order_path(order_id)}"
    assert "Es gibt nichts Neues anzusehen" in _said(answer)[0]
    assert _all_of(order_id) == before


def test_looking_twice_or_without_a_count_marks_nothing(counter: Counter) -> None:
    order_id = _on_a_card(counter)
    _told(order_id, minor=1)
    path = _review_path(order_id)

    assert "Es gibt nichts Neues" in _said(counter.post(path))[0]
    counter.post(path, troubles="1")
    before = _all_of(order_id)
    assert counter.post(path, troubles="1").status_code == 302

    assert _all_of(order_id) == before


def test_the_list_is_narrowed_to_what_waits_for_somebody(counter: Counter) -> None:
    tea = (counter.shop.tea, 1)
    orders = {
        "paid": counter.order(tea, paid=True),
        "in store": counter.order((counter.shop.mug, 1), payment="pay_in_store"),
        "unpaid": counter.order(tea),
        "given back": counter.order(tea, paid=True),
        "trouble": _on_a_card(counter),
    }
    _asked_back(orders["given back"])
    _told(orders["trouble"], minor=1)
    numbers = {name: get_order(order_id).number for name, order_id in orders.items()}

    def found(**asked: str) -> set[str]:
        page = counter.get("/orders/", **asked).content.decode()
        return {name for name, number in numbers.items() if number in page}

    assert found(to_pack="1") == {"paid", "in store", "given back"}
    assert found(money="review") == {"trouble"}
    assert found(money="give_back") == {"given back"}
    assert found(money="give_back", payment="open") == set()
    counter.post(_review_path(orders["trouble"]), troubles="1")
    assert found(money="review") == set()


def test_an_order_of_which_a_part_went_back_still_waits_to_be_packed(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    counter.post(_sent_path(order_id, _asked_back(order_id)))

    order = get_order(order_id)
    assert order.payment_state is OrderPayment.PARTLY_REFUNDED
    assert order.number in counter.get("/orders/", to_pack="1").content.decode()


def test_a_packed_or_cancelled_order_does_not_wait_to_be_packed(counter: Counter) -> None:
    shipped = counter.order((counter.shop.tea, 1), paid=True)
    counter.post(f"{order_path(shipped)}shipment/", line_1="1", line_0="1")
    taken_back = counter.order((counter.shop.mug, 1), payment="pay_in_store", paid=True)
    counter.post(f"{order_path(taken_back)}cancellation/")

    page = counter.get("/orders/", to_pack="1").content.decode()
    owing = counter.get("/orders/", money="give_back").content.decode()

    assert [get_order(one).number in page for one in (shipped, taken_back)] == [False, False]
    assert [get_order(one).number in owing for one in (shipped, taken_back)] == [False, True]


@pytest.mark.parametrize("name", ["to_pack", "money"])
@pytest.mark.parametrize("answer", HOSTILE[1:])
def test_a_strange_answer_is_refused_in_words(counter: Counter, name: str, answer: str) -> None:
    assert counter.get("/orders/", **{name: answer}).status_code == 400


def test_a_narrowed_list_takes_one_statement_more(counter: Counter) -> None:
    _asked_back(counter.order(paid=True))
    counter.get("/orders/")

    with CaptureQueriesContext(connection) as captured:
        counter.get("/orders/", money="give_back")

    assert len(captured) == 8  # two of them for the names: their keys, and the look that is noted
