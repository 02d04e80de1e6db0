"""An incident from the first word to the letters; who was affected is found, all of them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tresen.domains.security.commands import IncidentClosed
from tresen.domains.security.queries.deeds import Scope, count_affected, list_affected, list_scope
from tresen.domains.security.queries.incidents import get_incident, list_incidents, list_pinned
from tresen.domains.security.tests.make import (
    HANNE,
    JONAS,
    MINUTE,
    NOON,
    PIET,
    WIEBKE,
    a_deed,
    a_read,
)
from tresen.domains.security.types.incidents import Category, Facts, IncidentWords, Risk, StepKind
from tresen.foundation import sql
from tresen.foundation.actor import GUEST
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.tests import make as shop
from tresen.workflows.guarding.breach_letters import paragraphs_of
from tresen.workflows.guarding.handle_incident import (
    correct_incident,
    pin_people,
    report_incident,
    take_step,
    tell_people,
)

pytestmark = pytest.mark.django_db
FACTS = Facts(aware_at=NOON, risk=Risk.HIGH, categories=(Category.CONTACT,), persons=3)
WORDS = IncidentWords(
    title="A cookie of Wiebke's was copied",
    what="Somebody read orders.",
    consequences="False invoices may come.",
    measures="Everybody was signed out.",
    contact="Wiebke, 040 1234",
)


def _report() -> UUID:
    return report_incident(facts=FACTS, words=WORDS, now=NOON, actor=WIEBKE)


def _order() -> tuple[UUID, shop.SmallShop]:
    small = shop.small_shop()
    placed = place_order(
        cart_id=shop.ready_cart(small),
        channel=small.channel,
        key="once",
        seen_total=None,
        texts={},
        now=NOON,
        actor=GUEST,
    )
    return placed.order_id, small


def test_an_incident_is_numbered_and_told_as_it_was_written() -> None:
    first, second = _report(), _report()

    found = get_incident(first)
    assert (found.number, get_incident(second).number) == (1, 2)
    assert (found.words, found.facts) == (WORDS, FACTS)
    assert [step.kind for step in found.steps] == [StepKind.OPENED]
    assert [row.number for row in list_incidents()] == [2, 1]


def test_its_words_are_not_to_be_read_in_the_table() -> None:
    _report()
    ((told,),) = sql.rows("SELECT words FROM security_incident")
    assert b"Wiebke" not in bytes(told)  # type: ignore[call-overload]


def test_a_closed_incident_is_a_document() -> None:
    incident_id = _report()
    take_step(incident_id=incident_id, kind=StepKind.CLOSED, text="done", now=NOON, actor=WIEBKE)

    with pytest.raises(IncidentClosed):
        correct_incident(incident_id=incident_id, facts=FACTS, words=WORDS, now=NOON, actor=WIEBKE)
    assert len(get_incident(incident_id).steps) == 2
    assert list_incidents(only_open=True) == []


def test_who_was_affected_is_one_question() -> None:
    """A session, an account, an object, a span of time: exactly those whom its deeds touch."""
    a_read(HANNE, PIET, now=NOON)
    a_deed(1, now=NOON + MINUTE)
    a_read(UUID(int=13), now=NOON + MINUTE, actor=JONAS)
    a_read(UUID(int=14), now=NOON + timedelta(days=2))

    of_session = list_affected(Scope(session="ses_wiebke", before=NOON + timedelta(days=1)))
    assert {row.person_id: row.deeds for row in of_session} == {HANNE: 2, PIET: 1}
    assert of_session[0].fields == ("email", "name", "refunded")
    assert (of_session[0].first_at, of_session[0].last_at) == (NOON, NOON + MINUTE)
    assert {row.person_id for row in list_affected(Scope(actor_id=JONAS.id))} == {UUID(int=13)}
    assert [row.person_id for row in list_affected(Scope(object_id="1"))] == [HANNE]
    late = Scope(since=NOON + timedelta(days=1))
    assert [row.person_id for row in list_affected(late)] == [UUID(int=14)]
    assert count_affected(Scope()) == (4, 4)
    assert [row.action for row in list_scope(Scope(person_id=PIET), limit=9)] == ["orders.list"]


def test_without_reads_half_of_them_would_be_missed() -> None:
    """The control: deeds alone do not tell who was looked at."""
    a_read(HANNE, PIET)
    a_deed(1)

    changed = Scope(session="ses_wiebke", action="order.refund")
    assert [row.person_id for row in list_affected(changed)] == [HANNE]
    assert count_affected(Scope(session="ses_wiebke"))[0] == 2


def test_people_are_pinned_once_and_stay_when_more_are_found() -> None:
    incident_id = _report()
    a_read(HANNE)
    pin = {"incident_id": incident_id, "text": "session:ses_wiebke", "actor": WIEBKE}

    first = pin_people(scope=Scope(session="ses_wiebke"), now=NOON, **pin)  # type: ignore[arg-type]
    a_read(PIET)
    second = pin_people(scope=Scope(session="ses_wiebke"), now=NOON, **pin)  # type: ignore[arg-type]

    assert (first, second) == ((1, 1), (2, 1))
    assert {row.person_id for row in list_pinned(incident_id)} == {HANNE, PIET}
    assert get_incident(incident_id).steps[-1].text == "session:ses_wiebke"


def test_each_pinned_person_gets_one_letter_in_their_language() -> None:
    order_id, small = _order()
    incident_id = _report()
    ((person_id,),) = sql.rows("SELECT person_id FROM orders_order WHERE id = %s", (order_id,))
    assert isinstance(person_id, UUID)
    a_read(person_id, PIET)
    pin_people(
        incident_id=incident_id,
        scope=Scope(session="ses_wiebke"),
        text="",
        now=NOON,
        actor=WIEBKE,
    )
    code = small.channel.code

    for _ in range(2):
        told = tell_people(incident_id=incident_id, channel_code=code, now=NOON, actor=WIEBKE)

    assert (told.queued, told.unreached) == (1, (PIET,))
    kept = sql.rows("SELECT locale, key FROM conversations_letter WHERE kind = 'breach_notice'")
    assert kept == [("de", f"breach:{incident_id}:{person_id}")]
    assert get_incident(incident_id).steps[-1].text == "1 / 2"


def test_the_letter_says_what_article_34_asks_for_in_both_languages() -> None:
    incident = get_incident(_report())
    for locale, word in (("de", "Was passiert ist"), ("en", "What happened")):
        text = "\n".join(paragraphs_of(incident, locale=locale))
        assert word in text
        for part in (WORDS.what, WORDS.consequences, WORDS.measures, WORDS.contact):
            assert part in text
