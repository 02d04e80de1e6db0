"""Gathering the words: merging, compiling, and naming each gap."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from tresen.operations.words.catalogs import compile_words, languages, merge, write_merged
from tresen.operations.words.gaps import find_gaps
from tresen.operations.words.sources import used_words

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    part(tmp_path, "buying", 'msgid "Cart"\nmsgstr "Warenkorb"\n')
    return tmp_path


def part(locales: Path, name: str, text: str) -> None:
    path = locales / "de" / "parts" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text)


def source(package: Path, name: str, text: str) -> Path:
    package.mkdir(exist_ok=True)
    (package / name).write_text(text)
    return package


def german(locales: Path) -> gettext.NullTranslations:
    return gettext.translation("django", str(locales), languages=["de"])


def test_parts_become_one_catalogue_that_gettext_reads(locales: Path) -> None:
    part(
        locales,
        "paying",
        'msgid "%(n)s piece"\nmsgid_plural "%(n)s pieces"\n'
        'msgstr[0] "%(n)s Stück"\nmsgstr[1] "%(n)s Stücke"\n',
    )

    made = compile_words(locales=locales)

    assert made == languages(locales) == ["de"]
    assert german(locales).gettext("Cart") == "Warenkorb"
    assert german(locales).ngettext("%(n)s piece", "%(n)s pieces", 2) == "%(n)s Stücke"


def test_compiling_again_does_nothing_until_a_part_changes(locales: Path) -> None:
    compile_words(locales=locales)
    again = compile_words(locales=locales)
    part(locales, "buying", 'msgid "Cart"\nmsgstr "Einkaufswagen"\n')
    later = (locales / "de/LC_MESSAGES/django.mo").stat().st_mtime + 1
    os.utime(locales / "de/parts/buying.po", (later, later))

    changed = compile_words(locales=locales)

    assert (again, changed) == ([], ["de"])
    assert german(locales).gettext("Cart") == "Einkaufswagen"


def test_merging_twice_changes_nothing_and_a_part_wins_over_what_was_merged(
    locales: Path,
) -> None:
    first = write_merged(merge("de", locales=locales), locales=locales)
    again = write_merged(merge("de", locales=locales), locales=locales)
    part(locales, "buying", 'msgid "Cart"\nmsgstr "Einkaufswagen"\n')

    changed = write_merged(merge("de", locales=locales), locales=locales)

    assert (first, again, changed) == (True, False, True)
    text = (locales / "de/LC_MESSAGES/django.po").read_text()
    assert 'msgstr "Einkaufswagen"' in text
    assert "Warenkorb" not in text


def test_two_parts_that_disagree_are_named(locales: Path, tmp_path: Path) -> None:
    part(locales, "paying", 'msgid "Cart"\nmsgstr "Korb"\n')

    gaps = find_gaps(merge("de", locales=locales), package=source(tmp_path / "house", "a.py", ""))

    assert gaps == ["paying.po and buying.po translate 'Cart' differently"]


def test_the_same_words_in_another_context_are_no_disagreement(locales: Path) -> None:
    part(locales, "paying", 'msgctxt "verb"\nmsgid "Cart"\nmsgstr "Karren"\n')

    assert merge("de", locales=locales).conflicts == ()


def test_every_use_is_found_with_its_place(tmp_path: Path) -> None:
    house = source(
        tmp_path / "house",
        "a.py",
        "x = gettext('One')\n"
        "y = ngettext('%(n)s two', '%(n)s twos', n)\n"
        "z = pgettext('kind', 'Three')\n"
        "class Late(Refusal):\n    message = 'Too ' 'late.'\n"
        "w = gettext(x)\n",
    )
    source(
        house,
        "b.html",
        "<p>{% translate 'Four' %}</p>\n  <b>it's {% blocktranslate count n=n trimmed %}\n"
        "    {{ n }} five\n  {% plural %}\n    {{ n }} fives\n  {% endblocktranslate %}</b>\n"
        "{% translate 'Six' context 'range' %}{% blocktranslate %}Seven {{ x }}"
        "{% endblocktranslate %}",
    )

    assert used_words(house) == {
        (None, "One"): "a.py:1",
        (None, "%(n)s two"): "a.py:2",
        ("kind", "Three"): "a.py:3",
        (None, "Too late."): "a.py:5",
        (None, "Four"): "b.html:1",
        (None, "%(n)s five"): "b.html:2",
        ("range", "Six"): "b.html:7",
        (None, "Seven %(x)s"): "b.html:7",
    }


def test_a_word_without_translation_is_a_gap(locales: Path, tmp_path: Path) -> None:
    part(locales, "paying", 'msgid "Empty"\nmsgstr ""\n')
    house = source(tmp_path / "house", "a.py", "gettext('Cart'), gettext('Pay'), gettext('Empty')")

    gaps = find_gaps(merge("de", locales=locales), package=house)

    assert gaps == ["a.py:1: 'Pay' is not translated", "a.py:1: 'Empty' is not translated"]


@pytest.mark.parametrize("german_words", ["%(sum)s Euro", "Euro", "%(total) Euro"])
def test_a_place_that_the_translation_lost_is_a_gap(
    german_words: str, locales: Path, tmp_path: Path
) -> None:
    part(locales, "paying", f'msgid "%(total)s euros"\nmsgstr "{german_words}"\n')

    gaps = find_gaps(merge("de", locales=locales), package=source(tmp_path / "house", "a.py", ""))

    assert gaps == ["the places in '%(total)s euros' differ"]
