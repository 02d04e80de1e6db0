"""The page of errors says what the code says."""

from __future__ import annotations

from tools.errors import PAGE, page


def test_every_refusal_is_on_the_page_of_errors() -> None:
    assert PAGE.read_text() == page(), "run: python -m tools.errors"


def test_one_code_means_one_status() -> None:
    rows = [line.split("|") for line in page().splitlines() if line.startswith("| <a")]
    statuses: dict[str, set[str]] = {}
    for row in rows:
        statuses.setdefault(row[1].strip(), set()).add(row[2].strip())
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}
