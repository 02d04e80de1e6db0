"""The folder keeps every seal once it was told, and reads back what it kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tresen.adapters.anchors.folder import FILE, FolderPlace
from tresen.domains.security.types import Anchor

FIRST = Anchor(no=1, last=3, digest=b"a" * 32)
SECOND = Anchor(no=2, last=5, digest=b"b" * 32)


def test_what_was_kept_is_read_back(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "elsewhere")
    assert place.read() == []

    place.keep([FIRST])
    place.keep([SECOND, SECOND])

    assert place.read() == [FIRST, SECOND, SECOND]


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path)
    place.keep([FIRST, SECOND])
    file = tmp_path / FILE
    file.write_text(file.read_text()[:-20])

    assert place.read() == [FIRST]


def test_what_a_restore_took_back_counts_no_more(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path)
    place.keep([FIRST, SECOND])

    place.cut(after=1, now=datetime(2026, 11, 26, tzinfo=UTC))

    assert place.read() == [FIRST]
    assert len((tmp_path / FILE).read_text().splitlines()) == 3


def test_a_place_that_is_not_there_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        FolderPlace(tmp_path / "file" / "below").keep([FIRST])
