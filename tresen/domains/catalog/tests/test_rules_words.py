"""Words: cleaned once and for all, made into addresses, ordered, chosen by language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.catalog.rules.refusals import TextMissing, TextTooLong, parted
from tresen.domains.catalog.rules.words import (
    chain_of,
    clean_html,
    clean_line,
    clean_text,
    in_language,
    plain_of,
    required_line,
    slug_candidates,
    slug_of,
    sort_key,
)

TEXT = st.text(max_size=200)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Größe & Maß", "groesse-mass"),
        ("Café crème, 250 g", "cafe-creme-250-g"),
        ("  ÄÖÜ  ", "aeoeue"),
        ("東京", ""),
        ("a" * 200, "a" * 90),
        ("eins zwei " * 20, "eins-zwei-" * 8 + "eins-zwei"),
    ],
)
def test_an_address_is_made_of_plain_letters(words: str, slug: str) -> None:
    assert slug_of(words) == slug


@given(TEXT)
def test_an_address_made_of_an_address_is_the_same(words: str) -> None:
    slug = slug_of(words)

    assert slug_of(slug) == slug
    assert len(slug) <= 90
    assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789-" for sign in slug)


def test_the_second_address_to_try_holds_the_code() -> None:
    assert slug_candidates(name="Teekanne", code="TK 1") == ("teekanne", "teekanne-tk-1")
    assert slug_candidates(name="東京", code="TK-1") == ("tk-1",)
    assert slug_candidates(name="東京", code="京") == ("-",)


@given(TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.one_of(TEXT, st.text(alphabet="<>&/pbrscitu \n\"'=;amp", max_size=60)))
def test_a_clean_description_stays_as_it_is(text: str) -> None:
    cleaned = clean_html(text)

    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Nur Text", "Nur Text"),
        ("Eins\n\nZwei\nDrei", "<p>Eins</p><p>Zwei<br>Drei</p>"),
        ("<b>gut</b><script>alert(1)</script>", "<b>gut</b>"),
        ('<p onclick="x()" style="color:red">Hallo</p>', "<p>Hallo</p>"),
        ('<a href="javascript:x()">Klick</a>', "Klick"),
        ('<img src="http://x.example/p.gif">', ""),
        ("Tee & Kaffee", "Tee &amp; Kaffee"),
        ("<iframe src=//x></iframe>Rest", "Rest"),
    ],
)
def test_a_description_keeps_its_shape_and_loses_its_teeth(given: str, kept: str) -> None:
    assert clean_html(given) == kept


def test_control_characters_and_lone_surrogates_never_reach_the_database() -> None:
    assert clean_line("Tee\x00kanne \ud800 \x1b[31m") == "Teekanne [31m"
    assert clean_text("a\r\nb\x07\udc80") == "a\nb"


def test_search_reads_a_description_without_tags() -> None:
    assert plain_of("<p>Tee &amp; Kaffee</p><ul><li>eins</li><li>zwei</li></ul>") == (
        "Tee & Kaffee eins zwei"
    )


def test_names_are_ordered_as_in_a_german_phone_book_without_accents() -> None:
    names = ["Zange", "Äpfel", "Apfelsine", "Öl", "Ofen", "Straßen", "Strasse"]

    in_order = ["Äpfel", "Apfelsine", "Ofen", "Öl", "Strasse", "Straßen", "Zange"]
    assert sorted(names, key=sort_key) == in_order


def test_missing_words_are_filled_by_the_chain_of_languages() -> None:
    assert chain_of("de") == ("de", "en")
    assert chain_of("de-AT") == ("de-AT", "de", "en")
    assert chain_of("fr") == ("fr", "en", "de")
    assert in_language({"de": "Kanne", "en": "Pot"}, locale="de-AT") == "Kanne"
    assert in_language({"en": "Pot", "de": ""}, locale="de") == "Pot"
    assert in_language({"pl": "Dzbanek"}, locale="de") == "Dzbanek"
    assert in_language({}, locale="de") is None


def test_a_missing_or_overlong_text_is_refused_by_its_field() -> None:
    with pytest.raises(TextMissing) as missing:
        required_line(" \n ", field="name.de", length_max=10)
    with pytest.raises(TextTooLong) as long:
        required_line("elf Zeichen", field="name.de", length_max=10)

    assert missing.value.field == "name.de"
    assert long.value.params == {"length": 11, "max": 10}
    assert parted(str(long.value)) == (
        "The text has 11 characters, 10 are allowed.",
        "Please shorten it.",
    )
