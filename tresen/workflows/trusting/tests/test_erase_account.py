"""An erasure takes the account with it, and what was counted about orders and sign-ins."""

from __future__ import annotations

from uuid import UUID

import pytest

from tresen.domains.accounts.commands import know_device, open_account
from tresen.domains.accounts.models import Device, Mailbox, User
from tresen.domains.accounts.queries import find_login_at
from tresen.domains.privacy.types.requests import RequestKind, RequestState
from tresen.domains.risk.commands import note_login
from tresen.domains.risk.tests.make import seen_order
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.workflows.buying.tests.make import NOON, SmallShop
from tresen.workflows.trusting import erase as erasing
from tresen.workflows.trusting.erase import erase
from tresen.workflows.trusting.tests.make import order, wish

pytestmark = pytest.mark.django_db
ERIKA = "erika@example.com"
DEVICE = b"d" * 32


def account_of(person_id: UUID) -> UUID:
    user_id = open_account(
        address=ERIKA,
        name="Erika",
        language="de",
        password="korb moewe anker",
        person_id=person_id,
        now=NOON,
    )
    know_device(user_id=user_id, token_hash=DEVICE, device="Firefox, Linux", now=NOON)
    return user_id


@pytest.fixture
def erika(shop: SmallShop) -> UUID:
    """She bought, was weighed, has an account and signed in; so did a stranger."""
    bought = order(shop)
    assert bought.person_id is not None
    user_id = account_of(bought.person_id)
    seen_order(order_id=bought.id, person_id=bought.person_id, email=bought.person.email)
    note_login(account_id=user_id, device=DEVICE.hex(), passed=True, now=NOON)
    seen_order(email="max@example.org", device="d2", place="de|2|x2")
    note_login(account_id=new_id(), device="d2", passed=True, now=NOON)
    return bought.person_id


def events() -> int:
    ((count,),) = sql.rows("SELECT count(*) FROM risk_event")
    assert isinstance(count, int)
    return count


def test_the_account_is_closed_with_all_that_hangs_on_it(erika: UUID) -> None:
    assert find_login_at(ERIKA) is not None

    request = erase(request_id=wish(erika, RequestKind.ERASURE).id, now=NOON)

    assert request.state is RequestState.ANSWERED
    assert find_login_at(ERIKA) is None
    assert not User.objects.filter(person_id=erika).exists()
    assert not Device.objects.exists()
    assert not Mailbox.objects.exists()


def test_what_was_counted_about_them_is_gone_and_strangers_stay(erika: UUID) -> None:
    assert events() == 4

    erase(request_id=wish(erika, RequestKind.ERASURE).id, now=NOON)

    assert events() == 2, "the stranger's"
    assert not sql.rows("SELECT 1 FROM risk_assessment WHERE person_id = %s", (erika,))


def test_control_without_its_commands_account_and_counts_would_stay(
    erika: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "close_account", lambda **_: True)
    monkeypatch.setattr(erasing, "forget_person", lambda **_: 0)

    erase(request_id=wish(erika, RequestKind.ERASURE).id, now=NOON)

    assert find_login_at(ERIKA) is not None
    assert events() == 4
