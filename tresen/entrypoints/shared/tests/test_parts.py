"""The storefront's partials draw their rows, escaped and in the page's language."""

from __future__ import annotations

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.translation import override

from tresen.entrypoints.shared.rows import Facet, FacetValue, Pager
from tresen.entrypoints.shared.tests import samples
from tresen.entrypoints.shared.tests.markup import flat

PARTS = "storefront/_parts"


def _part(name: str, **given: object) -> str:
    return flat(render_to_string(f"{PARTS}/{name}.html", given))


def test_a_card_shows_price_notes_unit_price_and_availability_in_words() -> None:
    with override("de"):
        drawn = _part("_product_card", card=samples.CARDS[0])

    for words in ("8,99\N{NO-BREAK SPACE}€", "35,96\N{NO-BREAK SPACE}€/kg", "Sofort lieferbar"):
        assert words in drawn
    assert 'href="/de/kaffee-hafenmischung"' in drawn


def test_a_reduction_names_the_lowest_price_of_thirty_days_beside_the_price() -> None:
    with override("en"):
        drawn = _part("_price", price=samples.PRICE)

    assert "Lowest price in 30 days:<s>€49.90</s>" in drawn
    assert "plus deposit €0.25" in drawn


def test_a_price_is_followed_by_tax_and_delivery() -> None:
    with override("en"):
        plain = _part("_price", price=samples.CARDS[0])
        linked = _part("_price", price=samples.CARDS[0], shipping_url="/en/shipping/")

    assert "incl. VAT, plus delivery" in plain
    assert '<a href="/en/shipping/">plus delivery</a>' in linked


def test_words_of_a_merchant_cannot_become_markup() -> None:
    card = replace(samples.CARDS[0], title="<b>Tea</b>", brand="A & B", url='/"><script>')

    drawn = _part("_product_card", card=card)

    assert "<b>" not in drawn
    assert "<script>" not in drawn
    assert "A &amp; B" in drawn


def test_facets_are_a_plain_form_with_counts() -> None:
    facet = Facet("brand", "Brand", values=[FacetValue("a", "A", 1200, chosen=True)])

    with override("en"):
        drawn = _part(
            "_facets", facets=[facet], action="/en/tea/", kept=[("q", "tea")], result_count=1
        )

    assert 'action="/en/tea/" method="get"' in drawn
    assert '<input type="hidden" name="q" value="tea">' in drawn
    assert 'name="brand" value="a" checked' in drawn
    assert "1,200" in drawn
    assert "Show 1 product<" in drawn


def test_a_chosen_value_can_be_taken_back_by_a_link() -> None:
    drawn = _part("_chips", chips=samples.CHIPS, clear_url="/de/kueche/")

    assert 'href="/de/kueche/?preis_from=10"' in drawn
    assert 'href="/de/kueche/"' in drawn
    assert _part("_chips", chips=[], clear_url="/") == ""


def test_the_pager_links_only_where_there_is_a_page() -> None:
    with override("en"):
        drawn = _part("_pager", pager=Pager("", "/?after=b", 1, 24, 5000, total_is_exact=False))

    assert 'rel="next"' in drawn
    assert 'rel="prev"' not in drawn
    assert "1 to 24 of more than 5,000" in drawn


def test_the_last_crumb_is_this_page() -> None:
    drawn = _part("_breadcrumb", crumbs=samples.CRUMBS)

    assert '<span aria-current="page">Kannen</span>' in drawn
    assert '<a href="/de/">Start</a>' in drawn


def test_a_receipt_says_what_how_many_and_how_much() -> None:
    with override("de"):
        drawn = _part("_receipt_lines", lines=samples.LINES) + _part(
            "_totals", totals=samples.TOTALS
        )

    for words in ("2 × Espresso Hafenmischung", "17,98\N{NO-BREAK SPACE}€", "kostenlos"):
        assert words in drawn
    assert "\N{MINUS SIGN}5,00\N{NO-BREAK SPACE}€" in drawn


def test_the_timeline_marks_where_one_is() -> None:
    with override("de"):
        drawn = _part("_timeline", steps=samples.STEPS)

    assert drawn.count('aria-current="step"') == 1
    assert '<time datetime="2026-11-21T13:32:00+00:00">21. November 2026, 14:32 Uhr</time>' in drawn


def test_an_option_that_cannot_be_had_stays_readable_and_says_why() -> None:
    drawn = _part("_choice", choice=samples.CHOICES[0])

    assert "Backstein" in drawn
    assert "ab 7. Dezember" in drawn


def test_the_withdrawal_function_stands_in_the_footer_in_plain_sight() -> None:
    with override("en"):
        drawn = _part("_footer", shop=samples.SHOP, language_links=samples.LANGUAGES)

    assert (
        '<a class="button" href="/de/vertrag-widerrufen/">Withdraw from contract here</a>' in drawn
    )
    assert "<details" not in drawn
