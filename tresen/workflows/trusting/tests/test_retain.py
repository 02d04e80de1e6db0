"""The retention engine: takes what is due, keeps what is held, says both, and does it dry first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tresen.domains.carts.models import Cart
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import Veil
from tresen.domains.privacy import models
from tresen.domains.privacy.commands import lift_hold, place_hold
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.retention import last_run
from tresen.domains.privacy.types.requests import RequestKind
from tresen.domains.privacy.types.retention import Finding, HoldRow
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.vault.sealing import reading_restricted
from tresen.workflows.buying.tests.make import NOON, SmallShop, ready_cart
from tresen.workflows.trusting.engine import expiring
from tresen.workflows.trusting.erase import erase
from tresen.workflows.trusting.retain import retain
from tresen.workflows.trusting.tests.make import order, wish

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2034, 12, 31, 22, 59, tzinfo=UTC)
"""One minute before midnight in Hamburg."""
DAY_AFTER = datetime(2034, 12, 31, 23, 1, tzinfo=UTC)


def _run(now: datetime, *, dry: bool = False) -> dict[str, Finding]:
    found = retain(dry=dry, now=now, actor=SYSTEM)
    return {f"{one.table}:{one.retention}": one for one in found}


def _counts(found: dict[str, Finding], name: str) -> tuple[int, int, int]:
    return found[name].due, found[name].removed, found[name].held


def _hold(**covers: Any) -> HoldRow:
    return place_hold(
        **{"person_id": None, "retention": ""} | covers,
        place="FA Hamburg, Bp 12",
        reason="The assessment is open",
        review_on=date(2035, 6, 1),
        now=NOON,
        actor=SYSTEM,
    )


def test_a_voucher_is_read_to_its_last_minute_and_not_one_longer(shop: SmallShop) -> None:
    bought = order(shop)

    _run(LAST_DAY)
    assert get_order(bought.id).person.name == bought.person.name

    found = _run(DAY_AFTER)
    assert _counts(found, "vault_data_key:tax_record") == (1, 1, 0)
    seen = get_order(bought.id)
    assert seen.person.veil is Veil.ERASED
    assert seen.gross == bought.gross, "numbers that name nobody stay"


def test_what_was_locked_by_an_erasure_goes_at_its_date_too(shop: SmallShop) -> None:
    bought = order(shop)
    assert bought.person_id is not None
    erase(request_id=wish(bought.person_id, RequestKind.ERASURE).id, now=NOON)
    with reading_restricted():
        assert get_order(bought.id).person.name == bought.person.name

    _run(DAY_AFTER)

    with reading_restricted():
        assert get_order(bought.id).person.veil is Veil.ERASED


def test_letters_go_two_years_earlier(shop: SmallShop) -> None:
    order(shop)

    found = _run(datetime(2033, 1, 1, tzinfo=UTC))

    assert _counts(found, "vault_data_key:letter") == (1, 1, 0)
    assert _counts(found, "vault_data_key:tax_record") == (0, 0, 0)


def test_a_dry_run_says_the_same_and_takes_nothing(shop: SmallShop) -> None:
    bought = order(shop)

    found = _run(DAY_AFTER, dry=True)

    assert _counts(found, "vault_data_key:tax_record") == (1, 0, 0)
    assert get_order(bought.id).person.name == bought.person.name
    run = last_run(dry=True)
    assert run is not None
    assert {f"{one.table}:{one.retention}": one for one in run.findings} == found


@pytest.mark.parametrize("covers", ["person", "class"])
def test_a_hold_keeps_back_what_it_covers_until_it_is_lifted(shop: SmallShop, covers: str) -> None:
    bought = order(shop)
    which = {"person_id": bought.person_id} if covers == "person" else {"retention": "tax_record"}
    hold = _hold(**which)

    assert _counts(_run(DAY_AFTER), "vault_data_key:tax_record") == (1, 0, 1)
    assert get_order(bought.id).person.name == bought.person.name

    lift_hold(hold_id=hold.id, reason="Assessed", now=DAY_AFTER, actor=SYSTEM)
    assert _counts(_run(DAY_AFTER), "vault_data_key:tax_record") == (1, 1, 0)


def test_who_bought_nothing_for_three_years_is_no_longer_known(shop: SmallShop) -> None:
    bought = order(shop)
    before = datetime(2029, 12, 31, 12, tzinfo=UTC)

    assert _counts(_run(before), "privacy_person:profile") == (0, 0, 0)
    assert find_person_by_email(bought.person.email) == bought.person_id

    found = _run(before + timedelta(days=1))

    assert _counts(found, "privacy_person:profile") == (1, 1, 0)
    assert find_person_by_email(bought.person.email) is None
    seen = get_order(bought.id)
    assert (seen.person.name, seen.person.email) == (bought.person.name, "")


def test_an_order_that_never_left_keeps_its_buyer_known(shop: SmallShop) -> None:
    bought = order(shop, done=False)

    _run(datetime(2031, 1, 1, tzinfo=UTC))

    assert find_person_by_email(bought.person.email) == bought.person_id


def test_carts_go_after_thirty_days_with_their_lines_and_keys(shop: SmallShop) -> None:
    cart_id = ready_cart(shop)
    late = NOON + timedelta(days=31)

    assert _counts(_run(NOON + timedelta(days=29)), "carts_cart:cart") == (0, 0, 0)
    assert _counts(_run(late), "carts_cart:cart") == (1, 1, 0)

    assert not Cart.objects.filter(id=cart_id).exists()
    key = sql.rows("SELECT count(*) FROM vault.data_key WHERE subject = %s", (cart_id,))
    assert key == [(0,)]


def test_records_of_requests_go_after_three_years_with_their_story(shop: SmallShop) -> None:
    bought = order(shop)
    assert bought.person_id is not None
    request = erase(request_id=wish(bought.person_id, RequestKind.ERASURE).id, now=NOON)

    assert _counts(_run(datetime(2029, 12, 31, tzinfo=UTC)), _REQUESTS) == (0, 0, 0)
    assert _counts(_run(datetime(2030, 1, 2, tzinfo=UTC)), _REQUESTS) == (1, 1, 0)

    assert not models.RequestStep.objects.exists()
    key = sql.rows("SELECT count(*) FROM vault.data_key WHERE subject = %s", (request.id,))
    assert key == [(0,)]


_REQUESTS = "privacy_request:request"


def test_an_open_request_is_kept_whatever_its_age(shop: SmallShop) -> None:
    bought = order(shop)
    assert bought.person_id is not None
    wish(bought.person_id, RequestKind.ASK_PERSON, words="?")

    assert _counts(_run(datetime(2040, 1, 2, tzinfo=UTC)), _REQUESTS) == (0, 0, 0)


def test_many_rows_are_taken_in_batches(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiring, "BATCH", 2)
    carts: list[UUID] = [ready_cart(shop) for _ in range(5)]

    found = _run(NOON + timedelta(days=31))

    assert _counts(found, "carts_cart:cart") == (len(carts), len(carts), 0)


def test_without_the_engine_the_voucher_would_be_read_for_ever(shop: SmallShop) -> None:
    """The control."""
    bought = order(shop)

    assert get_order(bought.id).person.name == bought.person.name
