"""Fifty at once on one account: mails, links, codes and sign-ups hold (RELIABILITY S3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from tests.concurrency.conftest import crowd
from tresen.domains.accounts.commands import (
    STEP_SECONDS,
    TRIES_MAX,
    ask_of,
    begin_change,
    count_try,
    open_account,
    set_password,
    take_app_code,
    take_recovery_code,
    turn_on_second_step,
    use_proof,
)
from tresen.domains.accounts.models import Change, Proof, User
from tresen.domains.accounts.queries import get_shopper, unused_codes_of
from tresen.domains.accounts.types import ChangeKind, Purpose
from tresen.domains.privacy.commands import person_for_email
from tresen.entrypoints.storefront.account.tests.totp import code_of_app
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.ask_by_mail import MAILS, ask_for_mail

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("accounts")]

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CROWD = 50
ERIKA = "erika@example.com"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def accounts(shop: None) -> Iterator[None]:
    yield
    for table in ("accounts_proof", "accounts_change", "accounts_mailbox", "mfa_authenticator"):
        sql.run(f"DELETE FROM {table}")  # noqa: S608  # a name of ours
    sql.run("DELETE FROM accounts_user WHERE realm = 'shop'")
    sql.run("DELETE FROM privacy_identifier")
    sql.run("DELETE FROM privacy_person")
    sql.run("DELETE FROM vault.data_key")
    sql.run("DELETE FROM limits_count")
    sql.run("DELETE FROM journal_fact")


def served(deed: Callable[[], object]) -> int:
    """How many of the crowd got through; the rest was refused."""

    def attempt() -> bool:
        try:
            done = deed()
        except Refusal:
            return False
        return done is not False

    return sum(crowd([attempt] * CROWD, workers=CROWD))


def erika() -> UUID:
    with transaction.atomic():
        person_id = person_for_email(email=ERIKA, now=NOON)
        return open_account(
            address=ERIKA,
            name="Erika",
            language="de",
            password="",
            person_id=person_id,
            now=NOON,
        )


def _ask() -> object:
    return ask_for_mail(purpose=Purpose.RESET, address=ERIKA, locale="de", now=NOON)


def _join() -> object:
    return erika()


def test_a_mailbox_gets_no_more_mails_than_it_may() -> None:
    assert served(_ask) == MAILS.max
    assert Proof.objects.count() == MAILS.max


def test_fifty_who_open_an_account_for_one_mailbox_make_one() -> None:
    assert served(_join) == 1
    assert User.objects.filter(realm="shop").count() == 1


def test_a_link_is_used_by_one() -> None:
    user_id = erika()
    with transaction.atomic():
        proof_id = ask_of(purpose=Purpose.RESET, user_id=user_id, generation=0, now=NOON)

    assert served(lambda: use_proof(proof_id, purpose=Purpose.RESET, now=NOON)) == 1


def test_two_links_change_one_password_once() -> None:
    """Of fifty resets by fifty links the first wins, and the others see that."""
    user_id = erika()
    shopper = get_shopper(user_id)

    def reset() -> None:
        with transaction.atomic():
            begin_change(
                user_id=user_id,
                generation=shopper.generation,
                kind=ChangeKind.PASSWORD_RESET,
                now=NOON,
            )
            set_password(user_id=user_id, password="")

    assert served(reset) == 1
    assert (Change.objects.count(), get_shopper(user_id).generation) == (1, 1)


def test_a_code_of_the_app_is_taken_once() -> None:
    user_id = erika()
    turn_on_second_step(user_id=user_id, secret=SECRET, now=NOON)
    code = code_of_app(SECRET, NOON)

    assert served(lambda: take_app_code(user_id=user_id, code=code, now=NOON)) == 1


def test_a_recovery_code_is_taken_once() -> None:
    user_id = erika()
    turn_on_second_step(user_id=user_id, secret=SECRET, now=NOON)
    code = unused_codes_of(user_id)[0]

    assert served(lambda: take_recovery_code(user_id=user_id, code=code, now=NOON)) == 1


def test_no_more_codes_are_tried_than_may_be() -> None:
    user_id = erika()
    with transaction.atomic():
        proof_id = ask_of(purpose=Purpose.SECOND_STEP, user_id=user_id, generation=0, now=NOON)

    assert served(lambda: count_try(proof_id, now=NOON)) == TRIES_MAX


def test_the_control_who_looks_first_and_marks_later_takes_a_code_twice() -> None:
    user_id = erika()
    together = Barrier(CROWD)
    step = int(NOON.timestamp()) // STEP_SECONDS

    def naive() -> bool:
        last: Any = User.objects.values_list("totp_step", flat=True).get(id=user_id)
        together.wait(timeout=30)
        if last >= step:
            return False
        User.objects.filter(id=user_id).update(totp_step=step)
        return True

    assert served(naive) > 1
