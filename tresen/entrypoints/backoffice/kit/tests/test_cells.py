"""Values become cells for people and for machines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from tresen.entrypoints.backoffice.kit.cells import cell_html, cell_text
from tresen.entrypoints.backoffice.kit.tests.make import NOON
from tresen.entrypoints.backoffice.kit.types import Chip, Linked, Value
from tresen.foundation.money import Money


@pytest.mark.parametrize(
    ("value", "html", "text"),
    [
        (None, "–", ""),
        ("", "–", ""),
        ("<b>", "&lt;b&gt;", "<b>"),
        (19406, "19.406", "19406"),
        (Decimal("1.50"), "1,50", "1.50"),
        (Money(123456, "EUR"), "1.234,56\N{NO-BREAK SPACE}€", "1234.56"),
        (NOON, "21.11.2026 12:00", "2026-11-21T12:00:00+01:00"),
        (date(2026, 11, 24), "24.11.2026", "2026-11-24"),
        (Chip("bezahlt", "ok"), '<span class="state state-ok">bezahlt</span>', "bezahlt"),
        (Linked("47", "/why/", "Stück"), '<a href="/why/">47</a> <small>Stück</small>', "47"),
        ((Chip("a"), Chip("b")), None, "a, b"),
    ],
)
def test_a_value_is_shown_and_exported(value: Value, html: str | None, text: str) -> None:
    with override("de"):
        if html is not None:
            assert cell_html(value) == html
        assert cell_text(value) == text


def test_several_chips_stand_side_by_side() -> None:
    assert cell_html((Chip("a"), Chip("b", "error"))) == (
        '<span class="state state-quiet">a</span> <span class="state state-error">b</span>'
    )


def test_words_inside_links_and_chips_are_escaped() -> None:
    assert cell_html(Linked("<i>", '/"x')) == '<a href="/&quot;x">&lt;i&gt;</a>'
    assert "&lt;i&gt;" in cell_html(Chip("<i>"))


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@x", "\t=1", "\r=1"])
def test_an_export_holds_no_formula(text: str) -> None:
    assert cell_text(text) == f"'{text}"
    assert cell_text(Chip(text)) == f"'{text}"


def test_a_negative_number_is_no_formula() -> None:
    assert cell_text(-5) == "-5"
    assert cell_text(Money(-500, "EUR")) == "-5.00"
