"""What is kept how long, legal holds, and the record of processing, as staff sees them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tresen.domains.accounts.types import Role
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.processors import list_processors
from tresen.domains.privacy.queries.retention import holds_on, last_run, list_holds
from tresen.entrypoints.backoffice.tests.make import Counter, clerk
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import ready_cart

pytestmark = pytest.mark.django_db
HOLD = {
    "email": "erika@example.com",
    "retention": "",
    "place": "AG Hamburg 12 C 34/26",
    "reason": "Klage",
    "review_on": "2027-06-01",
}
SERVICE = {
    "code": "post",
    "name": "Postdienst GmbH",
    "task": "E-Mails",
    "country": "us",
    "contract_on": "2026-01-01",
    "mechanism": "",
    "reference": "",
    "is_enabled": "1",
}


def _text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_rules_in_force_stand_with_their_laws(counter: Counter) -> None:
    text = _text(counter.get("/trust/retention/"))

    assert "Belege: Bestellungen und Rechnungen 8 Jahre ab Jahresende § 147 AO" in text
    assert "Warenkörbe, die nicht bestellt wurden 30 Tage" in text
    assert "DSGVO" in text
    assert "GDPR" not in text


def test_a_dry_run_says_what_would_go_and_takes_nothing(counter: Counter) -> None:
    ready_cart(counter.shop)

    counter.post("/trust/retention/trial/")

    run = last_run(dry=True)
    assert run is not None
    assert last_run(dry=False) is None
    assert "0 Einträge würden jetzt gelöscht." in _text(counter.get("/trust/retention/"))


def test_a_hold_is_placed_over_a_person_and_lifted(counter: Counter) -> None:
    counter.order()
    person = find_person_by_email(HOLD["email"])
    assert person is not None

    counter.post("/trust/retention/holds/new/", **HOLD)
    (hold,) = holds_on(person)
    assert HOLD["place"] in _text(counter.get("/trust/retention/"))

    path = f"/trust/retention/holds/{outer('hld', hold.id)}/end/"
    assert counter.post(path, reason="").status_code == 422
    counter.post(path, reason="Vergleich")
    assert list_holds() == []
    assert counter.post(path, reason="Vergleich").status_code == 422


@pytest.mark.parametrize(
    "change", [{"email": ""}, {"email": "nobody@example.com"}, {"reason": ""}, {"review_on": "x"}]
)
def test_a_hold_that_says_too_little_is_refused(counter: Counter, change: dict[str, str]) -> None:
    assert counter.post("/trust/retention/holds/new/", **HOLD | change).status_code == 422
    assert list_holds() == []


def test_the_record_of_processing_names_purposes_grounds_and_periods(counter: Counter) -> None:
    text = _text(counter.get("/trust/processing/"))

    for words in (
        "Schapp GmbH",
        "die Bestellung liefern",
        "Art. 6(1)(b) DSGVO",
        "8 Jahre ab Jahresende",
        "AES-256-GCM",
    ):
        assert words in text, words


def test_a_service_abroad_is_refused_until_its_ground_is_named(counter: Counter) -> None:
    path = "/trust/processing/new/"

    refused = counter.post(path, **SERVICE)
    assert refused.status_code == 422
    assert "Data Privacy Framework" in _text(refused)
    assert list_processors() == []

    counter.post(path, **SERVICE | {"mechanism": "framework", "reference": "DPF 4711"})
    (service,) = list_processors(only_enabled=True)
    assert (service.country, service.reference) == ("US", "DPF 4711")
    assert "Postdienst GmbH" in _text(counter.get("/trust/processing/"))

    counter.post("/trust/processing/post/", **SERVICE | {"is_enabled": ""})
    assert list_processors(only_enabled=True) == []


def test_who_only_looks_may_change_nothing(counter: Counter) -> None:
    auditor = Counter(counter.shop, clerk(name="ansgar", role=Role.AUDITOR))

    assert auditor.get("/trust/retention/").status_code == 200
    assert auditor.get("/trust/processing/").status_code == 200
    assert auditor.post("/trust/retention/trial/").status_code == 403
    assert auditor.post("/trust/retention/holds/new/", **HOLD).status_code == 403
    assert auditor.post("/trust/processing/new/", **SERVICE).status_code == 403
    assert list_processors() == []
