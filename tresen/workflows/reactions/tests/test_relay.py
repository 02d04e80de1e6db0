"""Spreading: nothing is lost, nothing told twice, one job for each listener and batch."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tresen.foundation.journal.events import announce
from tresen.foundation.journal.models import Delivery, Fact
from tresen.workflows.reactions import relay
from tresen.workflows.reactions.manners import Outside, Together
from tresen.workflows.reactions.tests.make import NOON, LampLit, jobs, light, only


def glow(event: LampLit) -> None: ...


def count_all(events: Sequence[LampLit]) -> None: ...


def call_out(event: LampLit, key: str) -> None: ...


@pytest.mark.django_db
def test_a_batch_of_facts_is_one_job_for_each_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow, Together(count_all), Outside(call_out))
    light("a", "b", "c")

    spread = relay.spread(now=NOON)

    assert spread == 3
    found = {listener: (lane, len(ids), due) for lane, listener, ids, due in jobs()}
    assert found == {
        "test_relay.glow": ("inside", 3, None),
        "test_relay.count_all": ("inside", 3, None),
        "test_relay.call_out": ("outside", 3, None),
    }
    assert Delivery.objects.count() == 9
    assert not Fact.objects.filter(spread_at=None).exists()


@pytest.mark.django_db
def test_deliveries_are_in_the_order_of_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light(*"abcdefgh")

    relay.spread(now=NOON)

    ((_, _, ids, _),) = jobs()
    facts = [Delivery.objects.get(id=delivery_id).fact_id for delivery_id in ids]
    assert facts == sorted(facts)
    assert len(facts) == 8


@pytest.mark.django_db
def test_spreading_again_tells_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light("a")
    relay.spread(now=NOON)

    again = relay.spread(now=NOON)

    assert again == 0
    assert len(jobs()) == 1


@pytest.mark.django_db
def test_a_fact_nobody_hears_is_spread_without_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch)
    light("a")

    assert relay.spread(now=NOON) == 1
    assert jobs() == []
    assert Delivery.objects.count() == 0


@pytest.mark.django_db
def test_a_fact_that_was_rolled_back_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    with pytest.raises(RuntimeError), transaction.atomic():
        announce(LampLit(happened_at=NOON, lamp="a"))
        raise RuntimeError

    assert relay.spread(now=NOON) == 0
    assert jobs() == []


@pytest.mark.django_db
def test_marks_and_jobs_are_kept_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light("a")

    def broken(jobs: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken_library:
        broken_library.setattr(relay, "defer", broken)
        with pytest.raises(ConnectionError):
            relay.spread(now=NOON)

    assert Delivery.objects.count() == 0
    assert relay.spread(now=NOON) == 1
    assert len(jobs()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_relays_never_claim_the_same_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light(*"abcd")
    claimed: list[int] = []

    def other_relay() -> None:
        try:
            claimed.append(relay.spread(now=NOON))
        finally:
            connection.close()

    with transaction.atomic():
        claimed.append(relay.spread(now=NOON))
        thread = threading.Thread(target=other_relay)
        thread.start()
        thread.join()

    assert claimed == [4, 0]
    assert Delivery.objects.count() == 4


@pytest.mark.django_db
def test_a_delivery_whose_job_got_lost_is_given_another(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, glow)
    light("a")
    relay.spread(now=NOON)
    just_before = NOON + relay.OVERDUE
    after = just_before + timedelta(seconds=1)

    found = [relay.find_overdue(now=moment) for moment in (just_before, after, after)]

    assert found == [0, 1, 0]
    assert len(jobs()) == 2
