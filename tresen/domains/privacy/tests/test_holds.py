"""Legal holds: why, over whom, and until somebody lifts them; runs are remembered."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.privacy import commands, models
from tresen.domains.privacy.queries import retention as queries
from tresen.domains.privacy.tests.make import NOON
from tresen.domains.privacy.types.retention import Finding, HoldRow
from tresen.foundation.actor import SYSTEM

pytestmark = pytest.mark.django_db


def _hold(*, reason: str = "Claim of a buyer", **covers: object) -> HoldRow:
    given = {"person_id": None, "retention": ""} | covers
    return commands.place_hold(
        **given,  # type: ignore[arg-type]
        place="AG Hamburg 12 C 34/26",
        reason=reason,
        review_on=date(2027, 6, 1),
        now=NOON,
        actor=SYSTEM,
    )


def test_a_hold_over_a_person_and_one_over_a_class() -> None:
    person = uuid4()
    hold = _hold(person_id=person)

    assert queries.held("cart") == (False, [person])
    assert queries.holds_on(person) == [hold]

    _hold(retention="tax_record")
    assert queries.held("tax_record") == (True, ())
    assert queries.held("cart") == (False, [person])


def test_a_lifted_hold_holds_nothing_and_stays_on_record() -> None:
    hold = _hold(person_id=uuid4())
    commands.lift_hold(hold_id=hold.id, reason="Settled", now=NOON, actor=SYSTEM)

    assert queries.held("cart") == (False, [])
    assert queries.list_holds() == []
    assert [row.lifted_at for row in queries.list_holds(only_open=False)] == [NOON]
    with pytest.raises(commands.NoSuchHold):
        commands.lift_hold(hold_id=hold.id, reason="Settled", now=NOON, actor=SYSTEM)


def test_a_hold_says_why_and_over_what() -> None:
    for wrong in ({"reason": " ", "person_id": uuid4()}, {}):
        with pytest.raises(commands.HoldWithoutReason):
            _hold(**wrong)  # type: ignore[arg-type]
    assert not models.Hold.objects.exists()


def test_the_database_itself_wants_a_reason() -> None:
    _hold(person_id=uuid4())
    with pytest.raises(IntegrityError, match="hold_says_why"), transaction.atomic():
        models.Hold.objects.update(reason="")


def test_a_run_is_remembered_with_what_it_found() -> None:
    finding = Finding(
        retention="cart",
        table="carts_cart",
        due=3,
        removed=2,
        held=1,
        oldest_on=date(2026, 1, 1),
        law="Art. 5",
    )
    commands.note_run(findings=[finding], dry=False, now=NOON, actor=SYSTEM)

    (run,) = queries.list_runs()
    assert run.findings == (finding,)
    assert queries.last_run(dry=False) == run
    assert queries.last_run(dry=True) is None
