"""Who may be written to: the last word counts, new purposes need new words, § 7 (3) UWG whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tresen.domains.privacy.rules import consents as rules
from tresen.domains.privacy.types.consents import (
    ConsentAction,
    ConsentRow,
    CustomerMail,
    Purpose,
    SendRefusal,
)

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
FAIR = CustomerMail(
    sold=frozenset({"tea", "cups"}),
    advertised=frozenset({"tea"}),
    notice_at_collection=True,
    objected=False,
    body="New tea is here. {{objection_notice}}",
)


def _said(action: ConsentAction, *, covers: tuple[str, ...] = ("newsletter",)) -> ConsentRow:
    return ConsentRow(
        id=uuid4(),
        person_id=uuid4(),
        purpose=Purpose.NEWSLETTER,
        action=action,
        version=3,
        digest="d",
        covers=covers,
        locale="de",
        place="my_data",
        channel="web-de",
        proof="switch",
        happened_at=NOON,
        expires_at=None,
    )


def _decide(*events: ConsentRow, suppressed: bool = False, covers: str = "newsletter") -> object:
    return rules.decide(events, suppressed=suppressed, covers=covers, now=NOON).refusal


def test_silence_is_no_consent() -> None:
    assert _decide() is SendRefusal.NO_CONSENT


@pytest.mark.parametrize(
    ("actions", "refusal"),
    [
        ([ConsentAction.GRANT], None),
        ([ConsentAction.DENY], SendRefusal.NO_CONSENT),
        ([ConsentAction.GRANT, ConsentAction.WITHDRAW], SendRefusal.WITHDRAWN),
        ([ConsentAction.GRANT, ConsentAction.WITHDRAW, ConsentAction.GRANT], None),
        ([ConsentAction.GRANT, ConsentAction.DENY], SendRefusal.NO_CONSENT),
    ],
)
def test_the_last_word_counts(actions: list[ConsentAction], refusal: SendRefusal | None) -> None:
    assert _decide(*map(_said, actions)) is refusal


def test_a_new_purpose_in_the_words_needs_a_new_grant() -> None:
    third = _said(ConsentAction.GRANT)
    fourth = replace(third, version=4, covers=("newsletter", "birthday"))

    assert _decide(third, covers="birthday") is SendRefusal.NEW_PURPOSE
    assert _decide(third, covers="newsletter") is None
    assert _decide(third, fourth, covers="birthday") is None


def test_an_objection_outweighs_every_consent() -> None:
    assert _decide(_said(ConsentAction.GRANT), suppressed=True) is SendRefusal.OBJECTION


def test_a_consent_may_run_out() -> None:
    ended = replace(_said(ConsentAction.GRANT), expires_at=NOON)

    assert _decide(ended) is SendRefusal.EXPIRED
    assert _decide(replace(ended, expires_at=NOON + timedelta(seconds=1))) is None


def test_a_fair_mail_to_a_customer_may_go() -> None:
    assert rules.may_mail_customer(FAIR).allowed


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"sold": frozenset()}, SendRefusal.NO_SALE),  # every order was cancelled or withdrawn
        ({"advertised": frozenset({"boats"})}, SendRefusal.NOT_SIMILAR),
        ({"advertised": frozenset({"tea", "boats"})}, SendRefusal.NOT_SIMILAR),
        ({"advertised": frozenset()}, SendRefusal.NOT_SIMILAR),
        ({"objected": True}, SendRefusal.OBJECTION),
        ({"notice_at_collection": False}, SendRefusal.NO_NOTICE_AT_COLLECTION),
        ({"body": "New tea is here."}, SendRefusal.NO_NOTICE_IN_MAIL),
    ],
)
def test_each_condition_alone_refuses_it(change: dict[str, Any], refusal: SendRefusal) -> None:
    assert rules.may_mail_customer(replace(FAIR, **change)).refusal is refusal


def test_the_digest_of_a_text_names_every_word_and_purpose() -> None:
    words = {"de": "Neues per E-Mail", "en": "News by e-mail"}
    text = rules.text_of(Purpose.NEWSLETTER, version=1, words=words)

    others = [
        rules.text_of(Purpose.NEWSLETTER, version=1, words=words | {"de": "Neues"}),
        rules.text_of(Purpose.NEWSLETTER, version=1, words=words, covers=("newsletter", "x")),
        rules.text_of(Purpose.REMINDERS, version=1, words=words),
    ]

    assert text.digest not in {other.digest for other in others}
    assert rules.text_of(Purpose.NEWSLETTER, version=2, words=words).digest == text.digest
