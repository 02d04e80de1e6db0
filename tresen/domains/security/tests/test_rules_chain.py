"""Merkle roots and paths: each leaf reaches the root by its own path, and by no other."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.security.rules.chain import climb, leaf_of, links_of, path_of, root_of
from tresen.domains.security.types import NOTHING


def _leaves(count: int) -> list[bytes]:
    return [leaf_of(str(number).encode(), b"mac") for number in range(count)]


@given(st.integers(1, 70), st.data())
def test_each_leaf_reaches_the_root(count: int, data: st.DataObject) -> None:
    leaves = _leaves(count)
    at = data.draw(st.integers(0, count - 1))

    assert climb(leaves[at], path_of(leaves, at)) == root_of(leaves)
    assert climb(b"x" * 32, path_of(leaves, at)) != root_of(leaves)


def test_one_leaf_is_its_own_root() -> None:
    assert root_of(_leaves(1)) == _leaves(1)[0]
    assert path_of(_leaves(1), 0) == []


def test_two_leaves_make_the_node_of_the_standard() -> None:
    first, second = _leaves(2)
    assert root_of([first, second]) == hashlib.sha256(b"\x01" + first + second).digest()


@pytest.mark.parametrize("change", ["drop", "swap", "other"])
def test_root_and_chain_are_others_after_any_change(change: str) -> None:
    leaves = _leaves(9)
    changed = {
        "drop": [*leaves[:4], *leaves[5:]],
        "swap": [*leaves[:3], leaves[4], leaves[3], *leaves[5:]],
        "other": [*leaves[:4], b"x" * 32, *leaves[5:]],
    }[change]

    assert root_of(changed) != root_of(leaves)
    assert links_of(NOTHING, changed)[-1] != links_of(NOTHING, leaves)[-1]
