"""A key that opens the backups cannot be added unseen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from tresen.entrypoints.schedule.recipients import ACTION, note_recipients
from tresen.foundation import sql
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.recipients import make_identity

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def places(tmp_path: Path, settings: LazySettings) -> BackupPlaces:
    found = places_of(tmp_path, {})
    settings.BACKUP_PLACES = found
    return found


def deeds() -> int:
    ((count,),) = sql.rows("SELECT count(*) FROM audit_deed WHERE action = %s", (ACTION,))
    assert isinstance(count, int)
    return count


def test_another_key_is_a_deed_once(places: BackupPlaces) -> None:
    make_identity(places, label="safe")
    assert note_recipients(NOON)
    assert not note_recipients(NOON)
    assert deeds() == 1

    make_identity(places, label="a stranger's")

    assert note_recipients(NOON)
    assert deeds() == 2


def test_a_key_that_is_taken_out_is_a_deed_too(places: BackupPlaces) -> None:
    make_identity(places, label="safe")
    note_recipients(NOON)

    places.recipients.write_text("")

    assert note_recipients(NOON)
    assert deeds() == 2


def test_control_other_words_behind_the_same_key_are_none(places: BackupPlaces) -> None:
    make_identity(places, label="safe")
    note_recipients(NOON)

    places.recipients.write_text(places.recipients.read_text().replace("safe", "bank"))

    assert not note_recipients(NOON)


def test_without_backups_there_is_nothing_to_tell(places: BackupPlaces) -> None:
    assert not places.recipients.exists()
    assert not note_recipients(NOON)
