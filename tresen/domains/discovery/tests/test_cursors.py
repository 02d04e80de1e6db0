"""Cursors come back as they went out, and nothing else is taken for one."""

from __future__ import annotations

import base64
import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.discovery.rules import BadCursor, Cursor, Key, read_cursor, write_cursor
from tresen.domains.discovery.types import NAME_KEY_LENGTH, Sort

ID = UUID("01930000-0000-7000-8000-000000000001")


def keys(sort: Sort) -> st.SearchStrategy[Key]:
    if sort is Sort.NAME:
        signs = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
        return st.text(signs, max_size=NAME_KEY_LENGTH)
    if sort is Sort.RELEVANCE:
        return st.floats(allow_nan=False, allow_infinity=False)
    return st.integers(-(2**62), 2**62)


cursors = st.sampled_from(Sort).flatmap(
    lambda sort: st.builds(Cursor, st.just(sort), st.booleans(), keys(sort), st.uuids())
)


@given(cursors)
def test_a_cursor_comes_back_as_it_went_out(cursor: Cursor) -> None:
    assert read_cursor(write_cursor(cursor), sort=cursor.sort) == cursor


@given(
    st.one_of(
        st.text(max_size=500),
        st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()),
    ),
    st.sampled_from(Sort),
)
def test_whatever_else_is_sent_is_refused_and_never_breaks(text: str, sort: Sort) -> None:
    with pytest.raises(BadCursor):
        read_cursor(text, sort=sort)


@pytest.mark.parametrize(
    "words",
    [
        ["price", 0, "1", ID.hex],
        ["price", 0, True, ID.hex],
        ["price", 2, 1, ID.hex],
        ["price", 0, 1, "no id"],
        ["price", 0, 1],
        ["price", 0, 10**30, ID.hex],
        ["worst", 0, 1, ID.hex],
        ["name", 0, "a\0b", ID.hex],
        ["name", 0, "x" * 41, ID.hex],
        {"sort": "price"},
        "price",
        None,
    ],
)
def test_a_forged_cursor_is_refused(words: object) -> None:
    text = base64.urlsafe_b64encode(json.dumps(words).encode()).decode().rstrip("=")

    for sort in (Sort.PRICE, Sort.NAME):
        with pytest.raises(BadCursor):
            read_cursor(text, sort=sort)


def test_a_cursor_of_another_order_is_refused() -> None:
    text = write_cursor(Cursor(Sort.PRICE, False, 1, ID))

    with pytest.raises(BadCursor):
        read_cursor(text, sort=Sort.RANK)
