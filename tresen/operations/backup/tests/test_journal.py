"""Segments and pieces in the target."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyrage.x25519 import Identity

from tresen.operations.backup.envelopes import BackupDamaged
from tresen.operations.backup.journal import (
    Part,
    list_parts,
    open_part,
    pieces_of,
    put_part,
    whole_segments,
)
from tresen.operations.backup.places import places_of
from tresen.operations.backup.positions import (
    Segment,
    read_lsn,
    segment_at,
    segment_named,
    write_lsn,
)
from tresen.operations.backup.signing import Signer, signer_of
from tresen.operations.backup.target import FolderTarget

SIZE = 1024 * 1024
BY = [Identity.generate(), Identity.generate()]
TO = [one.to_public() for one in BY]
FIRST = Segment(1, 5, SIZE)


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    return FolderTarget(tmp_path / "target")


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return signer_of(places_of(tmp_path, {}))


def _put(target: FolderTarget, signer: Signer, start: int, clear: bytes, at: int = 1) -> Part:
    return put_part(
        target,
        chain="c",
        segment=FIRST,
        start=start,
        clear=clear,
        until_ms=at,
        to=TO,
        signer=signer,
    )


def test_positions_and_names_are_those_of_the_server() -> None:
    assert read_lsn("A/B000028") == 0xA0B000028
    assert write_lsn(0xA0B000028) == "A/B000028"
    assert segment_at(0x2_FF000000, timeline=3).name == "0000000300000002000000FF"
    assert segment_at(0x2_FF000000, timeline=3).next().name == "000000030000000300000000"
    assert segment_named("0000000300000002000000FF").start == 0x2_FF000000


def test_what_was_put_is_found_and_opened(target: FolderTarget, signer: Signer) -> None:
    whole = _put(target, signer, 0, b"w" * SIZE, at=1_700_000_000_000)

    parts = list_parts(target, "c", size=SIZE)

    assert parts == [whole]
    assert whole_segments(parts) == {FIRST: whole}
    opened = open_part(target, whole, chain="c", by=BY, signed_by=signer.public)
    assert opened == b"w" * SIZE
    assert f"{whole.until:%Y}" == "2023"


def test_pieces_join_over_overlaps_and_end_at_a_gap(target: FolderTarget, signer: Signer) -> None:
    for start, end in ((0, 10), (10, 30), (0, 20), (40, 50)):
        _put(target, signer, start, b"x" * (end - start))

    joined = pieces_of(FIRST, list_parts(target, "c", size=SIZE))

    assert [(part.start, part.end) for part in joined] == [(0, 20), (10, 30)]
    assert pieces_of(FIRST.next(), list_parts(target, "c", size=SIZE)) == []


def test_a_piece_that_somebody_else_made_is_refused(
    target: FolderTarget, signer: Signer, tmp_path: Path
) -> None:
    """Recipients are public: a stranger can encrypt to them, but not sign."""
    forged = _put(target, signer_of(places_of(tmp_path / "thief", {})), 0, b"forged")

    with pytest.raises(BackupDamaged, match="not written by the shop"):
        open_part(target, forged, chain="c", by=BY, signed_by=signer.public)


def test_a_piece_of_another_chain_is_refused(target: FolderTarget, signer: Signer) -> None:
    moved = _put(target, signer, 0, b"moved")

    with pytest.raises(BackupDamaged):
        open_part(target, moved, chain="other", by=BY, signed_by=signer.public)


@pytest.mark.parametrize("name", ["README", "x.age", "0000.1.2.age", "g" * 24 + ".1.2.age"])
def test_foreign_files_are_passed_over(target: FolderTarget, name: str) -> None:
    (target.root / "wal" / "c").mkdir(parents=True)
    (target.root / "wal" / "c" / name).write_text("x")

    assert list_parts(target, "c", size=SIZE) == []
