"""Fingerprints become new with their key, column by column, while the shop is open.

Where the row keeps the value it is read and put through again. Where only the fingerprint of an
address is kept (consents, objections), it is put right for every address that is known. What is
left then has no value any more: the older key stays for it, until the last such row is gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy.queries import list_addresses
from tresen.foundation import sql
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.vault.indexes import BlindIndex, index_columns
from tresen.foundation.vault.keyring import keyring
from tresen.foundation.vault.sealing import (
    CannotOpen,
    blind_index,
    blind_indexes,
    prefetch,
    reading_restricted,
    unseal,
    version_mark,
)
from tresen.operations.words.speaking import gettext_noop

BATCH = 2_000
NOBODY = UUID(int=0)
Say = Callable[[str, int], None]


def make_indexes_new(*, say: Say) -> int:
    """Everything that can become new does; how many fingerprints did. Said again: the rest."""
    done = 0
    for column in index_columns():
        if column.source:
            done += _from_rows(column)
    say(gettext_noop("fingerprints made anew from what they stand beside"), done)
    done += _from_addresses([column for column in index_columns() if column.address])
    say(gettext_noop("fingerprints made anew"), done)
    return done


def old_indexes() -> dict[str, int]:
    """How many fingerprints of each column are of an older version of the key; none is left out."""
    found: dict[str, int] = {}
    for column in index_columns():
        statement = f"SELECT count(*) FROM {column.table} t WHERE {_old(column)}"  # noqa: S608
        ((count,),) = sql.rows(statement, (_mark(),))
        found[column.place] = found.get(column.place, 0) + cast("int", count)
    return {place: count for place, count in found.items() if count}


def _old(column: BlindIndex) -> str:
    """A digest has 32 bytes; the mark of the version follows."""
    return (
        f"t.{column.column} IS NOT NULL AND ({column.only})"
        f" AND substr(t.{column.column}, 33) <> %s::bytea"
    )


def _mark() -> bytes:
    return version_mark(keyring().newest("index").version)


def _from_rows(column: BlindIndex) -> int:
    sealed, _slash, name = column.source.partition("/")
    read = f"""
SELECT t.{column.key}, t.{sealed} FROM {column.table} t
WHERE {_old(column)} AND t.{sealed} IS NOT NULL AND t.{column.key} > %s
ORDER BY t.{column.key} LIMIT {BATCH} FOR UPDATE SKIP LOCKED"""  # noqa: S608 (declared names)
    write = f"""
UPDATE {column.table} t SET {column.column} = n.index
FROM unnest(%s::uuid[], %s::bytea[]) AS n (id, index) WHERE t.{column.key} = n.id
AND {_alone(column)} RETURNING 1"""  # noqa: S608 (declared names)
    done, after = 0, NOBODY
    while True:
        with transaction.atomic(), reading_restricted():
            rows = sql.rows(read, (_mark(), after))
            fresh = _fresh(rows, column, place=f"{column.table}.{sealed}", name=name)
            if fresh:
                ids, indexes = [row for row, _ in fresh], [index for _, index in fresh]
                done += len(sql.rows(write, (ids, indexes)))
        if len(rows) < BATCH:
            return done
        after = cast("UUID", rows[-1][0])


def _fresh(
    rows: Sequence[sql.Row], column: BlindIndex, *, place: str, name: str
) -> list[tuple[UUID, bytes]]:
    """What cannot be opened any more (its person was erased) keeps its old fingerprint."""
    prefetch(cast("bytes", sealed) for _, sealed in rows)
    found = []
    for row, sealed in rows:
        try:
            clear = unseal(bytes(cast("bytes", sealed)), place=place, row=row).decode()
        except CannotOpen:
            continue
        value = str(json.loads(clear)[name]) if name else clear
        index = blind_index(column.normal(value), purpose=column.purpose)
        found.append((cast("UUID", row), index))
    return found


def _from_addresses(columns: Sequence[BlindIndex]) -> int:
    done = 0
    after: UUID | None = NOBODY
    while after is not None:
        with transaction.atomic(), reading_restricted():
            addresses, after = list_addresses(after=after, limit=BATCH)
            done += sum(_put_right(column, addresses) for column in columns)
    return done


def _put_right(column: BlindIndex, addresses: Sequence[str]) -> int:
    pairs = [
        (old, new)
        for address in addresses
        for new, *older in [blind_indexes(mailbox_of(address), purpose=column.purpose)]
        for old in older
    ]
    if not pairs:
        return 0
    params = ([old for old, _ in pairs], [new for _, new in pairs])
    source = "unnest(%s::bytea[], %s::bytea[]) AS n (old, index)"
    sql.run("SELECT set_config('tresen.reindex', 'on', true)")
    put = (
        f"UPDATE {column.table} t SET {column.column} = n.index FROM {source}"  # noqa: S608
        f" WHERE t.{column.column} = n.old AND {_alone(column)} RETURNING 1"
    )
    count = len(sql.rows(put, params))
    if column.unique:  # said again under the new key meanwhile: once is enough
        sql.run(
            f"DELETE FROM {column.table} t USING {source}"  # noqa: S608 (declared names)
            f" WHERE t.{column.column} = n.old AND NOT ({_alone(column)})",
            params,
        )
    return count


def _alone(column: BlindIndex) -> str:
    """Where no two may be equal, nobody else has it."""
    if not column.unique:
        return "true"
    return f"NOT EXISTS (SELECT FROM {column.table} o WHERE o.{column.column} = n.index)"
