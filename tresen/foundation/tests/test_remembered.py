"""Answers are kept for their time, and no longer."""

from __future__ import annotations

import time

import pytest

from tresen.foundation.remembered import Remembered, forget_everything


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """One number that is the time."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_an_answer_is_found_until_its_time_is_over(clock: list[float]) -> None:
    answers = Remembered[str, int](seconds=5)
    assert answers.find("a") is None
    assert answers.keep("a", 1) == 1
    clock[0] += 4.9
    assert answers.find("a") == 1
    clock[0] += 0.1
    assert answers.find("a") is None


def test_it_never_holds_more_than_it_may(clock: list[float]) -> None:
    answers = Remembered[int, int](seconds=5, size_max=2)
    for n in range(3):
        answers.keep(n, n)
    assert [answers.find(n) for n in range(3)] == [None, None, 2]


def test_what_was_changed_is_forgotten(clock: list[float]) -> None:
    answers = Remembered[str, int](seconds=5)
    answers.keep("a", 1)
    answers.forget()
    assert answers.find("a") is None
    answers.keep("a", 2)
    forget_everything()
    assert answers.find("a") is None
