"""Typing errors: what was meant, and what is never touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.discovery.rules import best_correction, may_be_corrected, one_edit_away
from tresen.domains.discovery.rules.typos import distance

WORDS = {
    "fahrradlampe": 9, "kaffee": 40, "kaffeemühle": 12, "espresso": 30, "teekanne": 8, "kissen": 5,
    "kiste": 5, "regenjacke": 7, "notizbuch": 9, "kopfhörer": 6, "bleistift": 4, "lampe": 20,
    "schokolade": 3, "rucksack": 11, "thermoskanne": 2, "pfanne": 6, "wanne": 1,
}  # fmt: skip
TYPOS = {
    "fahradlampe": "fahrradlampe", "kafee": "kaffee", "kaffemühle": "kaffeemühle",
    "expresso": "espresso", "teekane": "teekanne", "regenjake": "regenjacke",
    "notizbuhc": "notizbuch", "kopfhöhrer": "kopfhörer", "bleistit": "bleistift",
    "lmape": "lampe", "schokoalde": "schokolade", "ruksack": "rucksack", "pfane": "pfanne",
    "thermokannne": "thermoskanne", "kofphörer": "kopfhörer",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), TYPOS.items())
def test_the_word_that_was_meant_is_found(typed: str, meant: str) -> None:
    assert best_correction(typed, WORDS, known=None) == meant


@pytest.mark.parametrize("word", ["tee", "4006381333931", "ab1234", "x" * 25, "1.5", "usb3"])
def test_numbers_and_short_words_are_never_corrected(word: str) -> None:
    assert not may_be_corrected(word)


def test_a_known_word_is_doubted_only_beside_a_far_more_frequent_one() -> None:
    assert best_correction("wanne", {"pfanne": 6, "kanne": 19}, known=1) == ""
    assert best_correction("kanme", {"kanne": 60}, known=1) == "kanne"
    assert best_correction("kanne", {"kanne": 60}, known=60) == ""


def test_of_two_the_more_frequent_one_is_meant() -> None:
    assert best_correction("kisse", {"kissen": 50, "kiste": 2}, known=None) == "kissen"
    assert best_correction("kisse", {"kissen": 2, "kiste": 50}, known=None) == "kiste"


words = st.text("abcdeäö", max_size=8)


@given(words, words)
def test_distance_is_symmetric_and_zero_only_for_equals(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)
    assert distance(left, right) <= max(len(left), len(right))


@given(st.text("abcdeäö", min_size=1, max_size=8))
def test_everything_one_edit_away_is_one_edit_away(word: str) -> None:
    assert {distance(word, near) for near in one_edit_away(word)} == {1}
