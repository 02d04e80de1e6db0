"""Two who allow the same wish at once: one of them does, and it is carried out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from tests.concurrency.conftest import crowd
from tresen.domains.accounts.commands import NoSuchApproval, ask_approval, carry_out, decide
from tresen.domains.accounts.models import Approval
from tresen.domains.accounts.types import ApprovalKind, ApprovalState

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("shop")]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PEOPLE, WORKERS = 24, 8


@pytest.fixture
def wish(shop: None) -> Iterator[UUID]:
    approval_id = ask_approval(
        kind=ApprovalKind.EXPORT, object_id="orders", reason="check", asked_by=uuid4(), now=NOON
    )
    yield approval_id
    Approval.objects.all().delete()


def tries(act: Callable[[], bool]) -> int:
    return sum(crowd([act] * PEOPLE, workers=WORKERS))


def decided(approval_id: UUID) -> bool:
    try:
        decide(approval_id=approval_id, approved=True, decided_by=uuid4(), now=NOON)
    except NoSuchApproval:
        return False
    return True


def test_one_of_many_decides(wish: UUID) -> None:
    assert tries(lambda: decided(wish)) == 1


def test_what_was_allowed_is_carried_out_by_one_of_many(wish: UUID) -> None:
    assert decided(wish)
    assert tries(lambda: carry_out(approval_id=wish, now=NOON)) == 1


def test_control_looking_first_lets_several_through(wish: UUID) -> None:
    """Without the condition in the statement itself: two look before either writes."""
    assert decided(wish)
    both_have_looked = Barrier(2)

    def looked_first() -> bool:
        found = Approval.objects.get(id=wish)
        both_have_looked.wait(timeout=30)
        if found.used_at is not None:
            return False
        Approval.objects.filter(id=wish).update(used_at=NOON + timedelta(seconds=1))
        return True

    assert sum(crowd([looked_first] * 2, workers=2)) == 2
    assert Approval.objects.get(id=wish).state == ApprovalState.APPROVED
