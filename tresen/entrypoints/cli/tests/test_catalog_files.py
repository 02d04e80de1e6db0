"""Importing and exporting from the command line: counts, exit codes, and plain words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tresen.domains.catalog.tests import make as goods
from tresen.entrypoints.cli.export_catalog import main as export
from tresen.entrypoints.cli.import_catalog import main as take
from tresen.operations.machine.trouble import Trouble

pytestmark = pytest.mark.django_db
MAPPING = '[fields]\nsku = "sku"\nname = "name"\nprice = "price"\n'


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    goods.channel()
    Path("mapping.toml").write_text(MAPPING, encoding="utf-8")
    Path("goods.csv").write_text("sku,name,price\nA,Kanne,1.50\nB,,2\n", encoding="utf-8")


def test_an_import_counts_and_reports_what_was_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["catalog", "goods.csv", "--mapping", "mapping.toml", "--language", "de"]

    code = take(words)

    assert code == 3
    assert capsys.readouterr().out.splitlines() == [
        "2 records read",
        "1 products added, 0 changed, 0 as before",
        "1 price changed",
        "1 records refused, 0 fields left out: see refused.csv",
    ]
    with Path("refused.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["outcome"], row["file"], row["line"], row["sku"]) == (
        "refused",
        "goods.csv",
        "3",
        "B",
    )
    assert (row["field"], row["reason"], row["remedy"]) == (
        "name",
        "Dieser Text fehlt.",
        "Bitte tragen Sie ihn ein.",
    )


def test_a_whole_import_leaves_no_report_and_an_export_comes_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("refused.csv").write_text("from yesterday", encoding="utf-8")
    Path("goods.csv").write_text("sku,name,price\nA,Kanne,1.50\n", encoding="utf-8")

    assert take(["catalog", "goods.csv", "--mapping", "mapping.toml"]) == 0
    assert not Path("refused.csv").exists()
    assert export(["catalog", "--out", "catalog.jsonl", "--media", "pictures"]) == 0
    assert take(["catalog", "catalog.jsonl", "--media", "pictures"]) == 0

    said = capsys.readouterr().out
    assert "1 product in catalog.jsonl" in said
    assert "0 products added, 0 changed, 1 as before" in said
    assert not Path("catalog.jsonl.part").exists()


def test_a_trial_run_says_that_it_was_one(capsys: pytest.CaptureFixture[str]) -> None:
    take(["catalog", "goods.csv", "--mapping", "mapping.toml", "--dry-run"])

    assert "2 records read (a trial: nothing was written)" in capsys.readouterr().out


def test_a_report_never_runs_in_a_spreadsheet() -> None:
    Path("goods.csv").write_text('sku,name,price\n"=1+1",,1\n', encoding="utf-8")

    take(["catalog", "goods.csv", "--mapping", "mapping.toml"])

    assert "'=1+1" in Path("refused.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["catalog", "nix.csv", "--mapping", "mapping.toml"], "no file nix.csv"),
        (["catalog", "goods.csv", "--mapping", "nix.toml"], "nix.toml: cannot be read"),
        (
            ["catalog", "goods.csv", "--mapping", "mapping.toml", "--channel", "x"],
            "no open channel «x»",
        ),
        (
            ["catalog", "goods.csv", "--mapping", "mapping.toml", "--price-list", "x"],
            "There is no price list «x».",
        ),
    ],
)
def test_trouble_is_told_in_plain_words(words: list[str], says: str) -> None:
    with pytest.raises(Trouble, match=says):
        take([*words, "--language", "en"])


def test_a_mapping_that_does_not_fit_is_told_by_its_line() -> None:
    Path("mapping.toml").write_text(MAPPING.replace('"name"', '"nmae"'), encoding="utf-8")

    with pytest.raises(Trouble, match=r"mapping\.toml, line 3: .* Did you mean «name»"):
        take(["catalog", "goods.csv", "--mapping", "mapping.toml"])


def test_a_foreign_file_without_a_mapping_ends_with_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert take(["catalog", "goods.csv"]) == 1
    assert "foreign files need --mapping" in capsys.readouterr().out


def test_prices_are_left_out_where_one_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mapping.toml").write_text(f'currency = "USD"\n{MAPPING}', encoding="utf-8")
    words = ["catalog", "goods.csv", "--mapping", "mapping.toml"]

    with pytest.raises(Trouble, match="is in EUR, not USD"):
        take(words)
    assert take([*words, "--without-prices"]) == 3

    assert "0 prices changed" in capsys.readouterr().out


def test_an_export_into_a_folder_that_is_not_there_says_so() -> None:
    with pytest.raises(Trouble, match="no folder"):
        export(["catalog", "--out", "nowhere/catalog.jsonl"])


@pytest.mark.parametrize(
    ("language", "reason"), [("de", "Dieser Text fehlt."), ("en", "This text is missing.")]
)
def test_the_report_speaks_the_language_of_the_terminal_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch, language: str, reason: str
) -> None:
    monkeypatch.setenv("TRESEN_LANGUAGE", language)

    take(["catalog", "goods.csv", "--mapping", "mapping.toml"])

    assert reason in Path("refused.csv").read_text(encoding="utf-8-sig")
