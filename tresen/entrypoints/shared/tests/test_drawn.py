"""A part is drawn once for equal values and a language; anything else is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.template.loader import get_template
from django.utils import translation

from tresen.entrypoints.shared.rows import ProductCard
from tresen.entrypoints.shared.templatetags import drawn as tag
from tresen.foundation.money import Money

CARD = "storefront/_parts/_product_card.html"
TEAPOT = ProductCard(
    url="/de/p/kanne/",
    title="Kanne <blau>",
    brand="Hafen",
    picture=None,
    price=Money(1990, "EUR"),
    availability_words="Auf Lager",
    availability_tone="ok",
)


@pytest.fixture(autouse=True)
def renderings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The name of each template that was really rendered."""
    found: list[str] = []

    def counted(name: str) -> object:
        found.append(name)
        return get_template(name)

    tag.forget_drawings()
    monkeypatch.setattr(tag, "get_template", counted)
    yield found
    tag.forget_drawings()


def test_equal_values_are_drawn_once_and_as_include_would(renderings: list[str]) -> None:
    first = tag.drawn(CARD, card=TEAPOT, first=True)
    again = tag.drawn(CARD, card=replace(TEAPOT), first=True)
    assert len(renderings) == 1
    assert first == again == get_template(CARD).render({"card": TEAPOT, "first": True})
    assert "Kanne &lt;blau&gt;" in first


@pytest.mark.parametrize(
    "other",
    [
        replace(TEAPOT, price=Money(1790, "EUR")),
        replace(TEAPOT, availability_tone="out", availability_words="Ausverkauft"),
    ],
)
def test_another_price_or_stock_is_drawn_anew(renderings: list[str], other: ProductCard) -> None:
    before = tag.drawn(CARD, card=TEAPOT, first=False)
    assert tag.drawn(CARD, card=other, first=False) != before
    assert len(renderings) == 2


def test_each_language_has_its_own(renderings: list[str]) -> None:
    with translation.override("de"):
        german = tag.drawn(CARD, card=TEAPOT, first=False)
    with translation.override("en"):
        english = tag.drawn(CARD, card=TEAPOT, first=False)
    assert ("inkl. MwSt." in german, "incl. VAT" in english) == (True, True)
    assert len(renderings) == 2


def test_large_parts_are_kept_apart_from_small_ones(renderings: list[str]) -> None:
    assert tag.drawn_large(CARD, card=TEAPOT, first=False) == tag.drawn(
        CARD, card=TEAPOT, first=False
    )
    assert len(renderings) == 2
