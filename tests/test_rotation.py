"""Keys are changed under way: what was sealed opens, what is old opens nothing, nobody waits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from tresen.adapters.keys.local import FileRoot
from tresen.config import wiring
from tresen.domains.orders.queries import OrderFilter, get_order, list_orders
from tresen.domains.privacy.commands import person_for_email
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.security.queries.freezing import keys_changed_since
from tresen.domains.stores.commands import make_publishable_key
from tresen.domains.stores.queries import find_channel_by_key, get_channel, list_keys_of
from tresen.entrypoints.schedule.jobs import change_keys
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.keys import newest_key
from tresen.foundation.ids import new_id
from tresen.foundation.vault.closing import close_vault
from tresen.foundation.vault.data_keys import keys_for, keys_of_many
from tresen.foundation.vault.keyring import forget_keyring, keyring
from tresen.foundation.vault.rewrapping import count_older
from tresen.foundation.vault.root import CannotRenew
from tresen.foundation.vault.sealing import Shredded, is_signed, seal, sign, unseal
from tresen.workflows.caring.tests import make
from tresen.workflows.guarding.freeze_shop import freeze_shop
from tresen.workflows.guarding.rotate_everything import rotate_everything
from tresen.workflows.guarding.rotate_keys import (
    renew_keys,
    rotate_index,
    rotate_kek,
    rotate_signing,
)

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
PLACE = "orders_order.address"


@pytest.fixture(autouse=True)
def _own_keyring(tmp_path: Path, settings: Any, db: None) -> Iterator[None]:
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    settings.ROOT_KEY = FileRoot(tmp_path / "keys" / "root.key")
    settings.AUDIT_KEY_FILE = tmp_path / "keys" / "audit.json"
    sql.run("DELETE FROM vault.data_key")  # those of other tests have other wrappings
    forget_keyring()
    close_vault()
    yield
    forget_keyring()
    close_vault()


def _sealed(count: int) -> list[tuple[object, bytes]]:
    pairs = [(new_id(), "profile") for _ in range(count)]
    keys = keys_of_many(pairs)
    return [(row, seal(b"x", key=keys[row, "profile"], place=PLACE, row=row)) for row, _ in pairs]


def test_after_a_rotation_everything_opens_and_the_old_key_may_go() -> None:
    before = _sealed(25)
    assert rotate_kek(now=NOON, actor=SYSTEM) == 25
    assert count_older(keyring().newest("kek").version) == 0

    assert renew_keys(now=NOON + timedelta(days=1), actor=SYSTEM) == 0

    assert [key.version for key in keyring().all("kek")] == [2]
    close_vault()
    assert [unseal(text, place=PLACE, row=row) for row, text in before] == [b"x"] * 25


def test_a_row_of_an_old_backup_opens_nothing_once_its_key_is_destroyed() -> None:
    """Why an erasure holds for backups: the wrapped key is there, and nothing unwraps it."""
    ((row, text),) = _sealed(1)
    ((stolen,),) = sql.rows("SELECT row_to_json(k)::text FROM vault.data_key k")
    rotate_kek(now=NOON, actor=SYSTEM)
    sql.run("DELETE FROM vault.data_key")  # the person is erased …
    sql.run(  # … and comes back from an old backup
        "INSERT INTO vault.data_key SELECT * FROM json_populate_record(NULL::vault.data_key, %s)",
        (stolen,),
    )
    close_vault()
    assert unseal(text, place=PLACE, row=row) == b"x"  # the control: as long as the key is kept

    renew_keys(now=NOON + timedelta(days=2), actor=SYSTEM)
    sql.run(
        "UPDATE vault.data_key k SET wrapped = j.wrapped, kek_version = j.kek_version"
        " FROM json_populate_record(NULL::vault.data_key, %s) j WHERE k.id = j.id",
        (stolen,),
    )

    close_vault()
    with pytest.raises(Shredded):
        unseal(text, place=PLACE, row=row)


def test_nothing_beside_the_keys_is_open_to_others_after_a_rotation() -> None:
    """The doctor calls it an illness."""
    lock = Path(settings.KEYRING_FILE).with_suffix(".lock")
    keyring()
    lock.touch(mode=0o644)

    rotate_kek(now=NOON, actor=SYSTEM)

    modes = {path.stat().st_mode & 0o077 for path in lock.parent.iterdir()}
    assert modes == {0}


def test_each_week_a_new_one_comes_by_itself() -> None:
    assert renew_keys(now=NOON, actor=SYSTEM) == 0
    assert keyring().newest("kek").version == 2  # the first start's is as old as can be
    renew_keys(now=NOON + timedelta(days=6), actor=SYSTEM)
    assert keyring().newest("kek").version == 2
    renew_keys(now=NOON + timedelta(days=7), actor=SYSTEM)
    assert keyring().newest("kek").version == 3


def test_people_are_found_by_their_address_before_while_and_after_a_new_index_key() -> None:
    known = person_for_email(email="Hanna@example.org", now=NOON)

    rotate_index(now=NOON, actor=SYSTEM)

    assert find_person_by_email("hanna@example.org") == known
    assert person_for_email(email="hanna@example.org", now=NOON) == known
    assert len(keyring().all("index")) == 2
    ((index,),) = sql.rows("SELECT index FROM privacy_identifier")
    rotate_index(now=NOON, actor=SYSTEM)
    ((again,),) = sql.rows("SELECT index FROM privacy_identifier")
    assert bytes(index) != bytes(again)  # type: ignore[call-overload]


def test_links_signed_before_stay_good_unless_they_are_to_be_forgotten() -> None:
    signature = sign("order 7", purpose="link")
    rotate_signing(now=NOON, actor=SYSTEM)
    assert is_signed("order 7", signature, purpose="link")

    rotate_signing(now=NOON, actor=SYSTEM, forget=True)

    assert not is_signed("order 7", signature, purpose="link")


def test_after_a_theft_everything_is_changed_and_orders_are_still_read() -> None:
    make.shop()
    order_id = make.order()
    stolen, stolen_root = keyring(), _root_text()
    person = get_order(order_id).person
    link, webhook, audit = sign("order 7", purpose="link"), wiring.demo_secret(), newest_key()
    channel = get_channel("web-de")
    api = [make_publishable_key(channel_id=channel.id, label="front", now=NOON)]
    _sign_somebody_in()

    fresh = rotate_everything(now=NOON, actor=SYSTEM)

    close_vault()
    assert get_order(order_id).person == person
    assert [row.id for row in list_orders(narrow=OrderFilter(text=person.email))] == [order_id]
    assert {key.secret for key in keyring().keys} & {key.secret for key in stolen.keys} == set()
    assert _root_text() != stolen_root
    assert not is_signed("order 7", link, purpose="link")
    assert wiring.demo_secret() != webhook
    assert newest_key().version == audit.version + 1
    assert sql.rows("SELECT count(*) FROM accounts_session") == [(0,)]
    assert [find_channel_by_key(key) for key in api] == [None]
    assert list_keys_of(channel.id) == [fresh["web-de"]]
    assert find_channel_by_key(fresh["web-de"]) == channel
    kinds = sql.rows("SELECT object_kind FROM audit_deed WHERE action = 'keys.rotate'")
    assert {kind for (kind,) in kinds} == {"signing", "kek", "index", "audit", "root", "api"}


def test_a_root_key_that_others_keep_holds_nothing_else_up(monkeypatch: Any) -> None:
    stolen = keyring()

    def refuse(_root: FileRoot) -> None:
        raise CannotRenew("It is changed where it is kept.")

    monkeypatch.setattr(FileRoot, "renew", refuse)
    with pytest.raises(CannotRenew):
        rotate_everything(now=NOON, actor=SYSTEM)

    assert {key.secret for key in keyring().keys} & {key.secret for key in stolen.keys} == set()


def test_the_job_of_the_freeze_changes_all_keys_and_leaves_who_signed_in_anew(
    settings: Any,
) -> None:
    stolen = keyring()
    freeze_shop(now=NOON, actor=SYSTEM)
    _sign_somebody_in()
    ((arguments,),) = sql.rows("SELECT args FROM procrastinate_jobs")

    change_keys(**json.loads(str(arguments)))

    kept = {key.kind for key in keyring().keys if key in stolen.keys}
    assert kept == {"signing"}  # links in mails stay good unless that was asked for
    assert keyring().newest("signing").version == stolen.newest("signing").version + 1
    assert sql.rows("SELECT count(*) FROM accounts_session") == [(1,)]
    assert keys_changed_since(NOON) == {"signing", "kek", "index", "audit", "root"}


def _root_text() -> str:
    return (Path(settings.KEYRING_FILE).parent / "root.key").read_text()


def _sign_somebody_in() -> None:
    sql.run(
        "INSERT INTO accounts_session (id, realm, key_hash, data, device, made_at, seen_at,"
        " expires_at, rested) VALUES (gen_random_uuid(), 'staff', 'x', '', '', %s, %s, %s, false)",
        (NOON, NOON, NOON),
    )


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_while_keys_are_changed_nobody_fails() -> None:
    """People are sealed and opened all the while, in a connection of their own."""
    _sealed(2_000)
    failures: list[BaseException] = []
    done = Event()

    def live() -> None:
        try:
            while not done.is_set():
                with transaction.atomic():
                    row = new_id()
                    key = keys_for(row, "profile")["profile"]
                    text = seal(b"x", key=key, place=PLACE, row=row)
                close_vault()
                assert unseal(text, place=PLACE, row=row) == b"x"
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    living = Thread(target=live)
    living.start()
    for turn in range(3):
        rotate_kek(now=NOON + timedelta(days=turn), actor=SYSTEM)
    done.set()
    living.join(timeout=30)

    assert failures == []
    assert count_older(keyring().newest("kek").version) == 0
