"""The screen says how backups stand, in both languages, and asks their keeper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils.translation import override

from tresen.domains.accounts.types import Role
from tresen.entrypoints.backoffice.backups.rows import last_proof_words
from tresen.entrypoints.backoffice.backups.words import failure_words
from tresen.entrypoints.backoffice.tests.make import Counter, clerk
from tresen.foundation import sql
from tresen.operations.backup.notes import add_line, write_note
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.recipients import make_identity, set_up_demo
from tresen.operations.backup.status import status_of_backups
from tresen.operations.machine.locks import alone
from tresen.operations.machine.trouble import Trouble
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(tmp_path: Path, settings: LazySettings) -> BackupPlaces:
    """An empty shop of which nothing was saved yet."""
    found = places_of(tmp_path, {})
    settings.BACKUP_PLACES = found
    return found


@pytest.fixture
def kept(places: BackupPlaces) -> Iterator[BackupPlaces]:
    """Somebody keeps its backups."""
    set_up_demo(places)
    write_note(places.status, {"begun": NOON.isoformat(), "until": NOON.isoformat()})
    with alone(places.keeper_lock, wait=False):
        yield places


def _deeds() -> set[str]:
    return {str(action) for (action,) in sql.rows("SELECT action FROM audit_deed")}


def _proof(places: BackupPlaces, **changes: object) -> None:
    line = {
        "at": NOON.isoformat(), "backup": "20261126T020000Z", "held": True, "failure": "",
        "seconds": 12.5, "restore_seconds": 4.0, "clear_bytes": 160_000_000, "lost_seconds": 1.2,
        "rows": 4711, "invariants": 16,
    }  # fmt: skip
    add_line(places.proofs, {**line, **changes})


def test_a_shop_without_keys_is_told_to_make_some(counter: Counter, places: BackupPlaces) -> None:
    page = counter.get("/trust/backups/").content.decode()

    assert "tresen backup keys" in page
    assert "Handlungsbedarf" in page
    assert "Jetzt sichern" not in page


def test_the_last_proof_is_told_with_its_figures(counter: Counter, kept: BackupPlaces) -> None:
    _proof(kept, at=(NOON - timedelta(days=1)).isoformat(), held=False, failure="broken page 7")
    _proof(kept)

    german = counter.get("/trust/backups/").content.decode()
    counter.browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    english = counter.browser.get("/staff/trust/backups/", headers={"accept-language": "en"})

    assert "4,0 s" in german
    assert "40,0 MB pro Sekunde" in german
    assert "16 Regeln gelten" in german
    assert "broken page 7" in german
    assert "40.0 MB per second" in english.content.decode()


def test_a_failed_proof_raises_the_alarm_and_a_held_one_takes_it_back(
    counter: Counter, kept: BackupPlaces
) -> None:
    _proof(kept, held=False, failure="broken page 7")
    failed = counter.get("/trust/backups/").content.decode()
    board = counter.get("/today/").content.decode()
    _proof(kept)
    held = counter.get("/trust/backups/").content.decode()
    quiet = counter.get("/today/").content.decode()

    assert "Die letzte Probe ist fehlgeschlagen: broken page 7" in failed
    assert "/staff/trust/backups/" in board
    assert "Die letzte Probe ist fehlgeschlagen" not in held
    assert "/staff/trust/backups/" not in quiet


def test_a_wish_reaches_the_keeper_and_the_audit(counter: Counter, kept: BackupPlaces) -> None:
    answer = counter.post("/trust/backups/wishes/drill/")

    assert answer["Location"] == "/staff/trust/backups/"
    assert (kept.wishes / "drill").exists()
    assert "backups.drill" in _deeds()


def test_without_a_keeper_nothing_is_noted(counter: Counter, places: BackupPlaces) -> None:
    counter.post("/trust/backups/wishes/backup/")
    page = counter.get("/trust/backups/").content.decode()

    assert "tresen run" in page
    assert not places.wishes.exists()
    assert "backups.backup" not in _deeds()


@pytest.mark.parametrize("errand", ["keystore", "..", "x"])
def test_nothing_else_can_be_wished_for(counter: Counter, kept: BackupPlaces, errand: str) -> None:
    assert counter.post(f"/trust/backups/wishes/{errand}/").status_code == 404
    assert list(kept.wishes.glob("*")) == [] if kept.wishes.exists() else True


def test_a_clerk_sees_no_backups(counter: Counter, kept: BackupPlaces) -> None:
    browser = clerk(name="karl", role=Role.CLERK)

    assert browser.get("/staff/trust/backups/").status_code == 403
    assert browser.post("/staff/trust/backups/wishes/backup/").status_code == 403
    assert not (kept.wishes / "backup").exists()


def test_a_key_outside_takes_the_warning_away(counter: Counter, kept: BackupPlaces) -> None:
    warned = counter.get("/trust/backups/").content.decode()
    make_identity(kept, label="Tresor im Büro")
    page = counter.get("/trust/backups/").content.decode()

    assert "Alle Schlüssel zu den Sicherungen liegen auf dieser Maschine" in warned
    assert "Alle Schlüssel zu den Sicherungen liegen auf dieser Maschine" not in page
    assert "Tresor im Büro" in page


def test_one_line_for_the_area_says_when_and_how_it_went(kept: BackupPlaces) -> None:
    now = NOON + timedelta(days=2)
    with override("en"):
        none = last_proof_words(status_of_backups(kept, now=now), now=now)
        _proof(kept)
        status = status_of_backups(kept, now=now)
        some = last_proof_words(status, now=now)
        failed = last_proof_words(
            replace(status, proofs=(replace(status.proofs[-1], held=False),)), now=now
        )

    assert none == "No restore drill has run yet."
    assert some == "Last proof: 2 days ago, it held."
    assert failed == "Last proof: 2 days ago, it failed."


def test_why_a_drill_failed_is_told_in_the_language_of_the_page(
    counter: Counter, kept: BackupPlaces
) -> None:
    lost = Trouble(
        "The backup {backup} stands on {lost}, which is not there any more.", backup="B2", lost="B1"
    )
    _proof(kept, held=False, failure=lost.plain, failure_note=lost.as_note())

    german = counter.get("/trust/backups/").content.decode()
    with override("en"):
        proof = status_of_backups(kept, now=NOON).last_proof
        assert proof is not None
        english = failure_words(proof)

    assert "Die Sicherung B2 baut auf B1 auf" in german
    assert english == lost.plain
