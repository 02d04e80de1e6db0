"""Cursors survive the address and refuse strangers."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.entrypoints.backoffice.kit.cursors import BrokenCursor, read_cursor, written_cursor

PLACED = datetime(2026, 11, 21, 13, 32, 5, 123456, tzinfo=UTC)
ID = UUID("0190b3a0-7c1e-7b6a-9f00-000000000001")


def test_a_cursor_brings_back_what_was_written() -> None:
    cursor = written_cursor(PLACED, ID, 7, "ä")

    assert read_cursor(cursor, kinds=[datetime, UUID, int, str]) == (PLACED, ID, 7, "ä")
    assert cursor.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "e30", "W10", "WzFd", "a" * 401])
def test_a_broken_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BrokenCursor):
        read_cursor(cursor, kinds=[str])


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BrokenCursor):
        read_cursor(written_cursor("a"), kinds=[int])


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(BrokenCursor):
        read_cursor(text, kinds=[UUID, UUID])
