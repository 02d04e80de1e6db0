"""Reading ahead changes neither the order nor what goes wrong."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.workflows.supplying.catalog_files.ahead import READY_MAX, made_ahead


def breaking(after: int) -> Iterator[int]:
    yield from range(after)
    raise ValueError(f"after {after}")


@given(st.lists(st.integers(), max_size=20))
def test_all_pieces_come_in_their_order(pieces: list[int]) -> None:
    with made_ahead(iter(pieces)) as ready:
        assert list(ready) == pieces


@given(st.integers(0, 6))
def test_what_is_raised_comes_in_its_place(after: int) -> None:
    taken: list[int] = []

    with pytest.raises(ValueError, match=f"after {after}"), made_ahead(breaking(after)) as ready:
        taken.extend(ready)

    assert taken == list(range(after))


def test_leaving_early_stops_the_thread_and_puts_the_interpreter_back() -> None:
    before, interval = threading.active_count(), sys.getswitchinterval()
    made: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            made.append(len(made))
            yield made[-1]

    with pytest.raises(RuntimeError), made_ahead(endless()) as ready:
        assert next(ready) == 0
        raise RuntimeError

    assert threading.active_count() == before
    assert sys.getswitchinterval() == interval
    assert len(made) <= READY_MAX + 3
