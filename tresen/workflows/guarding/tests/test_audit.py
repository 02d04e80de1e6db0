"""The audit is sealed each minute, kept outside, examined at night, and given out with proofs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from tresen.domains.security.ports import ANCHORS
from tresen.domains.security.queries.chain import (
    last_anchored,
    list_anchored,
    list_examinations,
    list_seals,
)
from tresen.domains.security.tests.make import MINUTE, NOON, WIEBKE, a_chain, a_deed
from tresen.domains.security.types import Anchor, BreakKind
from tresen.foundation import sql
from tresen.foundation.audit.keys import newest_key
from tresen.workflows.guarding.examine_audit import examine_audit, examine_nightly
from tresen.workflows.guarding.export_audit import check_export, export_audit
from tresen.workflows.guarding.seal_audit import accept_restore, kept_outside, seal_audit

pytestmark = pytest.mark.django_db


class Shelf:
    """A place that may be away."""

    def __init__(self) -> None:
        self.kept: list[Anchor] = []
        self.is_away = False

    def keep(self, anchors: Sequence[Anchor]) -> None:
        if self.is_away:
            raise OSError("away")
        self.kept += anchors

    def cut(self, *, after: int, now: datetime) -> None:
        self.kept = [anchor for anchor in self.kept if anchor.no <= after]

    def read(self) -> Sequence[Anchor]:
        if self.is_away:
            raise OSError("away")
        return self.kept


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setattr(ANCHORS, "_held", {"folder": shelf})
    return shelf


def test_each_seal_is_brought_outside_once(place: Shelf) -> None:
    for minute in range(3):
        a_deed(minute, now=NOON + minute * MINUTE)
        assert seal_audit(now=NOON + minute * MINUTE) == 1
    seal_audit(now=NOON + 4 * MINUTE)

    assert [anchor.no for anchor in place.kept] == [1, 2, 3]
    assert list_anchored() == [("folder", 3, NOON + 2 * MINUTE)]
    assert examine_audit(now=NOON).is_sound


def test_a_place_that_was_away_gets_all_of_it_later(place: Shelf) -> None:
    place.is_away = True
    a_deed(1)
    assert seal_audit(now=NOON) == 1
    assert (last_anchored("folder"), kept_outside()) == (0, [])

    place.is_away = False
    a_deed(2, now=NOON + MINUTE)
    seal_audit(now=NOON + MINUTE)
    assert [anchor.no for anchor in place.kept] == [1, 2]


def test_the_night_seals_the_rest_and_notes_what_it_found() -> None:
    a_chain(seals=2, deeds=2)
    a_deed(9, now=NOON.replace(year=2025))

    assert examine_nightly(now=NOON + MINUTE * 60) == "sound"
    (found,) = list_examinations(limit=5)
    assert (found.deeds, found.seals, found.broken) == (5, 3, "")
    assert found.ended_at == NOON + MINUTE * 60


def test_the_night_names_what_is_broken(place: Shelf) -> None:
    ids = a_chain(seals=2, deeds=2)
    sql.run("SET CONSTRAINTS ALL IMMEDIATE")
    sql.run("ALTER TABLE audit_deed DISABLE TRIGGER audit_deed_append_only")
    sql.run("DELETE FROM audit_deed WHERE id = %s", (ids[2],))

    assert examine_nightly(now=NOON) == BreakKind.DEED_MISSING
    (found,) = list_examinations(limit=5)
    assert (found.broken, found.broken_deed) == ("deed_missing", ids[2])


def test_each_line_of_an_export_is_proven(place: Shelf) -> None:
    a_chain(seals=3, deeds=3)
    keys = {1: newest_key().public_bytes()}

    lines = list(export_audit())

    assert len(lines) == 12
    assert check_export(lines, public_keys=keys) == (9, 0)
    assert "refund 1" not in "".join(lines)


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (1, lambda told: told["seal"].update(last=4)),
        (3, lambda told: told["deed"].__setitem__(6, "order.view")),
        (3, lambda told: told.update(mac="00")),
        (3, lambda told: told.update(seal_no=2)),
        (4, lambda told: told["path"].pop()),
    ],
)
def test_a_changed_line_of_an_export_is_found(number: int, change: object) -> None:
    a_chain(seals=2, deeds=3)
    lines = list(export_audit())
    told = json.loads(lines[number - 1])
    assert callable(change)
    change(told)
    lines[number - 1] = json.dumps(told)

    assert check_export(lines, public_keys={1: newest_key().public_bytes()})[1] == number


def test_an_export_signed_by_another_key_proves_nothing(tmp_path: Path) -> None:
    a_chain(seals=1, deeds=2)
    assert check_export(export_audit(), public_keys={1: b"x" * 32})[0] == 0
    assert len(list_seals(after=0)) == 1


def test_a_restore_looks_like_a_cut_until_somebody_says_so(place: Shelf) -> None:
    a_chain(seals=2, deeds=2)
    seal_audit(now=NOON)
    place.kept.append(Anchor(no=3, last=6, digest=b"x" * 32))

    broken = examine_audit(now=NOON).broken
    assert broken is not None
    assert broken.kind is BreakKind.TRUNCATED

    assert accept_restore(now=NOON, actor=WIEBKE) == 2
    assert examine_audit(now=NOON).is_sound
