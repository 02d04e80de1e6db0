"""The area Trust in the browser: the audit is searched, people are found, incidents are met."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest

from tresen.domains.accounts.types import Role
from tresen.domains.security.commands import seal_deeds
from tresen.domains.security.queries.freezing import get_freeze
from tresen.domains.security.queries.incidents import get_incident, list_incidents, list_pinned
from tresen.domains.security.types.incidents import StepKind
from tresen.entrypoints.backoffice.tests.make import Counter, allow_list, clerk, order_path
from tresen.foundation import sql
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db
EMAIL = "erika@example.com"
TYPED = {
    "title": "Ein Cookie wurde kopiert",
    "aware_at": "2026-11-20T17:00",
    "risk": "high",
    "software": "",
    "categories": ["contact", "orders"],
    "persons": "2",
    "records": "5",
    "what": "Jemand las Bestellungen.",
    "consequences": "Falsche Rechnungen.",
    "measures": "Alle abgemeldet.",
    "contact": "Wiebke",
}


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def _person_of(order_id: UUID) -> UUID:
    ((person_id,),) = sql.rows("SELECT person_id FROM orders_order WHERE id = %s", (order_id,))
    assert isinstance(person_id, UUID)
    return person_id


def _session() -> str:
    ((session,),) = sql.rows("SELECT DISTINCT session FROM audit_deed WHERE session <> ''")
    return str(session)


def test_the_index_leads_to_what_one_may_see(counter: Counter) -> None:
    page = _text(counter.get("/trust/"))
    for path in ("audit/", "audit/affected/", "incidents/", "freeze/"):
        assert f'href="/staff/trust/{path}"' in page

    auditor = clerk(name="otto", role=Role.AUDITOR)
    seen = _text(auditor.get("/staff/trust/"))
    assert 'href="/staff/trust/audit/"' in seen
    assert 'href="/staff/trust/freeze/"' not in seen
    assert auditor.get("/staff/trust/freeze/").status_code == 403
    assert clerk(name="willi", role=Role.WAREHOUSE).get("/staff/trust/").status_code == 403


def test_looking_at_orders_leaves_rows_with_the_persons(counter: Counter) -> None:
    order_id = counter.order()
    counter.get("/orders/")
    counter.get(order_path(order_id))

    person = _person_of(order_id)
    kept = sql.rows(
        "SELECT action, persons::text[], fields FROM audit_deed WHERE actor_kind = 'staff'"
    )
    assert sorted(kept) == [
        ("order.view", [str(person)], ["name", "email", "phone", "address", "order"]),
        ("orders.list", [str(person)], ["name"]),
    ]


def test_the_list_is_searched_by_person_order_and_session(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    counter.order()
    counter.get(order_path(order_id))
    email = "anna@example.com"
    for words in (f"object:{order_id}", outer("ord", order_id), f"person:{_person_of(order_id)}"):
        page = _text(counter.get("/trust/audit/", q=words))
        assert "Bestellung angesehen" in page
    assert "frieda" in _text(counter.get("/trust/audit/", q="frieda")).lower()
    assert "Zu diesen Filtern passt nichts" in _text(counter.get("/trust/audit/", q=email))
    assert "Bestellung angesehen" in _text(counter.get("/trust/audit/", q=f"session:{_session()}"))
    assert "Als bezahlt" in _text(counter.get("/trust/audit/", q="payment.mark_paid"))
    refused = counter.get("/trust/audit/", q="irgendwas")
    assert (refused.status_code, "person:" in _text(refused)) == (400, True)


def test_the_list_goes_on_page_by_page(counter: Counter) -> None:
    for _ in range(60):
        counter.get("/orders/")
    first = counter.get("/trust/audit/")
    assert _text(first).count("Bestellliste angesehen") == 50
    (cursor,) = {part.split('"')[0].split("&")[0] for part in _text(first).split("after=")[1:]}
    assert _text(counter.get("/trust/audit/", after=cursor)).count("Bestellliste angesehen") == 10


def test_a_deed_shows_what_proves_it(counter: Counter) -> None:
    counter.order(paid=True)
    ((deed_id,),) = sql.rows("SELECT id FROM audit_deed WHERE action = 'payment.mark_paid'")
    assert isinstance(deed_id, UUID)
    path = f"/trust/audit/{outer('deed', deed_id)}/"
    before = _text(counter.get(path))
    seal_deeds(now=NOON)
    after = _text(counter.get(path))

    assert "wird binnen einer Minute versiegelt" in before
    assert "Platz in der Kette" in after
    assert "Frieda" in after
    assert counter.get("/trust/audit/deed_x/").status_code == 404
    assert counter.get(f"/trust/audit/{outer('deed', UUID(int=1))}/").status_code == 404


def test_a_changed_deed_is_shown_as_such(counter: Counter) -> None:
    """The control: the page does not believe the table."""
    counter.order(paid=True)
    ((deed_id,),) = sql.rows("SELECT id FROM audit_deed WHERE action = 'payment.mark_paid'")
    sql.run("SET CONSTRAINTS ALL IMMEDIATE")
    sql.run("ALTER TABLE audit_deed DISABLE TRIGGER audit_deed_append_only")
    sql.run("UPDATE audit_deed SET object_id = 'x' WHERE id = %s", (deed_id,))

    assert isinstance(deed_id, UUID)
    assert "nachträglich geändert" in _text(counter.get(f"/trust/audit/{outer('deed', deed_id)}/"))


def test_who_was_affected_is_a_list_and_a_file(counter: Counter) -> None:
    order_id = counter.order()
    counter.get(order_path(order_id))
    asked = {"q": f"session:{_session()}"}

    page = _text(counter.get("/trust/audit/affected/", **asked))
    alone = counter.get("/trust/audit/affected/file/", **asked)
    allow_list(counter, "affected", **asked)
    file = counter.get("/trust/audit/affected/file/", **asked)

    assert "1 Person" in page
    assert str(_person_of(order_id)) in page
    wish = f"/staff/approvals/lists/affected/?{urlencode(asked)}"
    assert alone["Location"] == wish
    lines = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == [str(_person_of(order_id))]
    kept = sql.rows(
        "SELECT action, cardinality(persons) FROM audit_deed WHERE action ~ '^affected'"
    )
    assert sorted(kept) == [("affected.export", 1), ("affected.list", 1)]
    again = counter.get("/trust/audit/affected/file/", **asked)
    assert again["Location"] == wish


def test_whoever_may_only_look_takes_nobody_with_them(counter: Counter) -> None:
    """Looking is the auditor's task; a file needs the right to take people's data out, too."""
    order_id = counter.order()
    counter.get(order_path(order_id))
    asked = {"q": f"session:{_session()}"}
    auditor, manager = clerk(name="otto", role=Role.AUDITOR), clerk(name="mia", role=Role.MANAGER)

    page = auditor.get("/staff/trust/audit/affected/", asked).content.decode()

    assert str(_person_of(order_id)) in page
    assert "/file/" not in page
    led = auditor.get("/staff/trust/audit/affected/file/", asked, follow=True)
    assert led.status_code == 403
    assert manager.get("/staff/trust/audit/affected/file/", asked).status_code == 403


@pytest.mark.parametrize("query", [{"q": "irgendwas"}, {"from": "gestern"}, {"q": "actor:x"}])
def test_a_question_that_cannot_be_read_names_the_remedy(
    counter: Counter, query: dict[str, str]
) -> None:
    answer = counter.get("/trust/audit/affected/", **query)
    assert answer.status_code == 400
    assert sql.rows("SELECT count(*) FROM audit_deed WHERE action ~ '^affected'") == [(0,)]


def _incident(counter: Counter) -> UUID:
    answer = counter.post("/trust/incidents/new/", **TYPED)
    assert answer.status_code == 302, _text(answer)
    return list_incidents()[0].id


def test_an_incident_goes_from_report_to_letters(counter: Counter) -> None:
    order_id = counter.order()
    counter.get(order_path(order_id))
    incident_id = _incident(counter)
    path = f"/trust/incidents/{outer('inc', incident_id)}/"

    assert "überfällig" not in _text(counter.get("/trust/incidents/"))
    page = _text(counter.get(path))
    assert "noch 1 Stunden" not in page
    assert "Datenschutzaufsicht (Art. 33 DSGVO)" in page
    counter.post(f"{path}persons/", words=f"session:{_session()}", since="", until="")
    assert [row.person_id for row in list_pinned(incident_id)] == [_person_of(order_id)]
    draft = _text(counter.get(f"{path}letters/"))
    assert "Was passiert ist: Jemand las Bestellungen." in draft
    assert "What happened: Jemand las Bestellungen." in draft
    counter.post(f"{path}letters/")
    assert sql.rows("SELECT count(*) FROM conversations_letter WHERE kind = 'breach_notice'") == [
        (0,)
    ]
    counter.post(f"{path}letters/", sure="yes")
    assert sql.rows("SELECT count(*) FROM conversations_letter WHERE kind = 'breach_notice'") == [
        (1,)
    ]
    form = _text(counter.get(f"{path}authority/"))
    assert "Falsche Rechnungen." in form
    counter.post(f"{path}step/", kind="authority_told", text="Az. 17")
    counter.post(f"{path}step/", kind="closed", text="")
    story = [step.kind for step in get_incident(incident_id).steps]
    assert story == [
        StepKind.OPENED,
        StepKind.PINNED,
        StepKind.PERSONS_TOLD,
        StepKind.AUTHORITY_TOLD,
        StepKind.CLOSED,
    ]
    assert "abgeschlossen" in _text(counter.get(path))


def test_what_is_wrong_in_the_form_is_named_and_nothing_is_kept(counter: Counter) -> None:
    answer = counter.post("/trust/incidents/new/", **(TYPED | {"aware_at": "2099-01-01T00:00"}))
    assert answer.status_code == 422
    assert "Zukunft" in _text(answer)
    assert "Ein Cookie wurde kopiert" in _text(answer)
    assert list_incidents() == []


def test_an_incident_without_risk_has_no_clock_and_still_a_form(counter: Counter) -> None:
    counter.post("/trust/incidents/new/", **(TYPED | {"risk": "none"}))
    path = f"/trust/incidents/{outer('inc', list_incidents()[0].id)}/"
    assert "Niemand muss benachrichtigt werden" in _text(counter.get(path))
    assert counter.get(f"{path}authority/").status_code == 200


def test_a_letter_cannot_be_sent_from_a_closed_incident(counter: Counter) -> None:
    incident_id = _incident(counter)
    path = f"/trust/incidents/{outer('inc', incident_id)}/"
    counter.post(f"{path}step/", kind="closed", text="")
    counter.post(f"{path}letters/", sure="yes")
    assert len(get_incident(incident_id).steps) == 2


def test_freezing_signs_everybody_out_and_says_so(counter: Counter) -> None:
    assert "Jetzt einfrieren" in _text(counter.get("/trust/freeze/"))

    counter.post("/trust/freeze/", turn="on")

    assert get_freeze().on
    answer = counter.get("/trust/freeze/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    back = clerk(name="wiebke", role=Role.OWNER)
    assert "Wieder öffnen" in _text(back.get("/staff/trust/freeze/"))
    back.post("/staff/trust/freeze/", {"turn": "off"})
    assert not get_freeze().on
