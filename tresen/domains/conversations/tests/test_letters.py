"""Letters: one intent is one letter, and each step is kept before the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tresen.domains.conversations import commands, rules
from tresen.domains.conversations.commands import (
    claim_letter,
    fail_letter,
    hold_abandoned,
    hold_letter,
    mark_sent,
    put_off_letter,
    queue_letter,
    queue_letters,
    release_letter,
    settle_letter,
)
from tresen.domains.conversations.models import Letter
from tresen.domains.conversations.queries import (
    count_unsettled_letters,
    list_letters_about,
    list_letters_to,
    list_unsettled_letters,
)
from tresen.domains.conversations.types import Letter as LetterOnItsWay
from tresen.domains.conversations.types import LetterKind, LetterState, NewLetter
from tresen.foundation.vault.data_keys import destroy_keys

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
ORDER, HANNA = uuid4(), uuid4()


def queue(key: str = "order-placed:1", *, recipient: str = "Hanna@Example.org") -> None:
    queue_letter(
        key=key,
        kind=LetterKind.ORDER_PLACED,
        locale="de",
        recipient=recipient,
        payload={"name": "Hanna Müller"},
        person_id=HANNA,
        now=NOON,
        order_id=ORDER,
    )


def claim() -> LetterOnItsWay:
    letter = claim_letter(now=NOON)
    assert letter is not None
    return letter


def states() -> list[str]:
    return list(Letter.objects.order_by("queued_at", "id").values_list("state", flat=True))


@pytest.mark.django_db
def test_the_same_intent_is_one_letter() -> None:
    queue()
    queue()
    queue("order-placed:2")

    assert sorted(Letter.objects.values_list("key", flat=True)) == [
        "order-placed:1",
        "order-placed:2",
    ]


@pytest.mark.django_db
def test_control_without_the_unique_key_the_same_intent_is_two_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without = commands._QUEUE.replace("ON CONFLICT (key)", "ON CONFLICT")
    monkeypatch.setattr(commands, "_QUEUE", without)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE conversations_letter DROP CONSTRAINT conversations_letter_key_key"
        )

    queue()
    queue()

    assert Letter.objects.count() == 2


@pytest.mark.django_db
def test_many_intents_are_two_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    letters = [
        NewLetter(
            key=f"order-placed:{number}",
            kind=LetterKind.ORDER_PLACED,
            locale="en",
            recipient=f"{number}@example.org",
            payload={"number": number},
            person_id=uuid4(),
        )
        for number in range(20)
    ]

    with django_assert_num_queries(2):
        queue_letters(letters=letters, now=NOON)

    assert Letter.objects.count() == 20


@pytest.mark.django_db
def test_a_claimed_letter_comes_with_what_was_queued_and_belongs_to_one_sender() -> None:
    queue()

    letter, other = claim_letter(now=NOON), claim_letter(now=NOON)

    assert other is None
    assert letter is not None
    assert (letter.recipient, letter.payload) == ("Hanna@Example.org", {"name": "Hanna Müller"})
    assert letter.message_id == rules.message_id_of(letter.id, host="127.0.0.1")
    assert (letter.tries, letter.locale, letter.kind) == (1, "de", LetterKind.ORDER_PLACED)
    assert states() == ["sending"]


@pytest.mark.django_db
def test_recipient_and_payload_lie_sealed() -> None:
    queue()

    with connection.cursor() as cursor:
        cursor.execute("SELECT conversations_letter::text FROM conversations_letter")
        ((row,),) = cursor.fetchall()

    raw = str(row).lower()
    for secret in ("hanna", "example.org", "müller"):
        assert secret not in raw
        assert secret.encode().hex() not in raw
    assert [found.key for found in list_letters_to(HANNA)] == ["order-placed:1"]


@pytest.mark.django_db
def test_a_letter_to_somebody_who_was_erased_meanwhile_is_given_up() -> None:
    queue()
    destroy_keys(HANNA)
    queue("order-placed:2", recipient="")

    assert claim_letter(now=NOON) is None

    given_up = Letter.objects.get()
    assert (given_up.state, given_up.error) == ("failed", "the person was erased")


@pytest.mark.django_db
def test_what_is_not_due_is_not_claimed() -> None:
    queue()
    put_off_letter(letter_id=claim().id, until=NOON + timedelta(minutes=1), reason="busy")

    assert claim_letter(now=NOON) is None
    assert claim_letter(now=NOON + timedelta(minutes=1)) is not None


@pytest.mark.django_db
def test_a_sent_letter_stays_sent() -> None:
    queue()
    letter = claim()
    mark_sent(letter_id=letter.id, now=NOON)

    hold_letter(letter_id=letter.id, reason="late news")
    put_off_letter(letter_id=letter.id, until=NOON, reason="late news")

    assert states() == ["sent"]
    assert not release_letter(letter_id=letter.id, now=NOON)
    assert claim_letter(now=NOON) is None


@pytest.mark.django_db
def test_held_and_failed_letters_wait_for_a_person() -> None:
    for number in range(2):
        queue(f"order-placed:{number}")
    hold_letter(letter_id=claim().id, reason="NoAnswer")
    fail_letter(letter_id=claim().id, reason="no such mailbox")

    assert count_unsettled_letters() == 2
    assert {row.error for row in list_unsettled_letters()} == {"NoAnswer", "no such mailbox"}
    assert claim_letter(now=NOON + timedelta(days=30)) is None


@pytest.mark.django_db
def test_a_person_decides_about_a_held_letter() -> None:
    for number in range(2):
        queue(f"order-placed:{number}")
    first, second = claim(), claim()
    for letter in (first, second):
        hold_letter(letter_id=letter.id, reason="NoAnswer")

    assert settle_letter(letter_id=first.id, now=NOON)
    assert release_letter(letter_id=second.id, now=NOON)

    assert sorted(states()) == ["queued", "sent"]
    assert claim().id == second.id


@pytest.mark.django_db
def test_a_letter_whose_sender_died_is_held_and_a_young_one_is_not() -> None:
    queue()
    claim()

    young = hold_abandoned(now=NOON + rules.SENDING_MAX)
    old = hold_abandoned(now=NOON + rules.SENDING_MAX + timedelta(seconds=1))

    assert (young, old) == (0, 1)
    assert states() == ["held"]


@pytest.mark.django_db
def test_a_list_shows_how_far_letters_about_an_order_are() -> None:
    queue()
    mark_sent(letter_id=claim().id, now=NOON)

    (row,) = list_letters_about(ORDER)

    assert (row.state, row.sent_at, row.tries) == (LetterState.SENT, NOON, 1)
    assert not hasattr(row, "recipient")


def test_the_waits_grow_and_end() -> None:
    tries = range(1, len(rules.WAIT_SECONDS) + 2)
    waits = [rules.try_again_at(tries=number, now=NOON) for number in tries]

    assert waits[-1] is None
    seconds = [(wait - NOON).total_seconds() for wait in waits if wait]
    assert seconds == sorted(rules.WAIT_SECONDS)
