"""The style guide in a real browser: calm under the policy, readable, usable by keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tools.styleguide.camera import SIDEWAYS, browser, find_chromium, served
from tools.styleguide.setup import ROOT

CHROMIUM = find_chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("guide"),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: install it or set CHROMIUM"),
]
PAGES = (
    "home", "list", "product", "checkout", "order",
    "desk-list", "desk-empty", "desk-detail", "desk-form", "desk-bulk", "desk-today",
)  # fmt: skip
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
SHIFTED_MAX = 0.01
SHIFTED = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Rendered by a process of its own: the guide needs settings without a database."""
    folder = tmp_path_factory.mktemp("guide")
    subprocess.run([sys.executable, "-m", "tools.styleguide", str(folder)], cwd=ROOT, check=True)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser(CHROMIUM) as opened:
        yield opened


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.set_viewport_size(DESKTOP)
    opened.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_a_complaint_a_foreign_request_or_a_jump(
    guide: str, page: Page, name: str
) -> None:
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{guide}/{name}.html", wait_until="networkidle")

    assert said == []
    assert [url for url in asked if not url.startswith((guide, "data:"))] == []
    moved = page.evaluate(SHIFTED)
    for _ in range(2):  # a busy machine brings a font late once; what jumps by itself, always
        if moved >= SHIFTED_MAX:
            page.reload(wait_until="networkidle")
            moved = min(moved, page.evaluate(SHIFTED))
    assert moved < SHIFTED_MAX


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(guide: str, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{guide}/{name}.html")

    assert page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(guide: str, page: Page, name: str) -> None:
    page.goto(f"{guide}/{name}.html")

    assert _grave(page) == []


@pytest.mark.parametrize("name", ["list", "checkout", "desk-list", "desk-detail"])
def test_axe_reads_every_word_in_the_dark(guide: str, page: Page, name: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{guide}/{name}.html")

    assert _grave(page, rules=["color-contrast"]) == []


def test_axe_finds_what_is_planted(guide: str, page: Page) -> None:
    page.goto(f"{guide}/home.html")

    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<button></button>')"
    )

    assert [name for name, _ in _grave(page)] == ["button-name"]


def _grave(page: Page, *, rules: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in Axe().run(page, options=options).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def test_filters_are_a_sheet_on_a_phone_and_escape_puts_it_away(guide: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{guide}/list.html")
    facets = page.locator("#facets")
    expect(facets).to_be_hidden()

    page.get_by_role("link", name="Filter", exact=True).click()
    expect(facets).to_be_visible()
    assert page.locator("header.head").get_attribute("inert") is not None

    page.keyboard.press("Escape")
    expect(facets).to_be_hidden()
    assert page.locator("header.head").get_attribute("inert") is None


def test_a_tick_in_the_sheet_applies_at_once_and_keeps_sheet_and_focus(
    guide: str, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{guide}/list.html")
    page.get_by_role("link", name="Filter", exact=True).click()
    page.locator("#facet-material summary").click()

    with page.expect_response("**/de/kueche/?*marke=luv*") as answered:
        page.locator("#pick-marke-luv").press("Space")

    expect(page.locator("#live")).to_have_text("1.283 Produkte")
    assert "preis_to" not in answered.value.url
    expect(page).to_have_url(re.compile(r"/de/kueche/\?.*marke=luv.*#facets$"))
    expect(page.locator("#facets")).to_be_visible()
    expect(page.locator("#pick-marke-luv")).to_be_focused()
    expect(page.get_by_text("Wolle", exact=True)).to_be_visible()


def test_the_slash_key_leads_to_the_search_but_not_while_typing(guide: str, page: Page) -> None:
    page.goto(f"{guide}/list.html")

    page.keyboard.press("/")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.type("a/b")

    expect(page.locator("#search-words")).to_have_value("a/b")


def test_the_theme_is_remembered_and_forgotten_again(guide: str, page: Page) -> None:
    page.goto(f"{guide}/home.html")
    switch = page.get_by_role("banner").locator("[data-theme-switch]")

    switch.click()
    page.reload()
    chosen = page.locator("html").get_attribute("data-theme")
    switch.click()
    page.reload()

    assert chosen == "dark"
    assert page.locator("html").get_attribute("data-theme") is None


def test_the_stepper_keeps_its_bounds(guide: str, page: Page) -> None:
    page.goto(f"{guide}/product.html")
    less, more = page.locator("[data-step='-1']"), page.locator("[data-step='1']")
    expect(less).to_be_disabled()

    for _ in range(8):
        more.click()

    expect(page.locator("#quantity")).to_have_value("9")
    expect(more).to_be_disabled()
    expect(less).to_be_enabled()


def test_a_picture_opens_large_and_closes_by_keyboard(guide: str, page: Page) -> None:
    page.goto(f"{guide}/product.html")

    page.locator("[data-zoom]").first.focus()
    page.keyboard.press("Enter")
    large = page.locator("dialog.zoom img")
    expect(large).to_be_visible()
    expect(large).to_have_attribute("alt", "Eine runde blaue Teekanne")

    page.keyboard.press("Escape")
    expect(large).to_be_hidden()


def test_errors_take_the_focus_and_lead_to_their_fields(guide: str, page: Page) -> None:
    page.goto(f"{guide}/checkout.html")
    expect(page.locator(".error-summary")).to_be_focused()

    page.locator(".error-summary a").last.press("Enter")

    expect(page.locator("#id_postcode")).to_be_focused()


def test_without_scripts_everything_has_its_button(guide: str, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False, viewport=DESKTOP) as plain:
        page = plain.new_page()
        page.goto(f"{guide}/list.html")
        expect(page.get_by_role("button", name="Sortieren", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("Produkte anzeigen"))).to_be_visible()
        expect(page.locator("[data-theme-switch]").first).to_be_hidden()

        page.goto(f"{guide}/product.html")
        expect(page.locator("#quantity")).to_be_visible()
        expect(page.locator("[data-step]").first).to_be_hidden()

        page.set_viewport_size(PHONE)
        page.goto(f"{guide}/list.html")
        page.get_by_role("link", name="Filter", exact=True).click()
        expect(page.locator("#facets")).to_be_visible()


def test_the_palette_goes_where_a_few_letters_point(guide: str, page: Page) -> None:
    page.goto(f"{guide}/desk-list.html")

    page.keyboard.press("Control+k")
    page.keyboard.type("lag")
    expect(page.locator("#palette-list [aria-selected='true']")).to_have_text("Lager")
    page.keyboard.press("Enter")

    page.wait_for_url("**/desk/stock/")


def test_rows_are_walked_ticked_and_opened_by_keys(guide: str, page: Page) -> None:
    page.goto(f"{guide}/desk-list.html")
    expect(page.locator(".bulk-bar")).to_be_hidden()

    for key in ("j", "j", "k", "j", "x"):
        page.keyboard.press(key)

    expect(page.locator("[data-tick-count]")).to_have_text("1")
    expect(page.locator(".bulk-bar")).to_be_visible()
    expect(page.locator("tr[data-here] .row-link")).to_have_text("K-10427")

    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/orders/K-10427/")


def test_a_dangerous_action_asks_once(guide: str, page: Page) -> None:
    page.goto(f"{guide}/desk-detail.html")
    question = page.get_by_text("57,88 € gehen an Wiebke Petersen zurück")
    expect(question).to_be_hidden()

    page.get_by_role("button", name="Erstatten …").click()
    expect(question).to_be_visible()
    page.get_by_role("button", name="So lassen").click()

    expect(question).to_be_hidden()


def test_a_changed_form_says_that_it_is_not_saved(guide: str, page: Page) -> None:
    page.goto(f"{guide}/desk-form.html")
    expect(page.get_by_text("Noch nicht gespeichert")).to_be_hidden()

    page.locator("#id_name").fill("Teekanne, groß")

    expect(page.get_by_text("Noch nicht gespeichert")).to_be_visible()
    page.evaluate("delete document.querySelector('form[data-changed]').dataset.changed")


def test_a_chart_reads_its_values_aloud(guide: str, page: Page) -> None:
    page.goto(f"{guide}/desk-today.html")

    page.locator("[data-chart-canvas]").focus()
    page.keyboard.press("ArrowRight")

    expect(page.locator("#live")).to_have_text("1: Webshop 820, Läden 540")


def test_the_rail_opens_over_a_phone_page(guide: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{guide}/desk-list.html")
    expect(page.locator("#rail")).to_be_hidden()

    page.get_by_role("button", name="Aufgaben").click()

    expect(page.locator("#rail")).to_be_visible()
