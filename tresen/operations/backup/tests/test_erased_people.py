"""Whoever was erased stays erased, also in a shop that is restored from before the erasure.

The vault's own table and wrapping are used, with keys of keys that this test rotates and destroys.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tresen.operations.backup import bring_back
from tresen.operations.backup.bring_back import Restored
from tresen.operations.backup.erasures import ship_erasures
from tresen.operations.backup.keystore import list_keystores
from tresen.operations.backup.recipients import check_ready
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.tests.make import VAULT, Bench, found_in, now_of, opened
from tresen.operations.postgres.layout import Layout

pytestmark = pytest.mark.slow

CANARIES = 200
Row = tuple[UUID, bytes]


class Shop:
    """People with sealed notes, their keys wrapped by a key of keys in a file."""

    def __init__(self, bench: Bench, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self.bench, self.connection = bench, connection
        self.keyring = bench.places.keys / "keyring.json"
        self.keyring.write_text(json.dumps({"kek": secrets.token_hex(32), "version": 1}))
        connection.execute(VAULT)
        connection.execute("CREATE TABLE person (id uuid, place int, sealed bytea)")

    @property
    def kek(self) -> bytes:
        return bytes.fromhex(json.loads(self.keyring.read_text())["kek"])

    def add_person(self, canaries: list[str]) -> UUID:
        person, key, nonce = uuid4(), secrets.token_bytes(32), os.urandom(12)
        wrapped = nonce + AESGCM(self.kek).encrypt(nonce, key, person.bytes)
        self.connection.execute(
            "INSERT INTO vault.data_key (id, subject, class, wrapped, kek_version) "
            "VALUES (%s, %s, 'profile', %s, 1)",
            [uuid4(), person, wrapped],
        )
        for place, canary in enumerate(canaries):
            nonce = os.urandom(12)
            sealed = nonce + AESGCM(key).encrypt(nonce, canary.encode(), b"")
            self.connection.execute(
                "INSERT INTO person VALUES (%s, %s, %s)", [person, place, sealed]
            )
        return person

    def erase(self, person: UUID) -> None:
        self.connection.execute("DELETE FROM vault.data_key WHERE subject = %s", [person])
        line = {"subject": str(person), "classes": ["profile"], "at": f"{now_of(self.connection)}"}
        with self.bench.places.erasures.open("a") as ledger:
            ledger.write(json.dumps(line) + "\n")
        ship_erasures(
            self.bench.places.erasures,
            self.bench.target,
            to=[one.recipient for one in check_ready(self.bench.places)],
            signer=signer_of(self.bench.places),
        )

    def rotate(self) -> None:
        """All keys wrapped anew; the old key of keys is destroyed."""
        fresh = secrets.token_bytes(32)
        rows = self.connection.execute("SELECT id, subject, wrapped FROM vault.data_key").fetchall()
        for key_id, subject, wrapped in rows:
            assert isinstance(subject, UUID)
            assert isinstance(wrapped, bytes)
            key = AESGCM(self.kek).decrypt(wrapped[:12], wrapped[12:], subject.bytes)
            nonce = os.urandom(12)
            again = nonce + AESGCM(fresh).encrypt(nonce, key, subject.bytes)
            self.connection.execute(
                "UPDATE vault.data_key SET wrapped = %s, kek_version = 2 WHERE id = %s",
                [again, key_id],
            )
        self.keyring.write_text(json.dumps({"kek": fresh.hex(), "version": 2}))


def readable(
    connection: psycopg.Connection[tuple[object, ...]], keyring: Path, person: UUID
) -> list[str]:
    """What of a person can be read with the keys that are in the database and the file."""
    kek = bytes.fromhex(json.loads(keyring.read_text())["kek"])
    found = []
    keys = connection.execute(
        "SELECT wrapped FROM vault.data_key WHERE subject = %s", [person]
    ).fetchall()
    sealed = connection.execute(
        "SELECT sealed FROM person WHERE id = %s ORDER BY place", [person]
    ).fetchall()
    for (wrapped,) in keys:
        assert isinstance(wrapped, bytes)
        try:
            key = AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], person.bytes)
        except InvalidTag:
            continue
        for (text,) in sealed:
            assert isinstance(text, bytes)
            found.append(AESGCM(key).decrypt(text[:12], text[12:], b"").decode())
    return found


def told_by(copy: Restored, *people: UUID) -> list[list[str]]:
    """What the restored shop can read about each of them."""
    keyring = copy.into / "keys" / "keyring.json"
    with opened(copy) as connection:
        return [readable(connection, keyring, person) for person in people]


def test_an_erased_person_is_unreadable_after_an_old_backup_was_restored(bench: Bench) -> None:
    erased_words = [f"erased-{secrets.token_hex(8)}" for _ in range(CANARIES)]
    kept_words = [f"kept-{secrets.token_hex(8)}" for _ in range(5)]
    with bench.running() as connection:
        shop = Shop(bench, connection)
        gone, stays = shop.add_person(erased_words), shop.add_person(kept_words)
        with bench.following() as following:
            old = bench.take(following)
            bench.take_keystore()
            before_erasure = now_of(connection)
            shop.erase(gone)
            shop.rotate()
            bench.take_keystore()
            new = shop.add_person(["new"])
            bench.catch_up(following)

    restored = bench.restore(old.id)
    midway = bench.restore(before_erasure.isoformat(), name="restored-midway")
    latest = bench.restore("latest", name="restored-latest")

    for copy in (restored, midway, latest):
        assert told_by(copy, gone, stays) == [[], kept_words]
        assert found_in(Layout(copy.into).home.resolve(), erased_words) == set()
        assert str(gone) in (copy.into / "keys" / "erasures.jsonl").read_text()
    assert told_by(latest, new) == [["new"]]


def test_without_key_store_and_ledger_an_old_backup_would_bring_the_person_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same restore with both protections taken out."""
    words = [f"erased-{secrets.token_hex(8)}" for _ in range(CANARIES)]
    with bench.running() as connection:
        shop = Shop(bench, connection)
        gone = shop.add_person(words)
        with bench.following() as following:
            old = bench.take(following)
            bench.take_keystore()
            shop.erase(gone)
            bench.catch_up(following)
    monkeypatch.setattr(bring_back, "read_erasures", lambda *_, **__: ([], b""))
    first = list_keystores(bench.target)[0]
    monkeypatch.setattr(bring_back, "list_keystores", lambda _target: [first])

    restored = bench.restore(old.id)

    with opened(restored) as connection:
        assert readable(connection, restored.into / "keys" / "keyring.json", gone) == words


def test_the_ledger_alone_erases_whom_the_key_store_still_has(bench: Bench) -> None:
    """Erased after the last key store was taken."""
    with bench.running() as connection:
        shop = Shop(bench, connection)
        gone, stays = shop.add_person(["a"]), shop.add_person(["b"])
        with bench.following() as following:
            bench.take(following)
            bench.take_keystore()
            shop.erase(gone)
            bench.catch_up(following)

    restored = bench.restore("latest")

    with opened(restored) as connection:
        keyring = restored.into / "keys" / "keyring.json"
        assert readable(connection, keyring, gone) == []
        assert readable(connection, keyring, stays) == ["b"]


def test_a_key_that_was_destroyed_long_before_the_key_store_does_not_come_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Retention destroys keys without a line in the ledger."""
    monkeypatch.setattr("tresen.operations.backup.people.LONGEST_TRANSACTION", timedelta(seconds=0))
    with bench.running() as connection:
        shop = Shop(bench, connection)
        expired = shop.add_person(["old"])
        with bench.following() as following:
            old = bench.take(following)
            connection.execute("DELETE FROM vault.data_key WHERE subject = %s", [expired])
            bench.take_keystore()

    restored = bench.restore(old.id)

    assert restored.people.destroyed == 1
    assert isinstance(restored.people.keystore_at, datetime)
