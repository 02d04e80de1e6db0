"""1,000 random edits of the audit by a superuser with triggers switched off: each is found.

The verifier may lean on nothing but the key file and what was kept outside. The control leaves
the chain out and looks at the rows' own codes only.
"""

# ruff: noqa: S608  # the statements are made of constants and numbers of this file

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from tresen.domains.security.queries.chain import list_seals
from tresen.domains.security.queries.verification import verify_chain
from tresen.domains.security.rules.chain import digest_of, links_of, root_of, statement_of
from tresen.domains.security.tests.make import a_chain
from tresen.domains.security.types import NOTHING, Anchor, BreakKind
from tresen.foundation import sql
from tresen.foundation.audit.reading import is_sound, row_of
from tresen.foundation.audit.rows import COLUMNS

pytestmark = pytest.mark.django_db
SEED = 20261126
EDITS = 1_000
SEALS, DEEDS = 5, 6
LAST = SEALS * DEEDS
TAMPERER = "tresen_tamperer"
Edit = Callable[[random.Random], Sequence[str]]

CHANGES = {
    "actor_id": "gen_random_uuid()",
    "session": "session || 'x'",
    "action": "'order.view'",
    "object_id": "object_id || '0'",
    "request_id": "'req-other'",
    "persons": "'{}'::uuid[]",
    "fields": "fields || 'x'::varchar",
    "at": "at - interval '1 microsecond'",
    "note": "NULL",
    "after_digest": "before_digest",
    "mac": "substring(mac FROM 2) || '\\x00'::bytea",
}
SEAL_CHANGES = {
    "sealed_at": "sealed_at - interval '1 minute'",
    "root": "head",
    "head": "root",
    "previous": "root",
    "signature": "substring(signature FROM 2) || '\\x00'::bytea",
    "key_version": "key_version + 1",
}


def _nth(place: int) -> str:
    return f"(SELECT deed_id FROM security_link WHERE position = {place})"


def _update(chance: random.Random) -> Sequence[str]:
    column = chance.choice(sorted(CHANGES))
    where = _nth(chance.randint(1, LAST))
    return [f"UPDATE audit_deed SET {column} = {CHANGES[column]} WHERE id = {where}"]


def _delete(chance: random.Random) -> Sequence[str]:
    places = chance.sample(range(1, LAST + 1), chance.randint(1, 3))
    return [f"DELETE FROM audit_deed WHERE id = {_nth(place)}" for place in places]


def _delete_with_its_place(chance: random.Random) -> Sequence[str]:
    place = chance.randint(1, LAST)
    return [
        f"DELETE FROM audit_deed WHERE id = {_nth(place)}",
        f"DELETE FROM security_link WHERE position = {place}",
        f"UPDATE security_link SET position = -position WHERE position > {place}",
        "UPDATE security_link SET position = -position - 1 WHERE position < 0",
        f"UPDATE security_seal SET last = last - 1 WHERE last >= {place} AND no = {SEALS}",
    ]


def _insert(chance: random.Random) -> Sequence[str]:
    changed = f"jsonb_build_object('id', '{uuid4()}', 'session', 'forged')"
    return [
        "INSERT INTO audit_deed SELECT (jsonb_populate_record(d, " + changed + ")).*"
        f" FROM audit_deed d WHERE id = {_nth(chance.randint(1, LAST))}"
    ]


def _insert_in_the_chain(chance: random.Random) -> Sequence[str]:
    fresh = uuid4()
    return [
        (
            "INSERT INTO audit_deed SELECT (jsonb_populate_record(d, jsonb_build_object('id',"
            f" '{fresh}'))).* FROM audit_deed d WHERE id = {_nth(chance.randint(1, LAST))}"
        ),
        f"INSERT INTO security_link VALUES ({LAST + 1}, '{fresh}', '\\x00')",
    ]


def _reorder(chance: random.Random) -> Sequence[str]:
    one, other = chance.sample(range(1, LAST + 1), 2)
    table, key = chance.choice([("audit_deed", "id"), ("security_link", "deed_id")])
    first, second = _nth(one), _nth(other)
    return [
        f"CREATE TEMP TABLE two ON COMMIT DROP AS SELECT {first} AS a, {second} AS b",
        f"UPDATE {table} SET {key} = '{uuid4()}' WHERE {key} = (SELECT a FROM two)",
        f"UPDATE {table} SET {key} = (SELECT a FROM two) WHERE {key} = (SELECT b FROM two)",
        (
            f"UPDATE {table} SET {key} = (SELECT b FROM two) WHERE {key} NOT IN"
            f" (SELECT {'deed_id' if table == 'audit_deed' else 'id'} FROM"
            f" {'security_link' if table == 'audit_deed' else 'audit_deed'})"
        ),
    ]


def _truncate(chance: random.Random) -> Sequence[str]:
    """The newest part, cleanly: only the outside knows."""
    last = chance.randint(0, SEALS - 1)
    kept = last * DEEDS
    return [
        (
            "DELETE FROM audit_deed WHERE id IN"
            f" (SELECT deed_id FROM security_link WHERE position > {kept})"
        ),
        f"DELETE FROM security_link WHERE position > {kept}",
        f"DELETE FROM security_seal WHERE no > {last}",
    ]


def _behead(chance: random.Random) -> Sequence[str]:
    """The oldest part, cleanly."""
    first = chance.randint(1, SEALS - 1)
    gone = first * DEEDS
    return [
        (
            "DELETE FROM audit_deed WHERE id IN"
            f" (SELECT deed_id FROM security_link WHERE position <= {gone})"
        ),
        f"DELETE FROM security_link WHERE position <= {gone}",
        f"DELETE FROM security_seal WHERE no <= {first}",
    ]


def _change_seal(chance: random.Random) -> Sequence[str]:
    column, no = chance.choice(sorted(SEAL_CHANGES)), chance.randint(1, SEALS)
    return [f"UPDATE security_seal SET {column} = {SEAL_CHANGES[column]} WHERE no = {no}"]


def _delete_seal(chance: random.Random) -> Sequence[str]:
    return [f"DELETE FROM security_seal WHERE no = {chance.randint(1, SEALS)}"]


def _change_link(chance: random.Random) -> Sequence[str]:
    place = chance.randint(1, LAST)
    return [
        chance.choice(
            [
                f"DELETE FROM security_link WHERE position = {place}",
                f"UPDATE security_link SET chain = '\\x00' WHERE position = {place}",
                f"UPDATE security_link SET deed_id = '{uuid4()}' WHERE position = {place}",
                f"UPDATE security_link SET position = {LAST + 9} WHERE position = {place}",
            ]
        )
    ]


EDITS_BY_NAME: dict[str, Edit] = {
    "update": _update,
    "delete": _delete,
    "delete_with_its_place": _delete_with_its_place,
    "insert": _insert,
    "insert_in_the_chain": _insert_in_the_chain,
    "reorder": _reorder,
    "truncate": _truncate,
    "behead": _behead,
    "change_seal": _change_seal,
    "delete_seal": _delete_seal,
    "change_link": _change_link,
}


@pytest.fixture
def superuser() -> Iterator[None]:
    """The tests' role may become a superuser for a while."""
    settings = connection.settings_dict
    key = Path(os.environ["TRESEN_DATA"]) / "keys" / "database_super"
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user="tresen_super",
        password=key.read_text().strip(),
        autocommit=True,
    ) as found:
        name = f"{TAMPERER}_{os.getpid()}"
        found.execute(f"CREATE ROLE {name} SUPERUSER".encode())
        found.execute(f"GRANT {name} TO {settings['USER']}".encode())
        yield
        found.execute(f"DROP ROLE {name}".encode())


def _tamper(statements: Sequence[str]) -> None:
    sql.run(f"SET LOCAL ROLE {TAMPERER}_{os.getpid()}")
    sql.run("SET LOCAL session_replication_role = replica")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    sql.run("RESET ROLE")


def _anchors() -> list[Anchor]:
    return [Anchor(no=s.no, last=s.last, digest=digest_of(s)) for s in list_seals(after=0)]


def _codes_fit() -> bool:
    """A verifier without a chain: every row that is there carries its code."""
    rows = sql.rows(f"SELECT {COLUMNS} FROM audit_deed")
    return all(is_sound(row_of(row)) for row in rows)


class _Undo(Exception):
    """Back to how it was."""


def test_each_of_a_thousand_edits_is_found(superuser: None) -> None:
    a_chain(seals=SEALS, deeds=DEEDS)
    anchors, chance = _anchors(), random.Random(SEED)  # noqa: S311  # to be repeated
    assert verify_chain(anchors=anchors).is_sound
    missed: Counter[str] = Counter()
    missed_without_chain: Counter[str] = Counter()
    for _ in range(EDITS):
        name = chance.choice(sorted(EDITS_BY_NAME))
        with pytest.raises(_Undo), transaction.atomic():
            _tamper(EDITS_BY_NAME[name](chance))
            missed[name] += verify_chain(anchors=anchors).is_sound
            missed_without_chain[name] += _codes_fit()
            raise _Undo

    assert +missed == Counter(), "seed and kind of what was missed"
    assert verify_chain(anchors=anchors).is_sound
    assert missed_without_chain["delete"] > 50, "the control: a deletion leaves no trace in codes"
    assert missed_without_chain["truncate"] > 50
    assert missed_without_chain["change_seal"] > 50
    assert missed_without_chain["update"] == 0


def test_without_what_is_kept_outside_a_clean_cut_is_not_seen(superuser: None) -> None:
    """The control of the anchors."""
    a_chain(seals=SEALS, deeds=DEEDS)
    anchors = _anchors()

    _tamper(_truncate(random.Random(1)))  # noqa: S311

    assert verify_chain().is_sound
    broken = verify_chain(anchors=anchors).broken
    assert broken is not None
    assert broken.kind is BreakKind.TRUNCATED


def test_the_first_broken_row_is_named_with_its_time(superuser: None) -> None:
    ids = a_chain(seals=SEALS, deeds=DEEDS)
    second = list_seals(after=1)[0]

    _tamper([f"UPDATE audit_deed SET session = 'x' WHERE id IN ('{ids[9]}', '{ids[20]}')"])

    broken = verify_chain().broken
    assert broken is not None
    assert (broken.kind, broken.deed_id) == (BreakKind.DEED_CHANGED, ids[9])
    assert (broken.seal, broken.position) == (2, 10)
    assert broken.at is not None
    assert broken.at < second.sealed_at


def test_a_deleted_row_is_named_with_the_time_in_its_id(superuser: None) -> None:
    ids = a_chain(seals=2, deeds=3)

    _tamper([f"DELETE FROM audit_deed WHERE id = '{ids[4]}'"])

    broken = verify_chain().broken
    assert broken is not None
    assert (broken.kind, broken.deed_id, broken.position) == (BreakKind.DEED_MISSING, ids[4], 5)
    assert broken.at is not None
    assert broken.at.isoformat() == "2026-11-26T12:01:00.001000+00:00"


def test_a_chain_made_anew_without_the_key_is_not_ours(superuser: None) -> None:
    """Everything recomputed, as whoever knows this code but not the key file would do it."""
    a_chain(seals=1, deeds=DEEDS)
    (seal,) = list_seals(after=0)
    leaves = [os.urandom(32) for _ in range(DEEDS)]
    links = links_of(NOTHING, leaves)
    forged = os.urandom(64)
    changes = [
        f"UPDATE security_link SET chain = '\\x{link.hex()}' WHERE position = {at + 1}"
        for at, link in enumerate(links)
    ]
    head, root = links[-1].hex(), root_of(leaves).hex()
    changes.append(
        f"UPDATE security_seal SET head = '\\x{head}', root = '\\x{root}',"
        f" signature = '\\x{forged.hex()}'"
    )

    _tamper(changes)

    broken = verify_chain().broken
    assert broken is not None
    assert broken.kind is BreakKind.SEAL_UNSIGNED
    assert statement_of(seal)
