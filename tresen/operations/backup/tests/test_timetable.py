"""When the keeper does what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tresen.operations.backup.timetable import Done, Errand, last_slot, next_errand

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
NIGHT = NOON.replace(hour=2)


def done(**changes: object) -> Done:
    """A shop that has been open for days and is up to date at noon."""
    usual: dict[str, object] = {
        "begun": NOON - timedelta(days=9),
        "backup_at": NIGHT + timedelta(minutes=2),
        "keystore_at": NOON - timedelta(minutes=10),
        "proof_at": NIGHT + timedelta(hours=1, minutes=5),
        "tried_at": {},
    }
    return Done(**{**usual, **changes})  # type: ignore[arg-type]


def test_a_shop_that_is_up_to_date_has_nothing_to_do() -> None:
    assert next_errand(done(), now=NOON) is None


def test_each_night_a_backup_and_then_its_proof() -> None:
    yesterday = done()

    at_two = next_errand(yesterday, now=NIGHT + timedelta(days=1, minutes=1))
    after = done(
        backup_at=NIGHT + timedelta(days=1, minutes=2),
        keystore_at=NIGHT + timedelta(days=1, minutes=59),
    )
    at_three = next_errand(after, now=NIGHT + timedelta(days=1, hours=1, minutes=1))

    fresh = {"keystore_at": NIGHT + timedelta(days=1)}
    assert at_two in {"keystore", "backup"}
    assert next_errand(done(**fresh), now=NIGHT + timedelta(days=1, minutes=1)) == "backup"
    assert at_three == "drill"


def test_a_night_that_was_slept_through_is_made_up_for() -> None:
    closed = done(backup_at=NOON - timedelta(days=3), proof_at=NOON - timedelta(days=3))

    assert next_errand(closed, now=NOON) == "backup"


def test_a_new_shop_settles_before_its_first_backup_and_is_proved_soon_after() -> None:
    new = done(begun=NOON, backup_at=None, proof_at=None)
    backed_up = done(begun=NOON, backup_at=NOON, proof_at=None, keystore_at=NOON)

    assert next_errand(new, now=NOON + timedelta(seconds=5)) is None
    assert next_errand(new, now=NOON + timedelta(minutes=2)) == "backup"
    assert next_errand(backed_up, now=NOON + timedelta(minutes=2)) is None
    assert next_errand(backed_up, now=NOON + timedelta(minutes=11)) == "drill"


def test_what_failed_is_not_tried_again_at_once() -> None:
    tried: dict[Errand, datetime] = {"backup": NOON}
    failed = done(backup_at=NOON - timedelta(days=3), tried_at=tried, keystore_at=NOON)

    assert next_errand(failed, now=NOON + timedelta(minutes=5)) != "backup"
    assert next_errand(failed, now=NOON + timedelta(minutes=16)) == "backup"


def test_the_last_slot_has_passed() -> None:
    assert last_slot(2, now=NOON) == NIGHT
    assert last_slot(2, now=NIGHT - timedelta(minutes=1)) == NIGHT - timedelta(days=1)
