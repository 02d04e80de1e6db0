"""Each deed is sealed once, in the minute or in a later one, by whichever worker is first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from tresen.domains.security.commands import LOOK_BACK, seal_deeds
from tresen.domains.security.queries.chain import (
    find_last_seal,
    find_seal_of,
    list_seals,
    list_steps,
    list_waiting,
)
from tresen.domains.security.queries.verification import verify_chain
from tresen.domains.security.rules.chain import digest_of
from tresen.domains.security.tests.make import MINUTE, NOON, a_chain, a_deed
from tresen.domains.security.types import NOTHING


@pytest.mark.django_db
def test_a_seal_follows_the_one_before() -> None:
    a_chain(seals=3, deeds=2)

    first, second, third = list_seals(after=0)
    assert [(seal.no, seal.first, seal.last) for seal in (first, second, third)] == [
        (1, 1, 2),
        (2, 3, 4),
        (3, 5, 6),
    ]
    assert (first.previous, second.previous) == (NOTHING, digest_of(first))
    assert third.head == list_steps(first=6, last=6)[0].chain
    assert verify_chain().is_sound


@pytest.mark.django_db
def test_nothing_new_makes_no_seal() -> None:
    a_chain(seals=1, deeds=2)
    assert seal_deeds(now=NOON + MINUTE) == 0
    assert find_last_seal() == list_seals(after=0)[-1]


@pytest.mark.django_db
def test_many_deeds_at_once_are_all_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tresen.domains.security.commands.sealing.DEEDS_MAX", 3)
    ids = [a_deed(number) for number in range(8)]

    assert seal_deeds(now=NOON) == 8
    assert [seal.last for seal in list_seals(after=0)] == [3, 6, 8]
    assert {step.deed_id for step in list_steps(first=1, last=8)} == set(ids)
    assert verify_chain().deeds == 8


@pytest.mark.django_db
def test_an_older_deed_that_appears_late_gets_a_later_seal() -> None:
    young = a_deed(2, now=NOON + MINUTE)
    seal_deeds(now=NOON + MINUTE)
    late = a_deed(1, now=NOON)
    assert late < young

    assert seal_deeds(now=NOON + 2 * MINUTE) == 1
    assert [step.deed_id for step in list_steps(first=1, last=2)] == [young, late]
    assert verify_chain().is_sound


@pytest.mark.django_db
def test_once_a_night_everything_is_looked_at() -> None:
    a_deed(now=NOON - LOOK_BACK - MINUTE)
    assert seal_deeds(now=NOON) == 0
    assert seal_deeds(now=NOON, look_back=None) == 1
    assert list_waiting(limit=10) == []


@pytest.mark.django_db
def test_a_deed_knows_its_seal() -> None:
    ids = a_chain(seals=2, deeds=3)
    waiting = a_deed(now=NOON + timedelta(hours=1))

    found = find_seal_of(ids[4])
    assert found is not None
    assert (found[0], found[1].no) == (5, 2)
    assert find_seal_of(waiting) is None


@pytest.fixture
def other(transactional_db: None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A second connection of its own."""
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
    ) as found:
        yield found


def test_what_is_kept_late_is_sealed_later_and_nothing_twice(
    other: psycopg.Connection[tuple[object, ...]],
) -> None:
    """A transaction that began before the seal and was kept after it."""
    with transaction.atomic():
        first = a_deed(1)
    copied = "INSERT INTO audit_deed SELECT (r).* FROM (SELECT jsonb_populate_record(d, %s) r"
    other.execute(
        f"{copied} FROM audit_deed d LIMIT 1) s".encode(),
        ('{"id": "019ac000-0000-7000-8000-000000000000"}',),
    )

    assert seal_deeds(now=NOON) == 1
    other.commit()
    assert seal_deeds(now=NOON, look_back=None) == 1
    assert seal_deeds(now=NOON, look_back=None) == 0
    steps = list_steps(first=1, last=9)
    assert (len(steps), steps[0].deed_id) == (2, first)


def test_while_another_seals_one_waits_for_the_next_minute(
    other: psycopg.Connection[tuple[object, ...]],
) -> None:
    with transaction.atomic():
        a_deed()
    other.execute("SELECT pg_advisory_xact_lock(hashtext('security_seal'))")

    assert seal_deeds(now=NOON) == 0
    other.rollback()
    assert seal_deeds(now=NOON) == 1
