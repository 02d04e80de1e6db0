"""Verbs say it in the language of the terminal: in German, and in English as the control."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from tresen.entrypoints.cli import db, import_catalog, privacy, sessions
from tresen.entrypoints.cli.backup_telling import ALARMS, size
from tresen.entrypoints.cli.doctor import report
from tresen.entrypoints.shared.sessions.tests.make import shopper, signed_in
from tresen.operations.doctor.types import Examination, ill, well
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext, speak
from tresen.workflows.buying.tests.make import small_shop

Speaking = Callable[[str], None]


@pytest.fixture
def in_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaking]:
    """Sets the language of this process; afterwards it speaks English again."""
    monkeypatch.setenv("LANGUAGE", "en")

    def turn(language: str) -> None:
        monkeypatch.setenv("TRESEN_LANGUAGE", language)
        speak()

    yield turn
    turn("en")


@pytest.fixture
def no_shop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TRESEN_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("de", "1 Sitzung beendet.\n", "2 Sitzungen beendet.\n"),
        ("en", "1 session ended.\n", "2 sessions ended.\n"),
    ],
)
def test_a_verb_counts_as_the_language_does(
    in_language: Speaking, capsys: pytest.CaptureFixture[str], language: str, one: str, two: str
) -> None:
    in_language(language)
    said = []
    for count in (1, 2):
        for _each in range(count):
            signed_in(shopper())
        sessions.act(_words(sessions, "end-all", "shop"))
        said.append(capsys.readouterr().out)

    assert said == [one, two]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("de", "m.toml, Zeile 2: «nmae» ist keines unserer Felder. Meinten Sie «name»?"),
        ("en", "m.toml, line 2: «nmae» is none of our fields. Did you mean «name»?"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(
    in_language: Speaking, tmp_path: Path, language: str, says: str
) -> None:
    in_language(language)
    mapping = tmp_path / "m.toml"
    mapping.write_text('[fields]\nnmae = "name"\n', encoding="utf-8")
    (tmp_path / "goods.csv").write_text("name\nKanne\n", encoding="utf-8")
    given = ("catalog", str(tmp_path / "goods.csv"), "--mapping", str(mapping))

    with pytest.raises(Trouble) as told:
        import_catalog.act(_words(import_catalog, *given))

    assert str(told.value) == says


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "de",
            [
                "gut     Festplatte  viel Platz",
                "FEHLER  Schlüssel   offen",
                "                    → schließen",
                "Etwas stimmt nicht; siehe oben.",
            ],
        ),
        (
            "en",
            [
                "ok    Disk  viel Platz",
                "WRONG Keys  offen",
                "            → schließen",
                "Something is wrong; see above.",
            ],
        ),
    ],
)
def test_the_columns_of_the_doctor_are_as_wide_as_their_words(
    in_language: Speaking, language: str, lines: list[str]
) -> None:
    examinations = [
        Examination("Disk", (well("viel Platz"),)),
        Examination("Keys", (ill("offen", "schließen"),)),
    ]
    in_language(language)

    assert report(examinations, quiet=False) == lines


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", ("1,5 MB", "Der letzte Versuch ist fehlgeschlagen", "läuft nicht (Daten in {})")),
        ("en", ("1.5 MB", "The last attempt failed", "not running (data in {})")),
    ],
)
def test_numbers_tables_of_words_and_states_are_told(
    in_language: Speaking,
    capsys: pytest.CaptureFixture[str],
    no_shop: Path,
    language: str,
    told: tuple[str, str, str],
) -> None:
    in_language(language)

    db.act(_words(db, "status"))

    stands = capsys.readouterr().out.strip()
    assert (size(1_500_000), gettext(ALARMS["failing"]), stands) == (
        *told[:2],
        told[2].format(no_shop),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "de",
            ["wessen: Kundschaft", "Empfänger: keine", "verschlüsselt: ja", "Art. 5 (1)(e) DSGVO"],
        ),
        ("en", ["whose: customers", "recipients: none", "encrypted: yes", "Art. 5 (1)(e) GDPR"]),
    ],
)
def test_the_record_of_processing_has_no_codes_where_there_are_words(
    in_language: Speaking, capsys: pytest.CaptureFixture[str], language: str, lines: list[str]
) -> None:
    small_shop()
    in_language(language)

    with override(language):
        assert privacy.act(_words(privacy, "record")) == 0

    said = capsys.readouterr().out
    assert [line for line in lines if line not in said] == []


def _words(verb: object, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    verb.declare(parser)  # type: ignore[attr-defined]
    return parser.parse_args(words)
