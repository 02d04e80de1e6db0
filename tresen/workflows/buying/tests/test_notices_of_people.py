"""A payment service's message is of the person it is about, and goes with them."""

from __future__ import annotations

import pytest

from tresen.domains.payments.commands import clear_notice, store_notice
from tresen.domains.payments.models import Notice as Kept
from tresen.domains.payments.ports import Notice
from tresen.domains.privacy.commands import mark_erased
from tresen.foundation import sql
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.closing import close_vault
from tresen.foundation.vault.data_keys import destroy_keys
from tresen.foundation.vault.sealing import Shredded, unseal
from tresen.workflows.buying.settle_payment import receive_notice, settle_notice
from tresen.workflows.buying.tests.paying import (
    NOON,
    ScriptedProvider,
    begin,
    owed,
    raw,
    scripted,
    told,
)

pytestmark = pytest.mark.django_db
CANARY = "holder@kanarienvogel.example"


@pytest.fixture
def provider() -> ScriptedProvider:
    return scripted()


def _received(provider: ScriptedProvider) -> Kept:
    """A message that carries the address of whoever paid."""
    found = owed("scripted")
    sql.run(
        "INSERT INTO privacy_person (id, made_at) SELECT person_id, %s FROM orders_order", (NOON,)
    )
    begin(found.order_id)
    claim = told(found)
    notice = Notice(event_id=claim.event_id, kind="paid", claims=(claim,))
    provider.will("read_notice", notice, notice)
    message = raw()
    received = receive_notice(
        provider="scripted", headers=message.headers, body=CANARY.encode(), now=NOON
    )
    return Kept.objects.get(id=received.notice_id)


def _body(notice: Kept) -> str:
    close_vault()
    fresh = Kept.objects.get(id=notice.id)
    return unseal(bytes(fresh.body), place="payments_notice.body", row=notice.id).decode()


def test_once_settled_it_is_sealed_for_the_person_and_ends_with_their_profile(
    provider: ScriptedProvider,
) -> None:
    notice = _received(provider)
    assert notice.person_id is None

    assert settle_notice(notice_id=notice.id, now=NOON) == "applied"

    person = Kept.objects.get(id=notice.id).person_id
    assert person is not None
    assert _body(notice) == CANARY
    destroy_keys(person, KeyClass.PROFILE)
    with pytest.raises(Shredded):
        _body(notice)


def test_control_what_is_not_settled_yet_does_not_end_with_a_profile(
    provider: ScriptedProvider,
) -> None:
    notice = _received(provider)
    ((person,),) = sql.rows("SELECT person_id FROM orders_order")
    destroy_keys(person, KeyClass.PROFILE)  # type: ignore[arg-type]
    assert _body(notice) == CANARY
    destroy_keys(HOUSE, KeyClass.PAYMENT)
    with pytest.raises(Shredded):
        _body(notice)


def test_what_comes_about_somebody_who_was_erased_is_not_kept(provider: ScriptedProvider) -> None:
    notice = _received(provider)
    ((person,),) = sql.rows("SELECT person_id FROM orders_order")
    mark_erased(person_ids=[person], now=NOON)  # type: ignore[list-item]

    settle_notice(notice_id=notice.id, now=NOON)

    assert _body(notice) == "{}"


def test_what_is_cleared_says_nothing_any_more() -> None:
    notice_id, _ = store_notice(provider="scripted", event_id="e", kind="k", body=CANARY, now=NOON)
    clear_notice(notice_id=notice_id)
    assert CANARY not in _body(Kept.objects.get(id=notice_id))
