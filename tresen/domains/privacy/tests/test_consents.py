"""The ledger of consents: what was said with which words, and whether advertising may go."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tresen.domains.privacy import commands, models
from tresen.domains.privacy.queries.consents import (
    current_text,
    email_index_of,
    find_opt_in_email,
    is_suppressed,
    list_consents,
    may_send,
    may_send_many,
)
from tresen.domains.privacy.tests.make import ERIKA, NOON, said, words
from tresen.domains.privacy.types.consents import (
    ConsentAction,
    Purpose,
    SendRefusal,
    SuppressionReason,
)

pytestmark = pytest.mark.django_db
NEWSLETTER = Purpose.NEWSLETTER


def _ask(email: str = ERIKA) -> UUID | None:
    return commands.ask_opt_in(
        email=email,
        purpose=NEWSLETTER,
        locale="de",
        place="checkout",
        channel="web-de",
        now=NOON,
    )


def _refusal(email: str = ERIKA, **more: str) -> SendRefusal | None:
    return may_send(email, purpose=NEWSLETTER, now=NOON, **more).refusal


def test_words_get_a_new_version_only_when_they_change() -> None:
    first, same = words(), words()
    second = words(en="I want news.")

    assert (first.version, same.version, second.version) == (1, 1, 2)
    assert current_text(NEWSLETTER) == second


def test_a_new_purpose_in_the_words_needs_a_new_grant() -> None:
    text = words()
    said(text)
    commands.publish_consent_text(
        purpose=NEWSLETTER, words=text.words, covers=("newsletter", "birthday"), now=NOON
    )

    assert _refusal() is None
    assert _refusal(covers="birthday") is SendRefusal.NEW_PURPOSE

    fourth = current_text(NEWSLETTER)
    assert fourth is not None
    said(fourth, now=NOON + timedelta(minutes=1))
    assert _refusal(covers="birthday") is None


def test_a_withdrawal_stops_the_next_send_and_the_ledger_keeps_both() -> None:
    text, person = words(), uuid4()
    said(text, person_id=person)
    assert _refusal() is None

    said(text, ConsentAction.WITHDRAW, person_id=person)

    assert _refusal() is SendRefusal.WITHDRAWN
    assert [row.action.value for row in list_consents(person_id=person)] == ["grant", "withdraw"]


def test_an_objection_stops_everything_and_lies_there_as_a_fingerprint_only() -> None:
    said(words())
    for _ in range(2):
        commands.suppress(email=" Erika@Example.com ", reason=SuppressionReason.OBJECTION, now=NOON)

    assert _refusal() is SendRefusal.OBJECTION
    (row,) = models.Suppression.objects.values_list()
    assert ERIKA not in str(row)


def test_asking_for_it_again_lifts_an_older_objection() -> None:
    text = words()
    commands.suppress(email=ERIKA, reason=SuppressionReason.OBJECTION, now=NOON)
    said(text)

    assert not is_suppressed(ERIKA)
    assert _refusal() is None


def test_many_addresses_are_judged_like_one() -> None:
    text = words()
    said(text)
    said(text, ConsentAction.WITHDRAW, email="gone@example.com")

    found = may_send_many(
        [ERIKA, "gone@example.com", "new@example.com"], purpose=NEWSLETTER, now=NOON
    )

    assert {email: verdict.refusal for email, verdict in found.items()} == {
        ERIKA: None,
        "gone@example.com": SendRefusal.WITHDRAWN,
        "new@example.com": SendRefusal.NO_CONSENT,
    }


def test_a_typed_address_is_no_consent_until_its_link_is_followed() -> None:
    words()
    opt_in = _ask()
    assert opt_in is not None

    assert _refusal() is SendRefusal.NO_CONSENT
    purpose = commands.confirm_opt_in(opt_in_id=opt_in, person_id=None, now=NOON)

    assert purpose is NEWSLETTER
    assert _refusal() is None
    (row,) = list_consents(email_index=email_index_of(ERIKA))
    assert row.proof == f"opt_in:{opt_in}"


def test_an_address_that_waits_gets_no_second_mail() -> None:
    words()

    assert _ask() is not None
    assert _ask(" ERIKA@example.com") is None


def test_the_link_is_good_for_seven_days_and_then_the_address_is_gone() -> None:
    words()
    opt_in = _ask()
    assert opt_in is not None
    ended = NOON + timedelta(days=7)

    assert find_opt_in_email(opt_in) == ERIKA
    with pytest.raises(commands.NoSuchOptIn):
        commands.confirm_opt_in(opt_in_id=opt_in, person_id=None, now=ended)
    assert commands.forget_opt_ins(now=ended - timedelta(seconds=1), limit=10) == 0
    assert commands.forget_opt_ins(now=ended, limit=10) == 1

    assert not models.OptIn.objects.exists()
    assert not models.ConsentEvent.objects.exists()


def test_a_link_confirms_once() -> None:
    words()
    opt_in = _ask()
    assert opt_in is not None
    commands.confirm_opt_in(opt_in_id=opt_in, person_id=None, now=NOON)

    with pytest.raises(commands.NoSuchOptIn):
        commands.confirm_opt_in(opt_in_id=opt_in, person_id=None, now=NOON)
    assert models.ConsentEvent.objects.count() == 1


def test_nothing_can_be_asked_without_words() -> None:
    with pytest.raises(commands.NoWords):
        _ask()
    assert not models.OptIn.objects.exists()
