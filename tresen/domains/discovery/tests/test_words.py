"""Texts to words, and words to queries that nothing a person types can break."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.discovery.rules import (
    clipped,
    codes_in,
    folded_forms,
    joined_forms,
    name_key,
    normal_code,
    query_words,
    searchable,
    tsquery_all,
    tsquery_any,
    words_of,
)
from tresen.domains.discovery.types import (
    NAME_KEY_LENGTH,
    QUERY_LENGTH_MAX,
    QUERY_WORDS_MAX,
    WORD_LENGTH_MAX,
)

PLAIN = re.compile(r"'[^'\s&|!():*<>\\]+'(?: [&|] '[^'\s&|!():*<>\\]+')*")


def test_words_are_runs_of_letters_and_digits_and_decimal_numbers_stay_whole() -> None:
    assert words_of("USB-C, 1,5 m / 4.5mm (Müsli)") == ["usb", "c", "1.5", "m", "4", "5mm", "müsli"]


def test_a_fill_word_is_left_out_unless_there_is_nothing_else() -> None:
    assert query_words("Lampe fürs Fahrrad") == ["lampe", "fahrrad"]
    assert query_words("fürs") == ["fürs"]


def test_codes_are_compared_without_signs_and_case() -> None:
    assert normal_code("ab-12 3") == "AB123"
    assert codes_in("AB-1234") == ["AB1234"]
    assert codes_in("lampe 4006381333931") == ["LAMPE4006381333931", "4006381333931"]
    assert codes_in("lampe rot") == []


def test_hidden_forms_are_found_too() -> None:
    assert joined_forms("USB-C Kabel dv7-1211ea") == ["USBC", "dv71211ea"]
    assert folded_forms(["käse", "straße", "rad"]) == ["kaese", "strasse"]


def test_names_are_ordered_as_in_a_german_register() -> None:
    assert sorted(["Zebra", "Öl", "Oma", "Äpfel", "Apfelsaft"], key=name_key) == [
        "Äpfel",
        "Apfelsaft",
        "Öl",
        "Oma",
        "Zebra",
    ]
    assert name_key("STRASSE") == name_key("Straße")


@given(st.text(max_size=400))
def test_every_text_gives_words_that_a_query_can_carry(text: str) -> None:
    words = query_words(text)

    assert len(words) <= QUERY_WORDS_MAX
    assert all(0 < len(word) <= WORD_LENGTH_MAX for word in words)
    if words:
        assert PLAIN.fullmatch(tsquery_all(words))
        assert PLAIN.fullmatch(tsquery_any(words))


@given(st.text(max_size=400))
def test_what_is_read_of_a_question_is_one_short_printable_line(text: str) -> None:
    read = clipped(text)

    assert len(read) <= QUERY_LENGTH_MAX * 3
    assert read == read.strip()
    assert not read or read.isprintable()


@given(st.text(max_size=400))
def test_reading_a_text_twice_changes_nothing(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)
    assert "\0" not in searchable(text)
    assert len(name_key(text)) <= NAME_KEY_LENGTH
