"""«My data» in the browser: the link from the mailbox, what is shown, the switches, the rights."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from tresen.domains.orders.queries import get_order
from tresen.domains.privacy.commands import publish_consent_text
from tresen.domains.privacy.models import Export
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.consents import may_send
from tresen.domains.privacy.queries.requests import list_requests_of
from tresen.domains.privacy.types.consents import Purpose, SendRefusal
from tresen.domains.privacy.types.requests import RequestState
from tresen.domains.risk.tests.make import seen_order
from tresen.entrypoints.storefront.tests.make import HOSTILE, Guest, orders
from tresen.foundation.vault.links import make_link
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.trusting.addresses import MY_DATA_LINK
from tresen.workflows.trusting.advertising import ask_for_newsletter
from tresen.workflows.trusting.copies import make_copy
from tresen.workflows.trusting.erase import erase
from tresen.workflows.trusting.tests.make import finish, letters

pytestmark = pytest.mark.django_db
ERIKA = "erika@example.com"
NEWSLETTER = Purpose.NEWSLETTER


@pytest.fixture
def erika(guest: Guest) -> Guest:
    """She has ordered once."""
    words = {"de": "Neues per E-Mail, ja bitte.", "en": "News by e-mail, yes please."}
    publish_consent_text(purpose=NEWSLETTER, words=words, now=NOON)
    guest.order()
    return guest


def _person() -> UUID:
    found = find_person_by_email(ERIKA)
    assert found is not None
    return found


def _path(person_id: UUID | None = None, *, hours: int = 24) -> str:
    until = NOON + timedelta(hours=hours)
    token = make_link(person_id or _person(), purpose=MY_DATA_LINK, until=until)
    return f"/my-data/{token}/"


def _text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def _kinds() -> list[tuple[str, str]]:
    return [(one.kind.value, one.state.value) for one in list_requests_of(_person())]


def test_it_says_in_words_how_orders_were_checked_and_no_figures(erika: Guest) -> None:
    seen_order(person_id=_person(), hour=3)

    page = _text(erika.get(_path()))

    assert "Wie Ihre Bestellungen geprüft wurden" in page
    assert "Wog wenig die Tageszeit der Bestellung" in page
    assert "Score" not in page


def test_every_address_is_answered_alike_and_only_the_known_one_gets_mail(erika: Guest) -> None:
    answers = []
    for email in (ERIKA, "nobody@example.com"):
        asked = erika.post("/my-data/", email=email)
        shown = erika.get(asked["Location"].removeprefix("/de"))
        answers.append((asked.status_code, asked["Location"], _text(shown)))

    assert answers[0] == answers[1]
    assert "Wenn wir diese Adresse kennen" in answers[0][2]
    assert len(letters("my_data_link")) == 1


def test_the_control_of_answering_alike(erika: Guest) -> None:
    """An address that is none is told so: the comparison above can see a difference."""
    answer = erika.post("/my-data/", email="none")

    assert answer.status_code == 422
    assert "name@example.com" in _text(answer)


def test_the_mailed_link_opens_the_page_with_real_values(erika: Guest) -> None:
    erika.post("/my-data/", email=ERIKA)
    (said,) = letters("my_data_link")

    answer = erika.get(str(said["link_url"]).partition("/de")[2])

    text = _text(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")
    for word in (ERIKA, "Erika Beispiel", "Elbweg 7", orders()[0].number):
        assert word in text, word
    for word in ("Art. 6 Abs. 1 Buchst. b DSGVO", "§ 147 AO", "31. Dezember 2034", "verschlüsselt"):
        assert word in text, word


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_link_of_somebody_else_shows_nothing_of_hers(erika: Guest, language: str) -> None:
    erika.language = language

    text = _text(erika.get(_path(uuid4())))

    assert ERIKA not in text
    assert "Elbweg" not in text


def test_a_link_ends_and_cannot_be_made_up(erika: Guest) -> None:
    expired, broken = erika.get(_path(hours=-1)), erika.get("/my-data/abc/")
    other = make_link(_person(), purpose="order", until=NOON + timedelta(days=1))

    assert (expired.status_code, broken.status_code) == (410, 404)
    assert erika.get(f"/my-data/{other}/").status_code == 404
    assert "/de/my-data/" in expired.content.decode()


def test_who_is_not_signed_in_has_no_page_of_their_own(erika: Guest) -> None:
    assert erika.get("/my-data/me/").status_code == 404
    assert erika.post("/my-data/me/requests/", kind="access").status_code == 404


def test_a_switch_acts_at_once_and_takes_one_step_either_way(erika: Guest) -> None:
    path = _path()
    erika.post(f"{path}switches/", purpose="newsletter", on="1")
    assert may_send(ERIKA, purpose=NEWSLETTER, now=NOON).allowed
    assert "eingeschaltet" in _text(erika.get(path))

    erika.post(f"{path}switches/", purpose="newsletter")
    refusal = may_send(ERIKA, purpose=NEWSLETTER, now=NOON).refusal
    assert refusal is SendRefusal.WITHDRAWN


def test_nothing_is_ticked_before_and_an_order_grants_nothing(erika: Guest) -> None:
    page = erika.get(_path()).content.decode()

    assert "checked" not in page
    refusal = may_send(ERIKA, purpose=NEWSLETTER, now=NOON).refusal
    assert refusal is SendRefusal.NO_CONSENT


def test_an_objection_is_done_when_the_page_comes_back(erika: Guest) -> None:
    path = _path()

    answer = erika.post(f"{path}requests/", kind="objection")

    assert answer.status_code == 302
    assert _kinds() == [("objection", "answered")]
    assert "keine Werbung" in _text(erika.get(path))


def test_a_copy_can_be_read_and_saved(erika: Guest) -> None:
    path = _path()
    erika.post(f"{path}requests/", kind="access")
    (request,) = list_requests_of(_person())
    make_copy(request_id=request.id, now=NOON)
    found = re.search(r'href="/de(/my-data/copies/[^"]+)"', erika.get(path).content.decode())
    assert found is not None

    page, file = erika.get(found[1]), erika.get(f"{found[1]}file/")

    assert "Elbweg 7" in _text(page)
    assert "die Bestellung liefern" in _text(page)
    assert file["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert json.loads(file.content)["request"] == request.number
    assert list(Export.objects.values_list("downloads", flat=True)) == [1]


def test_wishes_with_words_need_words_and_go_to_the_queue(erika: Guest) -> None:
    path = _path()
    refused = erika.post(f"{path}requests/", kind="rectification", wish=" ")

    assert refused.status_code == 422
    assert _kinds() == []

    erika.post(f"{path}requests/", kind="rectification", wish="Elbweg 8")
    assert _kinds() == [("rectification", "received")]
    assert "bis 23. Dezember 2026" in _text(erika.get(path))


def test_an_erasure_is_asked_once_more_and_says_what_stays(erika: Guest) -> None:
    finish(get_order(orders()[0].id))
    path = _path()
    asked = _text(erika.get(f"{path}erasure/"))
    assert "§ 147 AO, bis 31. Dezember 2034" in asked
    assert _kinds() == []

    erika.post(f"{path}erasure/")
    (request,) = list_requests_of(_person())
    person_id = _person()
    assert erase(request_id=request.id, now=NOON).state is RequestState.ANSWERED

    after = _text(erika.get(_path(person_id)))
    assert ERIKA not in after
    assert "Antwort" not in after or "beantwortet" in after


def test_what_an_erasure_waits_for_is_told_before_and_after(erika: Guest) -> None:
    path, sentence = _path(), "Eine Bestellung von Ihnen ist noch unterwegs."
    assert sentence in _text(erika.get(f"{path}erasure/"))

    erika.post(f"{path}erasure/")
    (request,) = list_requests_of(_person())
    erase(request_id=request.id, now=NOON)

    assert sentence in _text(erika.get(path))


def test_a_typed_address_is_confirmed_by_a_button_not_by_opening_the_mail(erika: Guest) -> None:
    ask_for_newsletter(email="neu@example.com", locale="de", place="my_data", now=NOON)
    (said,) = letters("opt_in")
    path = str(said["link_url"]).partition("/de")[2]

    erika.get(path)
    before = may_send("neu@example.com", purpose=NEWSLETTER, now=NOON)
    erika.post(path)
    after = may_send("neu@example.com", purpose=NEWSLETTER, now=NOON)

    assert (before.allowed, after.allowed) == (False, True)
    assert erika.post(path).status_code == 410


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_break_nothing(erika: Guest, text: str) -> None:
    path = _path()
    assert erika.post("/my-data/", email=text).status_code == 422
    assert erika.post(f"{path}requests/", kind=text).status_code == 422
    assert erika.post(f"{path}switches/", purpose=text).status_code == 302
    assert erika.post(f"{path}requests/", kind="ask_person", wish=text).status_code in {302, 422}
    assert "<script>alert(1)" not in erika.get(path).content.decode()
