"""The queue: clocks, proof before data, answers by letter, and whose eyes may see what."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from tresen.domains.accounts.types import Role
from tresen.domains.orders.queries import get_order
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.requests import get_words, list_requests_of
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestState
from tresen.entrypoints.backoffice.privacy.rows import PREFIX
from tresen.entrypoints.backoffice.tests.make import HOSTILE, Counter, clerk, order_path
from tresen.foundation import sql
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.trusting.erase import erase
from tresen.workflows.trusting.tests.make import finish, letters, wish

pytestmark = pytest.mark.django_db
LIST = "/trust/requests/"
ERIKA = "erika@example.com"


@pytest.fixture
def erika(counter: Counter) -> UUID:
    """She ordered and got it."""
    finish(get_order(counter.order()))
    found = find_person_by_email(ERIKA)
    assert found is not None
    return found


def _path(request: RequestRow, part: str = "") -> str:
    return f"{LIST}{outer(PREFIX, request.id)}/{part}"


def _text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def _entered(**changes: str) -> dict[str, str]:
    return {
        "email": ERIKA,
        "kind": "access",
        "way": "letter",
        "received_on": "2026-11-20",
        "wish": "Auskunft bitte",
        "identity_note": "",
    } | changes


def test_the_queue_leads_with_what_is_most_urgent(counter: Counter, erika: UUID) -> None:
    fresh = wish(erika, RequestKind.ASK_PERSON, words="?")
    counter.post(f"{LIST}new/", **_entered(received_on="2026-10-01"))
    late = next(one for one in list_requests_of(erika) if one.kind is RequestKind.ACCESS)

    text = _text(counter.get(LIST, open="1"))

    assert text.index(late.number) < text.index(fresh.number)
    assert "21 Tage zu spät" in text
    assert "noch 30 Tage" in text
    assert late.number in _text(counter.get(LIST, overdue="1"))


def test_a_letter_is_entered_and_challenged_at_the_address_on_file(
    counter: Counter, erika: UUID
) -> None:
    answer = counter.post(f"{LIST}new/", **_entered())

    (row,) = list_requests_of(erika)
    assert answer["Location"] == f"/staff{_path(row)}"
    assert (row.state, row.clock.due_on.isoformat()) == (RequestState.UNPROVEN, "2026-12-21")
    (said,) = letters("request_received")
    assert said["proven"] is False

    refused = counter.post(_path(row, "answer/"), words="Hier", ground="Art. 15 DSGVO")
    assert refused.status_code == 422
    assert "Prüfen Sie zuerst die Person" in _text(refused)


def test_a_note_of_the_check_lets_it_go_on(counter: Counter, erika: UUID) -> None:
    counter.post(f"{LIST}new/", **_entered(kind="rectification"))
    (row,) = list_requests_of(erika)

    counter.post(_path(row, "proof/"), note="Zurückgerufen")
    counter.post(_path(row, "answer/"), words="Ist berichtigt.", ground="Art. 16 DSGVO")

    (row,) = list_requests_of(erika)
    assert row.state is RequestState.ANSWERED
    assert get_words(row.id).identity_note == "Zurückgerufen"
    (said,) = letters("request_answered")
    assert (said["answer"], said["ground"]) == ("Ist berichtigt.", "Art. 16 DSGVO")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody@example.com"}, "nichts gespeichert"),
        ({"received_on": "2026-11-24"}, "liegt noch vor uns"),
        ({"email": "x"}, "E-Mail"),
        ({"way": "link"}, "Auswahl"),
    ],
)
def test_what_cannot_be_entered_says_why(
    counter: Counter, erika: UUID, change: dict[str, str], field: str
) -> None:
    answer = counter.post(f"{LIST}new/", **_entered(**change))

    assert answer.status_code == 422
    assert field in _text(answer)
    assert list_requests_of(erika) == []


def test_an_extension_is_told_in_a_letter(counter: Counter, erika: UUID) -> None:
    row = wish(erika, RequestKind.ASK_PERSON, words="?")

    counter.post(_path(row, "extension/"), reason="Gutachten")

    assert "um zwei Monate verlängert" in _text(counter.get(_path(row)))
    assert len(letters("request_extended")) == 1


def test_restricting_and_lifting(counter: Counter, erika: UUID) -> None:
    row = wish(erika, RequestKind.RESTRICTION, words="Nur speichern")
    order_id = UUID(str(sql.rows("SELECT id FROM orders_order")[0][0]))

    counter.post(_path(row, "restriction/"))
    assert get_order(order_id).person.name == ""
    counter.post(_path(row, "answer/"), words="Ist eingeschränkt.", ground="Art. 18 DSGVO")
    counter.post(_path(row, "restriction/"), lift="1")

    assert get_order(order_id).person.name != ""


def test_reading_a_request_is_noted(counter: Counter, erika: UUID) -> None:
    row = wish(erika, RequestKind.ASK_PERSON, words="Streng vertraulich")

    assert "Streng vertraulich" in _text(counter.get(_path(row)))

    found = sql.rows("SELECT persons FROM audit_deed WHERE action = 'privacy_request.view'")
    assert found == [([erika],)]


def test_a_locked_voucher_shows_its_law_and_day_instead_of_a_name(
    counter: Counter, erika: UUID
) -> None:
    order_id = UUID(str(sql.rows("SELECT id FROM orders_order")[0][0]))
    name = get_order(order_id).person.name
    erase(request_id=wish(erika, RequestKind.ERASURE).id, now=NOON)
    support = Counter(counter.shop, clerk(name="sabine", role=Role.SUPPORT))
    auditor = Counter(counter.shop, clerk(name="ansgar", role=Role.AUDITOR))

    for path in (order_path(order_id), "/orders/"):
        text = _text(support.get(path))
        assert "gesperrt bis 31.12.2034, § 147 AO" in text
        assert name not in text
    assert name in _text(auditor.get(order_path(order_id)))
    found = sql.rows("SELECT persons FROM audit_deed WHERE action = 'order_restricted.view'")
    assert found == [([erika],)]


def test_without_the_lock_support_would_read_it(counter: Counter, erika: UUID) -> None:
    """The control."""
    order_id = UUID(str(sql.rows("SELECT id FROM orders_order")[0][0]))
    name = get_order(order_id).person.name
    erase(request_id=wish(erika, RequestKind.ERASURE).id, now=NOON)
    sql.run("UPDATE vault.data_key SET restricted_at = NULL")
    support = Counter(counter.shop, clerk(name="sabine", role=Role.SUPPORT))

    assert name in _text(support.get(order_path(order_id)))


def test_who_only_looks_has_no_buttons_and_may_not_act(counter: Counter, erika: UUID) -> None:
    row = wish(erika, RequestKind.ASK_PERSON, words="?")
    auditor = Counter(counter.shop, clerk(name="ansgar", role=Role.AUDITOR))

    assert "Beantworten" not in _text(auditor.get(_path(row)))
    refused = auditor.post(_path(row, "answer/"), words="Nein", ground="x")
    assert refused.status_code == 403
    assert list_requests_of(erika)[0].state is RequestState.RECEIVED


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_ids_and_words_break_nothing(counter: Counter, erika: UUID, text: str) -> None:
    row = wish(erika, RequestKind.ASK_PERSON, words="?")
    assert counter.post(f"{LIST}new/", **_entered(email=text, kind=text)).status_code == 422
    answer = counter.post(_path(row, "answer/"), words=text, ground=text)
    assert answer.status_code in {302, 422}
    assert counter.get(f"{LIST}req_{'0' * 26}/").status_code == 404
