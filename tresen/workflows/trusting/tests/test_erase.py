"""An erasure: the profile is unreadable everywhere, what law keeps is locked, nothing is forgotten.

The given/when/then cases of the law's section on retention against erasure.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tresen.domains.orders.queries import OrderFilter, get_order, list_orders
from tresen.domains.orders.types import Veil
from tresen.domains.privacy import models
from tresen.domains.privacy.commands import lift_hold, place_hold
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.consents import is_suppressed
from tresen.domains.privacy.queries.requests import get_request, list_steps
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestState
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.sealing import reading_restricted
from tresen.workflows.buying.tests.make import NOON, SmallShop
from tresen.workflows.trusting.engine import erasing
from tresen.workflows.trusting.erase import erase, erase_deferred
from tresen.workflows.trusting.persons import email_on_file
from tresen.workflows.trusting.tests.make import finish, letters, order, wish

pytestmark = pytest.mark.django_db
ERIKA = "erika@example.com"


def _erase(person_id: UUID | None) -> RequestRow:
    assert person_id is not None
    return erase(request_id=wish(person_id, RequestKind.ERASURE).id, now=NOON)


def _classes(person_id: UUID | None) -> dict[str, bool]:
    """The keys there are, and whether they are locked."""
    found = sql.rows(
        "SELECT class, restricted_at IS NOT NULL FROM vault.data_key WHERE subject = %s",
        (person_id,),
    )
    return {str(name): bool(locked) for name, locked in found}


def test_after_an_erasure_nobody_reads_who_it_was(shop: SmallShop) -> None:
    bought = order(shop)
    email = bought.person.email

    request = _erase(bought.person_id)

    assert request.state is RequestState.ANSWERED
    seen = get_order(bought.id)
    assert (seen.person.name, seen.person.email, seen.person.veil) == ("", "", Veil.RESTRICTED)
    assert seen.address is None
    assert [row.name for row in list_orders(narrow=OrderFilter())] == [""]
    assert list_orders(narrow=OrderFilter(text=email)) == []
    assert find_person_by_email(email) is None
    assert email_on_file(request.person_id) is None
    assert not models.Identifier.objects.exists()


def test_the_key_of_the_profile_is_gone_and_those_of_the_law_are_locked(shop: SmallShop) -> None:
    bought = order(shop)
    before = _classes(bought.person_id)

    _erase(bought.person_id)

    assert KeyClass.PROFILE in before
    assert _classes(bought.person_id) == {"tax_record.2026": True, "letter.2026": True}


def test_a_tax_audit_still_reads_the_voucher(shop: SmallShop) -> None:
    bought = order(shop)
    _erase(bought.person_id)

    with reading_restricted():
        seen = get_order(bought.id)

    assert seen.person.name == bought.person.name
    assert seen.address == bought.address
    assert seen.person.email == "", "the address to write to was part of the profile"


def test_the_reply_names_law_and_date_and_outlives_the_key(shop: SmallShop) -> None:
    bought = order(shop)
    request = _erase(bought.person_id)

    (said,) = letters("request_answered")

    assert said["kind"] == "erasure"
    assert request.ground == "Art. 17 (3)(b) GDPR"
    assert said["ground"] == "Art. 17 (3)(b) DSGVO"
    assert said["kept"] == [
        {
            "what": "conversations_letter",
            "law": "§ 147 (3) AO, § 257 (4) HGB",
            "until_on": "2032-12-31",
        },
        {"what": "orders_order", "law": "§ 147 AO", "until_on": "2034-12-31"},
    ]


def test_the_address_stays_on_the_list_of_those_who_get_no_advertising(shop: SmallShop) -> None:
    bought = order(shop)
    _erase(bought.person_id)

    assert is_suppressed(bought.person.email)


def test_who_buys_again_is_somebody_new(shop: SmallShop) -> None:
    first = order(shop)
    _erase(first.person_id)

    again = order(shop, now=NOON + timedelta(days=1))

    assert again.person_id != first.person_id
    assert again.person.email == first.person.email
    assert get_order(first.id).person.veil is Veil.RESTRICTED


def test_an_order_on_its_way_defers_it_and_it_goes_on_by_itself(shop: SmallShop) -> None:
    bought = order(shop, done=False)
    request = _erase(bought.person_id)

    assert request.state is RequestState.DEFERRED
    assert [step.detail for step in list_steps(request.id)][-1] == "open_orders"
    assert get_order(bought.id).person.veil is Veil.NONE
    assert erase_deferred(now=NOON) == 0

    finish(bought)

    assert erase_deferred(now=NOON) == 1
    assert get_request(request.id).state is RequestState.ANSWERED
    assert get_order(bought.id).person.veil is Veil.RESTRICTED


def test_a_legal_hold_defers_it_until_it_is_lifted(shop: SmallShop) -> None:
    bought = order(shop)
    hold = place_hold(
        person_id=bought.person_id,
        retention="",
        place="AG Hamburg 12 C 34/26",
        reason="Claim of the buyer",
        review_on=date(2027, 6, 1),
        now=NOON,
        actor=SYSTEM,
    )
    request = _erase(bought.person_id)

    assert request.state is RequestState.DEFERRED
    assert [step.detail for step in list_steps(request.id)][-1] == "holds"
    assert get_order(bought.id).person.veil is Veil.NONE

    lift_hold(hold_id=hold.id, reason="Settled", now=NOON, actor=SYSTEM)
    assert erase_deferred(now=NOON) == 1


def test_doing_it_twice_changes_nothing(shop: SmallShop) -> None:
    bought = order(shop)
    request = _erase(bought.person_id)
    before = list_steps(request.id)

    erase(request_id=request.id, now=NOON)

    assert list_steps(request.id) == before
    assert len(letters("request_answered")) == 1


def test_without_the_end_of_the_key_everything_could_still_be_read(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr("tresen.workflows.trusting.erase.end_profile", lambda *_a, **_k: None)
    monkeypatch.setattr(erasing, "all_rows", tuple)
    bought = order(shop)

    _erase(bought.person_id)

    assert get_order(bought.id).person == bought.person
    assert find_person_by_email(bought.person.email) == bought.person_id
