"""A detail page shows states, the next step, facts with their sources, and the story."""

from __future__ import annotations

from django.utils.translation import override

from tresen.entrypoints.backoffice.kit.details import render_detail, render_section
from tresen.entrypoints.backoffice.kit.tests import make
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Fact,
    Linked,
    Section,
    Table,
    TimelineEntry,
)
from tresen.entrypoints.shared.tests.markup import flat
from tresen.foundation.money import Money

SECTION = Section(
    "stock",
    "Stock",
    facts=[Fact("On hand", Linked("47", "/stock/47/why"), note="counted yesterday")],
    edit_url="/stock/edit",
)
PAGE = DetailPage(
    title="Order K-1",
    task="orders",
    crumbs=[Crumb("Orders", "/orders/"), Crumb("K-1")],
    chips=[Chip("paid", "ok")],
    next_action=Action("Pack", "/orders/K-1/packing", tone="primary"),
    actions=[
        Action(
            "Refund", "/orders/K-1/refund", method="post", tone="danger", confirm="5 € go back."
        ),
        Action("Hold", "/orders/K-1/hold", method="post", fields={"reason": "fraud"}),
    ],
    sections=[SECTION],
    timeline=[TimelineEntry(make.NOON, "Placed", "Wiebke", tone="info", icon="shopping-basket")],
    audit_url="/audit/K-1",
)


def _html() -> str:
    with override("en"):
        return flat(render_detail(make.request(), PAGE).content.decode())


def test_the_head_shows_states_and_the_next_step() -> None:
    html = _html()

    assert '<span class="state state-ok">paid</span>' in html
    assert '<a class="button button-primary" href="/orders/K-1/packing"' in html


def test_a_number_opens_its_source() -> None:
    assert '<a href="/stock/47/why">47</a>' in _html()


def test_a_dangerous_action_asks_once_and_says_what_will_happen() -> None:
    html = _html()
    asking = html.index('popovertarget="ask-1"')

    assert html.index("5 € go back.") > asking
    assert html.index('action="/orders/K-1/refund"') > asking


def test_a_plain_action_posts_its_hidden_fields_once() -> None:
    html = _html()

    assert 'action="/orders/K-1/hold" data-once' in html
    assert '<input type="hidden" name="reason" value="fraud">' in html


def test_the_story_tells_when_and_who() -> None:
    html = _html()

    assert '<time datetime="2026-11-21T11:00:00+00:00">21/11/2026 12:00</time>· Wiebke' in html
    assert 'href="/audit/K-1"' in html


def test_a_section_can_be_drawn_alone_and_opens_its_form_in_place() -> None:
    html = flat(render_section(make.request("", HX_Request="true"), SECTION).content.decode())

    assert html.strip().startswith('<section class="part" id="section-stock"')
    assert 'hx-get="/stock/edit" hx-target="#section-stock"' in html


def test_a_table_without_rows_says_so() -> None:
    table = Table([Column[int]("n", "Count", lambda row: row)], [])

    with override("en"):
        response = render_section(make.request(), Section("t", "T", tables=[table]))

    assert '<td class="muted" colspan="1">Nothing here.</td>' in flat(response.content.decode())


def test_a_table_in_a_section_has_its_sums() -> None:
    table = Table(
        [Column[int]("n", "Count", lambda row: row, kind="number")],
        [1000, 2],
        sums=[Money(1002, "EUR")],
        caption="Counts",
    )

    with override("en"):
        response = render_section(make.request(), Section("t", "T", tables=[table]))
    html = flat(response.content.decode())

    assert '<td class="number">1,000</td>' in html
    assert "<tfoot>" in html
    assert "€10.02" in html
