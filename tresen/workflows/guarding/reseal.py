"""What was sealed before people had keys of their own is sealed with them, in small steps.

Rows of that time open with the one key of the installation, so that no erasure reaches them. Each
batch is a transaction; broken off anywhere, the next run goes on. Installations that never had
such a key have nothing to look for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy.commands import person_for_email
from tresen.foundation import sql
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.data_keys import keys_of_many
from tresen.foundation.vault.keyring import EARLIER, keyring
from tresen.foundation.vault.sealing import CannotOpen, seal, seal_json, unseal
from tresen.operations.words.speaking import gettext_noop

BATCH = 500
NOBODY = UUID(int=0)
Say = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Old:
    """A table of that time: whose its rows `t` are, and the class of key for its columns."""

    table: str
    columns: Mapping[str, KeyClass]
    subject: str = "t.person_id"
    born: str = "now()"

    @property
    def is_old(self) -> str:
        return " OR ".join(f"substr(t.{column}, 1, 1) = '\\x01'::bytea" for column in self.columns)


ORDERS = _Old(
    table="orders_order",
    columns={
        "person": KeyClass.TAX_RECORD,
        "address": KeyClass.TAX_RECORD,
        "billing": KeyClass.TAX_RECORD,
    },
    born="t.placed_at",
)
TABLES = (
    ORDERS,
    _Old(
        table="conversations_letter",
        columns={"recipient": KeyClass.LETTER, "payload": KeyClass.LETTER},
        born="t.queued_at",
    ),
    _Old(table="fulfilment_parcel", columns={"tracking": KeyClass.PROFILE}),
    _Old(
        table="payments_notice",
        columns={"body": KeyClass.PAYMENT},
        subject=f"'{HOUSE}'::uuid",
        born="t.received_at",
    ),
    _Old(
        table="carts_cart",
        columns=dict.fromkeys(("contact", "address", "billing"), KeyClass.CART),
        subject="t.id",
    ),
    _Old(
        table="accounts_user",
        columns=dict.fromkeys(("display_name", "email"), KeyClass.PROFILE),
        subject="coalesce(t.person_id, t.id)",
    ),
)
BY_YEAR = {KeyClass.TAX_RECORD, KeyClass.LETTER, KeyClass.PAYMENT}


def count_old_rows() -> dict[str, int]:
    """How many rows of each table only the installation's own key opens."""
    if not keyring().all(EARLIER):
        return {}
    found = {}
    for old in TABLES:
        statement = f"SELECT count(*) FROM {old.table} t WHERE {old.is_old}"  # noqa: S608
        ((count,),) = sql.rows(statement)
        found[old.table] = cast("int", count)
    return {table: count for table, count in found.items() if count}


def reseal_old_rows(*, now: datetime, say: Say = lambda _what, _count: None) -> int:
    """All that can be opened; how many rows were sealed anew."""
    if not keyring().all(EARLIER):
        return 0
    done = 0
    for old in TABLES:
        after: UUID | None = NOBODY
        while after is not None:
            count, after = _reseal_some(old, after, now=now)
            done += count
            say(gettext_noop("old rows sealed for whom they are about"), done)
    return done


@transaction.atomic
def _reseal_some(old: _Old, after: UUID, *, now: datetime) -> tuple[int, UUID | None]:
    names = list(old.columns)
    rows = sql.rows(
        f"SELECT t.id, {old.subject}, {old.born}, {', '.join(f't.{name}' for name in names)}"  # noqa: S608
        f" FROM {old.table} t WHERE ({old.is_old}) AND t.id > %s"
        f" ORDER BY t.id LIMIT {BATCH} FOR UPDATE OF t SKIP LOCKED",
        (after,),
    )
    done = sum(_reseal(old, names, row, now=now) for row in rows)
    return done, cast("UUID", rows[-1][0]) if len(rows) == BATCH else None


def _reseal(old: _Old, names: Sequence[str], row: sql.Row, *, now: datetime) -> bool:
    """False where it does not open any more; it is left as it is, and counted."""
    row_id, subject, born = cast("tuple[UUID, UUID | None, datetime]", row[:3])
    try:
        clear = {
            name: unseal(bytes(cast("bytes", text)), place=f"{old.table}.{name}", row=row_id)
            for name, text in zip(names, row[3:], strict=True)
            if text is not None
        }
    except CannotOpen:
        return False
    subject = subject or _person_of(old, row_id, clear, now=now)
    if subject is None:
        return False
    classes = {name: _named(old.columns[name], born) for name in clear}
    keys = keys_of_many([(subject, name) for name in {*classes.values(), "profile"}])
    fresh: dict[str, object] = {}
    if old is ORDERS:
        clear, contact = _split(clear)
        profile = keys[subject, KeyClass.PROFILE]
        place = f"{old.table}.contact"
        fresh = {"contact": seal_json(contact, key=profile, place=place, row=row_id)}
    for name, text in clear.items():
        key = keys[subject, classes[name]]
        fresh[name] = seal(text, key=key, place=f"{old.table}.{name}", row=row_id)
    if old.subject == "t.person_id":
        fresh["person_id"] = subject
    places = ", ".join(f"{name} = %s" for name in fresh)
    sql.run(f"UPDATE {old.table} SET {places} WHERE id = %s", (*fresh.values(), row_id))  # noqa: S608
    return True


def _named(key_class: KeyClass, born: datetime) -> str:
    return key_class.of(born) if key_class in BY_YEAR else key_class.value


def _split(clear: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Name and contact lay together; now the law keeps one, and an erasure ends the other."""
    person = json.loads(clear["person"])
    contact = {"email": person.get("email", ""), "phone": person.get("phone", "")}
    name = json.dumps({"name": person.get("name", "")}, ensure_ascii=False, separators=(",", ":"))
    return {**clear, "person": name.encode()}, contact


def _person_of(old: _Old, row: UUID, clear: Mapping[str, bytes], *, now: datetime) -> UUID | None:
    """By the address in it, or by the order that it belongs to. Orders come first."""
    if old.table == "fulfilment_parcel":
        found = sql.rows(
            "SELECT o.person_id FROM fulfilment_parcel p JOIN orders_order o ON o.id = p.order_id"
            " WHERE p.id = %s AND o.person_id IS NOT NULL",
            (row,),
        )
        return cast("UUID", found[0][0]) if found else None
    if old is ORDERS:
        email = str(json.loads(clear["person"]).get("email", ""))
    else:
        email = clear["recipient"].decode() if "recipient" in clear else ""
    return person_for_email(email=email, now=now) if email else None
