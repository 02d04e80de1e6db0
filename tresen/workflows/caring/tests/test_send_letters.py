"""Sending: at most once per intent, whatever the carrier or the worker does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tresen.domains.conversations.commands import claim_letter, hold_abandoned, queue_letter
from tresen.domains.conversations.ports import CARRIERS, MAIL, NotTaken
from tresen.domains.conversations.rules import SENDING_MAX
from tresen.domains.conversations.types import Letter, LetterKind
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.workflows.caring.send_letters import send_letters
from tresen.workflows.caring.tests.make import NOON

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The worker is gone: nothing after this line runs."""


class Carrier:
    """Remembers what it took, and fails as it is told, before or after taking it."""

    def __init__(self) -> None:
        self.took: list[str] = []
        self.before: BaseException | None = None
        self.after: BaseException | None = None
        self.states: list[str] = []

    def carry(self, letter: Letter) -> None:
        self.states += states()
        if self.before:
            raise self.before
        self.took.append(letter.message_id)
        if self.after:
            raise self.after


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    made = Carrier()
    former = CARRIERS.take(MAIL) if MAIL in CARRIERS.names() else None
    CARRIERS.put(MAIL, made)
    yield made
    if former:
        CARRIERS.put(MAIL, former)


def queue(*keys: str) -> None:
    for key in keys:
        queue_letter(
            key=key,
            kind=LetterKind.REFUND_MADE,
            locale="de",
            recipient=f"{key}@example.org",
            payload={},
            person_id=new_id(),
            now=NOON,
        )


def send(now: datetime = NOON) -> int:
    return send_letters(clock=lambda: now, limit=10, stop=lambda: False)


def states() -> list[str]:
    return column("state")


def column(name: str) -> list[str]:
    found = sql.rows(f"SELECT {name} FROM conversations_letter ORDER BY key")  # noqa: S608
    return [str(row[0]) for row in found]


def test_each_letter_is_carried_once(carrier: Carrier) -> None:
    queue("a", "b")

    tried = [send(), send()]

    assert tried == [2, 0]
    assert len(set(carrier.took)) == len(carrier.took) == 2
    assert states() == ["sent", "sent"]


def test_that_it_is_being_sent_is_kept_before_the_carrier_is_asked(carrier: Carrier) -> None:
    queue("a")

    send()

    assert carrier.states == ["sending"]


def test_a_letter_that_was_not_taken_is_tried_again_later(carrier: Carrier) -> None:
    queue("a")
    carrier.before = NotTaken("busy")
    assert send() == 1
    carrier.before = None

    soon, later = send(NOON + timedelta(seconds=1)), send(NOON + timedelta(minutes=1))

    assert (soon, later) == (0, 1)
    assert len(carrier.took) == 1
    assert states() == ["sent"]


def test_a_letter_that_will_never_be_taken_fails_at_once(carrier: Carrier) -> None:
    queue("a")
    carrier.before = NotTaken("no such mailbox", for_good=True)

    send()

    assert column("error") == ["no such mailbox"]
    assert states() == ["failed"]


def test_a_carrier_that_does_not_say_leaves_a_held_letter_that_is_never_resent(
    carrier: Carrier,
) -> None:
    queue("a", "b")
    carrier.after = TimeoutError("hanna@example.org did not answer")

    send()
    carrier.after = None
    later = send(NOON + timedelta(days=30))

    assert later == 0
    assert states() == ["held", "held"]
    assert len(carrier.took) == 2
    assert column("error") == ["TimeoutError", "TimeoutError"]


def test_a_worker_killed_after_the_talk_never_sends_it_again(carrier: Carrier) -> None:
    queue("a")
    carrier.after = Killed()
    with pytest.raises(Killed):
        send()
    carrier.after = None

    held = hold_abandoned(now=NOON + SENDING_MAX + timedelta(seconds=1))
    again = send(NOON + timedelta(days=30))

    assert (held, again) == (1, 0)
    assert len(carrier.took) == 1
    assert states() == ["held"]


def test_control_without_the_kept_state_a_killed_worker_sends_twice(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The protection taken away: the letter stays queued while it is sent."""
    queue("a")

    def careless(*, now: datetime, sent: UUID | None) -> Letter | None:
        letter = claim_letter(now=now, sent=sent)
        sql.run("UPDATE conversations_letter SET state = 'queued'")
        return letter

    monkeypatch.setattr("tresen.workflows.caring.send_letters.claim_letter", careless)
    carrier.after = Killed()
    with pytest.raises(Killed):
        send()

    carrier.after = Killed()
    with pytest.raises(Killed):
        send()

    assert len(carrier.took) == 2
    assert len(set(carrier.took)) == 1


def test_a_worker_that_stops_begins_no_further_letter(carrier: Carrier) -> None:
    queue("a", "b")
    answers = iter([False, True])

    tried = send_letters(clock=lambda: NOON, limit=10, stop=lambda: next(answers))

    assert tried == 1
    assert sorted(states()) == ["queued", "sent"]
