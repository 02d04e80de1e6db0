"""Telling: the effect and the mark are one, a failing listener harms no other, and all ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from tresen.foundation.journal.deliveries import list_dead
from tresen.foundation.journal.models import Delivery
from tresen.foundation.sql import rows, run
from tresen.workflows.reactions import deliver, relay
from tresen.workflows.reactions.manners import Listener, Outside, Together, name_of
from tresen.workflows.reactions.tests.make import NOON, LampLit, jobs, light, only


def lit() -> list[str]:
    """The effects of the listeners below, as far as they were kept."""
    return [str(row[0]) for row in rows("SELECT key FROM idempotency_used_key ORDER BY id")]


def note(key: str) -> None:
    run(
        "INSERT INTO idempotency_used_key (scope, key, fingerprint, used_at)"
        " VALUES (gen_random_uuid()::text, %s, '', now())",
        (key,),
    )


def glow(event: LampLit) -> None:
    note(event.lamp)


def glow_unless_bad(event: LampLit) -> None:
    note(event.lamp)
    if event.lamp == "bad":
        raise ValueError("hanna@example.org lives here")


def glow_all(events: Sequence[LampLit]) -> None:
    note("+".join(event.lamp for event in events))
    if any(event.lamp == "bad" for event in events):
        raise ValueError


def call_out(event: LampLit, key: str) -> None:
    assert not transaction.get_connection().in_atomic_block
    note(f"{event.lamp} with {key}")


def go_on() -> bool:
    return False


def clock() -> datetime:
    return NOON


def tell(listener: Listener, *lamps: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Spread, and tell once."""
    only(monkeypatch, listener)
    light(*lamps)
    relay.spread(now=NOON)
    ids = list(Delivery.objects.order_by("id").values_list("id", flat=True))
    deliver.hear(listener=name_of(listener), delivery_ids=ids, clock=clock, stop=go_on)
    return ids


@pytest.mark.django_db
def test_each_fact_is_heard_once_however_often_its_job_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = tell(glow, "a", "b", monkeypatch=monkeypatch)

    again = deliver.hear(listener=name_of(glow), delivery_ids=ids, clock=clock, stop=go_on)

    assert again == 0
    assert lit() == ["a", "b"]
    assert Delivery.objects.filter(heard_at=NOON, tries=0).count() == 2


@pytest.mark.django_db
def test_a_failing_delivery_leaves_nothing_behind_and_is_put_off_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = tell(glow_unless_bad, "a", "bad", "c", monkeypatch=monkeypatch)

    assert lit() == ["a", "c"]
    bad = Delivery.objects.get(heard_at=None)
    wait = timedelta(seconds=deliver.WAIT_SECONDS[0])
    assert (bad.id, bad.tries, bad.due_at) == (ids[1], 1, NOON + wait)
    assert jobs()[1:] == [
        ("inside", "test_deliver.glow_unless_bad", [ids[1]], NOON + wait),
    ]


@pytest.mark.django_db
def test_what_is_kept_of_a_failure_names_the_place_and_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell(glow_unless_bad, "bad", monkeypatch=monkeypatch)

    error = Delivery.objects.get().error
    assert error.startswith("ValueError at test_deliver.py:")
    assert "hanna" not in error


@pytest.mark.django_db
def test_the_waits_grow_and_end_in_the_list_of_the_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    (bad,) = tell(glow_unless_bad, "bad", monkeypatch=monkeypatch)
    name = name_of(glow_unless_bad)

    for _ in range(deliver.TRIES_MAX):
        deliver.hear(listener=name, delivery_ids=[bad], clock=clock, stop=go_on)

    waits = [due - NOON for _, _, _, due in jobs() if due]
    assert [wait.total_seconds() for wait in waits] == list(deliver.WAIT_SECONDS[:-1])
    assert waits == sorted(waits)
    ((dead),) = list_dead(limit=10)
    assert (dead.id, dead.listener, dead.tries) == (bad, name, deliver.TRIES_MAX)


@pytest.mark.django_db
def test_a_dead_delivery_can_be_given_another_life(monkeypatch: pytest.MonkeyPatch) -> None:
    (bad,) = tell(glow_unless_bad, "bad", monkeypatch=monkeypatch)
    Delivery.objects.update(given_up_at=NOON)
    before = len(jobs())

    revived, unknown = (
        relay.revive(delivery_id=bad, now=NOON),
        relay.revive(delivery_id=bad + 1, now=NOON),
    )

    assert (revived, unknown) == (True, False)
    assert len(jobs()) == before + 1
    assert Delivery.objects.get().tries == 0
    assert list_dead(limit=10) == []


@pytest.mark.django_db
def test_a_batch_is_heard_together(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(Together(glow_all), "a", "b", "c", monkeypatch=monkeypatch)

    assert lit() == ["a+b+c"]
    assert Delivery.objects.filter(heard_at=NOON).count() == 3


@pytest.mark.django_db
def test_a_batch_with_a_bad_one_falls_apart_and_only_the_bad_one_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell(Together(glow_all), "a", "bad", "c", monkeypatch=monkeypatch)

    assert lit() == ["a", "c"]
    assert Delivery.objects.filter(heard_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_calls_the_outside_has_no_transaction_but_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = tell(Outside(call_out), "a", monkeypatch=monkeypatch)

    assert lit() == [f"a with delivery-{ids[0]}"]
    assert Delivery.objects.get().heard_at == NOON


@pytest.mark.django_db
def test_a_worker_that_stops_hands_on_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light("a", "b", "c")
    relay.spread(now=NOON)
    ((_, name, ids, _),) = jobs()
    answers = iter([False, True])

    heard = deliver.hear(listener=name, delivery_ids=ids, clock=clock, stop=lambda: next(answers))

    assert heard == 1
    assert lit() == ["a"]
    assert jobs()[1:] == [("inside", name, ids[1:], None)]


@pytest.mark.django_db
def test_after_a_worker_died_each_one_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light("a", "b")
    relay.spread(now=NOON)
    ((_, name, ids, _),) = jobs()

    deliver.hear_apart(listener=name, delivery_ids=ids, now=NOON)

    assert [some for _, _, some, _ in jobs()[1:]] == [[ids[0]], [ids[1]]]
    assert set(Delivery.objects.values_list("cut_short", "tries")) == {(1, 0)}


@pytest.mark.django_db
def test_a_fact_that_kills_workers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light("deadly")
    relay.spread(now=NOON)
    ((_, name, ids, _),) = jobs()

    for _ in range(deliver.CUT_SHORT_MAX):
        deliver.hear_apart(listener=name, delivery_ids=ids, now=NOON)

    ((dead),) = list_dead(limit=10)
    assert (dead.id, dead.cut_short) == (ids[0], deliver.CUT_SHORT_MAX)
    assert len(jobs()) == deliver.CUT_SHORT_MAX


@pytest.mark.django_db
def test_a_listener_that_is_gone_loses_no_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light("a")
    relay.spread(now=NOON)
    ((_, name, ids, _),) = jobs()
    only(monkeypatch)

    deliver.hear(listener=name, delivery_ids=ids, clock=clock, stop=go_on)

    assert Delivery.objects.get().error.startswith("NobodyListens")
    assert Delivery.objects.get().tries == 1


@pytest.mark.django_db
def test_a_fact_of_an_older_version_takes_defaults_and_drops_the_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[LampLit] = []
    monkeypatch.setattr(deliver, "_ask_to_hear", lambda _, event: heard.append(event))
    only(monkeypatch, glow)
    run(
        "INSERT INTO journal_fact (kind, body, happened_at)"
        """ VALUES ('LampLit', '{"lamp": "a", "colour": "red"}', %s)""",
        (NOON,),
    )
    relay.spread(now=NOON)
    ((_, name, ids, _),) = jobs()

    deliver.hear(listener=name, delivery_ids=ids, clock=clock, stop=go_on)

    assert heard == [LampLit(happened_at=NOON, lamp="a", watts=5)]
