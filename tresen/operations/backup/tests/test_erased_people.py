"""Whoever was erased stays erased, also in a shop that is restored from before the erasure.

The vault's own table, keyring and wrapping are used; keys of keys are rotated and destroyed.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tresen.foundation.vault.keyring import (
    Keyring,
    NoSuchKey,
    fresh_keyring,
    read_keyring,
    write_keyring,
)
from tresen.foundation.vault.wrapping import CannotUnwrap, unwrap, wrap
from tresen.operations.backup import bring_back, people
from tresen.operations.backup.bring_back import Restored
from tresen.operations.backup.erasures import ship_erasures
from tresen.operations.backup.keystore import list_keystores
from tresen.operations.backup.recipients import check_ready
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.tests.make import Bench, found_in, now_of, opened
from tresen.operations.postgres.layout import Layout

pytestmark = pytest.mark.slow

CANARIES = 200
RING = "keyring.json"


class Root:
    """A root key in a file of the key folder, as the house keeps it by default."""

    name = "file"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "root.key"

    def make(self) -> None:
        self.path.write_text(secrets.token_hex(32))

    def wrap(self, secret: bytes, *, label: str) -> str:
        return wrap(secret, key=self._key, label=label.encode()).hex()

    def unwrap(self, wrapped: str, *, label: str) -> bytes:
        return unwrap(bytes.fromhex(wrapped), key=self._key, label=label.encode())

    def renew(self) -> None:
        raise AssertionError("not asked for here")

    def forget_old(self) -> None:
        raise AssertionError("not asked for here")

    @property
    def _key(self) -> bytes:
        return bytes.fromhex(self.path.read_text())


class Shop:
    """People with sealed notes; their keys lie in the vault's table, wrapped as the vault does."""

    def __init__(self, bench: Bench, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self.bench, self.connection = bench, connection
        self.root = Root(bench.places.keys)
        self.root.make()
        write_keyring(bench.places.keys / RING, fresh_keyring(), self.root)
        migration = importlib.import_module("tresen.foundation.vault.migrations.0001_data_keys")
        connection.execute(migration._MAKE)
        connection.execute("CREATE TABLE person (id uuid, place int, sealed bytea)")

    @property
    def ring(self) -> Keyring:
        return read_keyring(self.bench.places.keys / RING, self.root)

    def add_person(self, canaries: list[str]) -> UUID:
        person, key_id, key = uuid4(), uuid4(), secrets.token_bytes(32)
        kek = self.ring.newest("kek")
        wrapped = wrap(key, key=kek.secret, label=_label(key_id, person))
        self.connection.execute(
            "INSERT INTO vault.data_key (id, subject, class, wrapped, kek_version) "
            "VALUES (%s, %s, 'profile', %s, %s)",
            [key_id, person, wrapped, kek.version],
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
        """All keys wrapped by a new key of keys; the old one is destroyed."""
        old, (fresh,) = self.ring, [one for one in fresh_keyring().keys if one.kind == "kek"]
        fresh = replace(fresh, version=2)
        rows = self.connection.execute("SELECT id, subject, wrapped FROM vault.data_key").fetchall()
        for key_id, subject, wrapped in rows:
            assert isinstance(key_id, UUID)
            assert isinstance(subject, UUID)
            assert isinstance(wrapped, bytes)
            label = _label(key_id, subject)
            key = unwrap(wrapped, key=old.get("kek", 1).secret, label=label)
            self.connection.execute(
                "UPDATE vault.data_key SET wrapped = %s, kek_version = 2 WHERE id = %s",
                [wrap(key, key=fresh.secret, label=label), key_id],
            )
        kept = [one for one in old.keys if one.kind != "kek"]
        write_keyring(self.bench.places.keys / RING, Keyring([*kept, fresh]), self.root)


def _label(key_id: UUID, person: UUID) -> bytes:
    return key_id.bytes + person.bytes + b"profile"


def readable(
    connection: psycopg.Connection[tuple[object, ...]], keys: Path, person: UUID
) -> list[str]:
    """What of a person can be read with the keys that are in the database and the folder."""
    ring = read_keyring(keys / RING, Root(keys))
    found = []
    rows = connection.execute(
        "SELECT id, wrapped, kek_version FROM vault.data_key WHERE subject = %s", [person]
    ).fetchall()
    sealed = connection.execute(
        "SELECT sealed FROM person WHERE id = %s ORDER BY place", [person]
    ).fetchall()
    for key_id, wrapped, version in rows:
        assert isinstance(key_id, UUID)
        assert isinstance(wrapped, bytes)
        assert isinstance(version, int)
        with contextlib.suppress(NoSuchKey, CannotUnwrap):
            kek = ring.get("kek", version)
            key = unwrap(wrapped, key=kek.secret, label=_label(key_id, person))
            for (text,) in sealed:
                assert isinstance(text, bytes)
                found.append(AESGCM(key).decrypt(text[:12], text[12:], b"").decode())
    return found


def told_by(copy: Restored, *people: UUID) -> list[list[str]]:
    """What the restored shop can read about each of them."""
    keys = copy.into / "keys"
    with opened(copy) as connection:
        return [readable(connection, keys, person) for person in people]


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
        assert readable(connection, restored.into / "keys", gone) == words


def test_a_thief_who_skips_all_of_that_has_keys_that_nothing_unwraps(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old backup, an identity and today's keyring; the rows of keys as they were copied."""
    with bench.running() as connection:
        shop = Shop(bench, connection)
        gone = shop.add_person(["a"])
        with bench.following() as following:
            old = bench.take(following)
            shop.erase(gone)
            shop.rotate()
            bench.take_keystore()
    monkeypatch.setattr(bring_back, "read_erasures", lambda *_, **__: ([], b""))
    monkeypatch.setattr(people, "_replace", lambda *_: people.PeopleReport())

    restored = bench.restore(old.id)

    with opened(restored) as connection:
        rows = connection.execute("SELECT kek_version FROM vault.data_key").fetchall()
        assert rows == [(1,)], "control: the wrapped key did come back"
        assert readable(connection, restored.into / "keys", gone) == []


@pytest.mark.drill
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
        keys = restored.into / "keys"
        assert readable(connection, keys, gone) == []
        assert readable(connection, keys, stays) == ["b"]


@pytest.mark.drill
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
