"""The address is read strictly where it matters and kindly elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from tresen.entrypoints.backoffice.kit.asking import ListRefused, read_list
from tresen.entrypoints.backoffice.kit.tests import make
from tresen.entrypoints.backoffice.kit.types import ListQuery


def _read(query: str) -> ListQuery:
    return read_list(QueryDict(query), spec=make.spec())


def test_a_bare_address_asks_for_the_usual_list() -> None:
    asked = _read("")

    assert (asked.sort, asked.descending, asked.limit) == ("sent", True, 50)
    assert asked.columns == ("number", "sent", "state")
    assert asked.chosen == {}


def test_every_part_of_the_question_is_read() -> None:
    asked = _read(
        "q=+P-1+&state=open&state=sent&way=dhl&sent_from=2026-11-01&late=1&sort=number&after=abc"
    )

    assert asked.search == "P-1"
    assert asked.many("state") == ("open", "sent")
    assert asked.one("way") == "dhl"
    assert asked.day("sent_from") == date(2026, 11, 1)
    assert asked.day("sent_to") is None
    assert asked.one("late") == "1"
    assert (asked.sort, asked.descending, asked.after) == ("number", False, "abc")


def test_columns_stand_in_the_order_of_the_list_and_strangers_are_ignored() -> None:
    assert _read("column=value&column=number&column=colour").columns == ("number", "value")
    assert _read("column=colour").columns == ("number", "sent", "state")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=lost", "state"),
        ("way=ups", "way"),
        ("late=yes", "late"),
        ("sent_from=yesterday", "sent"),
        ("sort=value", "sort"),
        ("sort=-colour", "sort"),
        ("q=" + "x" * 121, "q"),
        ("after=" + "x" * 401, "after"),
    ],
)
def test_an_answer_that_the_list_does_not_know_is_refused_with_its_remedy(
    query: str, field: str
) -> None:
    with pytest.raises(ListRefused) as refused:
        _read(query)

    assert refused.value.field == field
    assert refused.value.remedy


def test_words_of_others_in_the_address_do_no_harm() -> None:
    assert _read("utm_source=x&page=9&state=").chosen == {}
