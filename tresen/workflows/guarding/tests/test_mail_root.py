"""The newest root of the audit goes out by mail, once, and is held against the tables later."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tresen.domains.conversations.commands import claim_letter
from tresen.domains.security.queries.chain import find_last_seal
from tresen.domains.security.rules.chain import digest_of
from tresen.domains.security.tests.make import a_chain
from tresen.foundation import sql
from tresen.workflows.buying.tests.make import NOON, small_shop
from tresen.workflows.caring.letter_disclosures import disclosure_of
from tresen.workflows.guarding.mail_root import mail_root

pytestmark = pytest.mark.django_db
KEEPER = "keeper@notary.example"


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Any) -> None:
    settings.AUDIT_KEY_FILE = tmp_path / "audit.json"


def _mail(recipient: str = KEEPER) -> int:
    return mail_root(recipient=recipient, channel_code="web-de", now=NOON)


def _keys() -> list[str]:
    return [str(key) for (key,) in sql.rows("SELECT key FROM conversations_letter ORDER BY key")]


def test_the_newest_seal_goes_out_once_with_its_digest() -> None:
    small_shop()
    a_chain(seals=2, deeds=2)

    assert [_mail(), _mail()] == [1, 1]

    assert _keys() == ["audit-root:2"]
    letter = claim_letter(now=NOON)
    assert letter is not None
    assert letter.recipient == KEEPER
    seal = find_last_seal()
    assert seal is not None
    told = json.loads(str(letter.payload["line"]))
    assert (told["seal"], told["digest"]) == (2, digest_of(seal).hex())
    assert disclosure_of(letter).reference == str(letter.id)


def test_without_an_address_or_a_seal_nothing_goes_out() -> None:
    small_shop()
    assert _mail() == 0
    a_chain(seals=1, deeds=1)
    assert _mail("") == 0
    assert _keys() == []
