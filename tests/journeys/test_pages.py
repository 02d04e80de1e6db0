"""Every kind of page: readable for all, still, light, and asking nobody outside the house."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.journeys.shop import OpenShop, fill_address, plenty, put_in, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
WEIGHT_MAX = 300_000
SHIFT_MAX = 0.02
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 400);
})"""
HISTORY = "htmx-current-path-for-history"
"""The path of this very page, kept by htmx until the tab closes, so that «back» works."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def places(chromium: Browser, shop: OpenShop) -> dict[str, str]:
    """One address of each kind of page, the order's included."""
    page = chromium.new_context().new_page()
    (product,) = plenty(page, shop, "/de/search/?q=becher", 1)
    page.goto(f"{shop.address}/de/")
    category = str(page.locator(".tile").first.get_attribute("href"))
    put_in(page, shop, product)
    page.goto(f"{shop.address}/de/checkout/")
    fill_address(page)
    page.locator("input[name=payment][value=bank_transfer]").check()
    page.locator(".order-button").click()
    page.wait_for_url("**/orders/**")
    order = urlsplit(page.url).path
    page.context.close()
    return {
        "home": "/de/",
        "category": category,
        "product": product,
        "search": "/de/search/?q=becher",
        "nothing": "/de/search/?q=xqzwv",
        "legal": "/de/legal/terms/",
        "order": order,
    }


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {violation['nodes'][0]['target']}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
    ]


def _cart_and_checkout(page: Page, shop: OpenShop, places: dict[str, str]) -> list[str]:
    put_in(page, shop, places["product"])
    return ["/de/cart/", "/de/checkout/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page_of_the_shop(
    chromium: Browser, shop: OpenShop, places: dict[str, str], scheme: str
) -> None:
    page = chromium.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
    wrong = {}
    for path in [*places.values(), *_cart_and_checkout(page, shop, places)]:
        page.goto(shop.address + path)
        wrong[path] = _serious(page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_axe_sees_a_planted_fault(page: Page, shop: OpenShop) -> None:
    """Control: the check above can fail."""
    page.goto(f"{shop.address}/de/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")

    assert any(found.startswith("button-name") for found in _serious(page))


def test_axe_finds_nothing_serious_in_the_back_office(page: Page, shop: OpenShop) -> None:
    sign_in(page, shop, username="jonas")
    wrong = {}
    for path in ("today/", "orders/", "products/", "stock/"):
        page.goto(f"{shop.address}/staff/{path}")
        wrong[path] = _serious(page)
    page.goto(f"{shop.address}/staff/orders/")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    wrong["order"] = _serious(page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_nothing_moves_after_it_was_shown(
    chromium: Browser, shop: OpenShop, places: dict[str, str]
) -> None:
    for width in (360, 1280):
        page = chromium.new_context(viewport={"width": width, "height": 800}).new_page()
        for kind in ("home", "category", "product", "search", "order"):
            assert _moved_least(page, shop.address + places[kind]) <= SHIFT_MAX, (kind, width)
        page.context.close()


def _moved_least(page: Page, url: str) -> float:
    """A busy machine brings a font late once; what jumps by itself jumps each time."""
    least = 1.0
    for _ in range(3):
        page.goto(url, wait_until="networkidle")
        least = min(least, page.evaluate(SHIFT))
        if least <= SHIFT_MAX:
            break
    return least


def test_no_page_scrolls_sideways_on_the_smallest_phone(
    chromium: Browser, shop: OpenShop, places: dict[str, str]
) -> None:
    page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    wide = {}
    for path in [*places.values(), *_cart_and_checkout(page, shop, places)]:
        page.goto(shop.address + path)
        wide[path] = page.evaluate(SIDEWAYS)
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


def test_a_category_page_is_light_and_asks_only_this_house(
    profile: BrowserContext, shop: OpenShop, places: dict[str, str]
) -> None:
    page, answers, said = profile.new_page(), [], []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (no builtins)
    page.on("console", lambda message: said.append(message.text))
    page.goto(shop.address + places["category"], wait_until="networkidle")

    outside = {r.url for r in answers if not r.url.startswith((shop.address, "data:"))}
    assert outside == set()
    assert said == []
    assert _weight_without_pictures(answers) <= WEIGHT_MAX
    fetched = "[...document.fonts].filter(f => /Source Sans 3|Bricolage Grotesque/.test(f.family)"
    stand_ins = " && !/stand-in|fallback/i.test(f.family) && f.display !== 'swap').length"
    assert page.evaluate(fetched + stand_ins) == 0
    sized = page.evaluate("[...document.images].every(i => i.width && i.height && i.alt !== null)")
    assert sized


def test_the_first_view_stores_nothing(
    profile: BrowserContext, shop: OpenShop, places: dict[str, str]
) -> None:
    page = profile.new_page()
    for kind in ("home", "category", "search", "legal"):
        page.goto(shop.address + places[kind], wait_until="networkidle")

    assert profile.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == []
    assert set(page.evaluate("Object.keys(sessionStorage)")) <= {HISTORY}


@pytest.mark.drill
@pytest.mark.parametrize("look", list(product(("de", "en"), ("light", "dark"), (360, 1280))))
def test_screens_are_kept_for_people_to_look_at(
    chromium: Browser,
    shop: OpenShop,
    places: dict[str, str],
    screens: Path,
    look: tuple[str, Literal["light", "dark"], int],
) -> None:
    locale, scheme, width = look
    page = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    ).new_page()
    kinds = places if locale == "de" else {"home": "/en/", "search": "/en/search/?q=mug"}
    for kind, path in kinds.items():
        answer = page.goto(shop.address + path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200
        page.screenshot(path=screens / f"{kind}-{locale}-{scheme}-{width}.png", full_page=True)


def _weight_without_pictures(answers: list[Response]) -> int:
    return sum(
        len(answer.body())
        for answer in answers
        if answer.ok and "image" not in answer.headers.get("content-type", "")
    )
