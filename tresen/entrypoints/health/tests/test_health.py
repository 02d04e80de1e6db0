"""Health: alive is not ready, and what is wrong is said with its remedy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db.utils import OperationalError
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from tresen.domains.conversations.commands import claim_letter, hold_letter, queue_letter
from tresen.domains.conversations.types import LetterKind
from tresen.domains.security.commands import note_examination, turn_freeze
from tresen.domains.security.types import Break, BreakKind, Verdict
from tresen.entrypoints.health import checks
from tresen.entrypoints.health.checks import Finding, find_all
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.ids import new_id
from tresen.foundation.secret import Secret
from tresen.workflows.reactions import relay
from tresen.workflows.reactions.tests.make import light

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
urlpatterns = [path("", include("tresen.entrypoints.health.urls"))]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _routes(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, 10**12))


@pytest.fixture
def _worker() -> None:
    sql.run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", (NOON,))


def found(name: str, now: datetime = NOON) -> Finding:
    return next(finding for finding in find_all(now=now) if finding.name == name)


def test_alive_needs_no_database(client: Client) -> None:
    response = client.get("/health/live")

    assert (response.status_code, response.content) == (200, b"alive\n")
    assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_worker")
def test_all_is_well(settings: Settings) -> None:
    settings.BACKUP_PLACES = replace(settings.BACKUP_PLACES, switched_on=False)
    findings = find_all(now=NOON)

    assert [finding.name for finding in findings if not finding.good] == []
    assert {finding.name for finding in findings} == {
        "database",
        "migrations",
        "worker",
        "journal",
        "lists",
        "dead_letters",
        "audit",
        "frozen",
        "key_file",
        "disk",
        "backups",
        "watches",
    }


@pytest.mark.django_db
def test_without_a_worker_people_still_come_in_but_it_is_said(client: Client) -> None:
    response = client.get("/health/ready")

    body = response.json()
    assert (response.status_code, body["status"]) == (200, "attention")
    (worker,) = [check for check in body["checks"] if check["name"] == "worker"]
    assert worker["words"] == "No worker is running: letters and search updates wait."
    assert "tresen worker" in worker["remedy"]


@pytest.mark.django_db
def test_a_missing_migration_closes_the_door(client: Client) -> None:
    sql.run("DELETE FROM django_migrations WHERE app = 'conversations'")

    response = client.get("/health/ready")

    assert (response.status_code, response.json()["status"]) == (503, "not ready")
    missing = found("migrations")
    assert (missing.good, missing.remedy) == (False, "Run `tresen migrate`.")


def test_a_database_that_is_away_closes_the_door_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("connection to server at hanna's machine failed")

    monkeypatch.setattr(sql, "rows", away)

    response = client.get("/health/ready")

    assert response.status_code == 503
    first = response.json()["checks"][0]
    assert first["words"] == "The database does not answer (OperationalError)."
    assert "tresen doctor" in first["remedy"]
    assert "hanna" not in response.text


@pytest.mark.django_db
@pytest.mark.usefixtures("_worker")
def test_a_silent_worker_is_noticed() -> None:
    late = found("worker", NOON + timedelta(seconds=checks.HEARTBEAT_SECONDS_MAX + 1))

    assert (late.good, late.words) == (False, "The worker was last seen 31 s ago.")


@pytest.mark.django_db
def test_facts_that_wait_too_long_are_noticed() -> None:
    light("a")

    soon, late = (found("journal", NOON + timedelta(seconds=wait)) for wait in (60, 61))

    assert (soon.good, late.good) == (True, False)
    relay.spread(now=NOON)
    assert found("journal").words == "No fact waits."


@pytest.mark.django_db
def test_letters_nobody_knows_about_are_counted() -> None:
    queue_letter(
        key="a",
        kind=LetterKind.REFUND_MADE,
        locale="de",
        recipient="hanna@example.org",
        payload={},
        person_id=new_id(),
        now=NOON,
    )
    letter = claim_letter(now=NOON)
    assert letter is not None
    hold_letter(letter_id=letter.id, reason="NoAnswer")

    dead = found("dead_letters")

    assert dead.words == "0 facts were given up, 1 letters want a look."
    assert dead.remedy == "See `tresen jobs dead`."


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [5, 15])
def test_deeds_that_are_not_sealed_in_time_want_a_look(minutes: int) -> None:
    record(Deed(action="order.view", actor=SYSTEM), now=NOON - timedelta(minutes=minutes))

    assert found("audit").good is (minutes == 5)
    assert found("audit").figure == minutes * 60


@pytest.mark.django_db
def test_a_broken_chain_and_a_frozen_shop_are_said() -> None:
    broken = Break(kind=BreakKind.DEED_MISSING)
    verdict = Verdict(seals=1, deeds=1, waiting=0, anchors=0, last_seal_at=NOON, broken=broken)
    note_examination(verdict=verdict, now=NOON)
    turn_freeze(on=True, now=NOON, actor=SYSTEM)

    assert "NOT SOUND: deed_missing" in found("audit").words
    assert (found("audit").good, found("frozen").good) == (False, False)


def test_a_key_file_that_others_can_read_or_that_is_gone_closes_the_door(
    tmp_path: Path, settings: Settings
) -> None:
    good = Path(settings.KEYRING_FILE)
    copy = tmp_path / "keyring.json"
    copy.write_bytes(good.read_bytes())
    copy.chmod(0o644)
    settings.KEYRING_FILE = copy
    open_to_all = checks.key_file(NOON)
    settings.KEYRING_FILE = tmp_path / "gone.json"

    gone = checks.key_file(NOON)

    assert (open_to_all.good, open_to_all.words) == (False, "The key file can be read by others.")
    assert (gone.good, gone.closes) == (False, True)
    assert gone.words == "The key file cannot be read (FileNotFoundError)."


@pytest.mark.parametrize(
    ("free", "good", "closes"),
    [(10**12, True, False), (5 * 10**8, False, False), (10**8, False, True)],
)
def test_a_full_disk_is_said_before_it_is_too_late(
    monkeypatch: pytest.MonkeyPatch, free: int, good: bool, closes: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))

    disk = checks.disk(NOON)

    assert (disk.good, disk.closes) == (good, closes)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "stranger", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_details_and_figures_are_for_the_house_only(
    client: Client, stranger: dict[str, Any]
) -> None:
    ready = client.get("/health/ready", **stranger)
    figures = client.get("/metrics", **stranger)

    assert set(ready.json()) == {"status"}
    assert figures.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "status"), [("right", 200), ("wrong", 404), ("", 404)])
def test_a_token_opens_the_figures_from_elsewhere(
    client: Client, settings: Settings, given: str, status: int
) -> None:
    settings.METRICS_TOKEN = Secret("right")

    response = client.get(
        "/metrics", REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION=f"Bearer {given}"
    )

    assert response.status_code == status


@pytest.mark.django_db
@pytest.mark.usefixtures("_worker")
def test_the_figures_tell_requests_lag_and_jobs(client: Client) -> None:
    light("a")
    relay.spread(now=NOON)
    client.get("/health/live")

    text = client.get("/metrics").content.decode()

    for words in (
        'tresen_requests_total{method="GET",route="health:live",status="200"}',
        'tresen_request_seconds_count{route="health:live"}',
        "tresen_journal_lag_seconds 0.0",
        "tresen_dead_letters 0.0",
        "tresen_audit_unsealed_seconds 0.0",
        "tresen_shop_frozen 0.0",
        'tresen_check_good{check="database"} 1.0',
        "tresen_worker_heartbeat_age_seconds",
    ):
        assert words in text


@pytest.mark.django_db
@pytest.mark.usefixtures("_worker")
def test_each_figure_is_told_once_as_the_format_wants_it(client: Client) -> None:
    client.get("/metrics")

    text = client.get("/metrics").content.decode()

    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE ")]
    assert sorted(names) == sorted(set(names))
    assert "tresen_disk_free_bytes" in names
    assert 'pid="' not in text
