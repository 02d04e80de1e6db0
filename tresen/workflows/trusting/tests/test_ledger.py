"""The erasure ledger: whoever was erased stays erased, whatever backup is brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import Veil
from tresen.domains.privacy import models
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.types.requests import RequestKind
from tresen.foundation.vault.erasures import Erased, add_erasures, last_erasures
from tresen.workflows.buying.tests.make import NOON, SmallShop
from tresen.workflows.trusting.erase import erase
from tresen.workflows.trusting.ledger import reconcile_ledger
from tresen.workflows.trusting.tests.make import order, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(tmp_path: Path, settings: Any) -> Path:
    settings.ERASURE_LEDGER = tmp_path / "keys" / "erasures.jsonl"
    return Path(settings.ERASURE_LEDGER)


def test_an_erasure_that_is_kept_is_a_line(
    shop: SmallShop, ledger: Path, django_capture_on_commit_callbacks: Any
) -> None:
    bought = order(shop)
    with django_capture_on_commit_callbacks(execute=True):
        erase(request_id=wish(_id(bought), RequestKind.ERASURE).id, now=NOON)

    assert last_erasures(ledger) == [Erased(subject=_id(bought), classes=("profile",), at=NOON)]
    assert ledger.stat().st_mode & 0o777 == 0o600
    assert reconcile_ledger(now=NOON) == 0


def test_what_a_crash_left_out_is_made_up_for(shop: SmallShop, ledger: Path) -> None:
    """The erasure is kept, but nobody wrote the line."""
    bought = order(shop)
    erase(request_id=wish(_id(bought), RequestKind.ERASURE).id, now=NOON)
    assert last_erasures(ledger) == []

    assert reconcile_ledger(now=NOON) == 1
    assert [line.subject for line in last_erasures(ledger)] == [_id(bought)]


def test_whoever_came_back_with_an_old_backup_is_erased_again(
    shop: SmallShop, ledger: Path
) -> None:
    bought = order(shop)
    add_erasures(ledger, [Erased(subject=_id(bought), classes=("profile",), at=NOON)])
    assert get_order(bought.id).person == bought.person, "the control: they are there"

    assert reconcile_ledger(now=NOON) == 1

    assert get_order(bought.id).person.veil is Veil.RESTRICTED
    assert find_person_by_email(bought.person.email) is None
    assert models.Person.objects.get(id=_id(bought)).erased_at == NOON


def test_a_line_that_was_cut_off_is_left_out(ledger: Path) -> None:
    assert last_erasures(ledger) == []
    ledger.parent.mkdir()
    ledger.write_text('{"subject": "0')

    assert last_erasures(ledger) == []


def _id(bought: Any) -> Any:
    assert bought.person_id is not None
    return bought.person_id
