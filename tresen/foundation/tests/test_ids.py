"""Ids: ordered by time inside, opaque and told apart by their kind outside."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.foundation.ids import BadId, inner, new_id, outer


def test_ids_are_of_version_7_and_never_the_same() -> None:
    made = [new_id() for _ in range(1_000)]
    assert len(set(made)) == len(made)
    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}


def test_later_ids_sort_behind_earlier_ones() -> None:
    milliseconds = [new_id().int >> 80 for _ in range(1_000)]
    assert milliseconds == sorted(milliseconds)


@given(st.uuids())
def test_outside_and_back_is_the_same_id(given_id: UUID) -> None:
    assert inner("ord", outer("ord", given_id)) == given_id


@given(st.text(max_size=40))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadId):
        inner("ord", text)


@pytest.mark.parametrize(
    "text",
    [
        outer("cart", UUID(int=7)),
        outer("ord", UUID(int=7))[:-1],
        outer("ord", UUID(int=7)) + "0",
        "ord_" + "u" * 26,
        "ord_" + "z" * 26,
        "ord",
        "",
    ],
)
def test_another_kind_length_alphabet_or_size_is_refused(text: str) -> None:
    with pytest.raises(BadId):
        inner("ord", text)
