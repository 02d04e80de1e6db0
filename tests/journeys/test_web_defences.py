"""In a real browser: honest pages break no policy of ours, and hostile words never run.

Every alert that a hostile word would call is counted by the page itself.
"""

from __future__ import annotations

import email
import re
from email.policy import default
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.journeys.shop import OpenShop, fill_address, plenty, put_in, sign_in
from tresen.entrypoints.shared.shield.headers import NONCE_PLACE, page_policy

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
EARS = """
window.__broken = []; window.__run = 0;
addEventListener("securitypolicyviolation", (event) =>
  window.__broken.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
window.alert = window.confirm = window.prompt = () => { window.__run += 1; };
"""
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "{{constructor.constructor('alert(1)')()}}",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<div hx-on:load=alert(1) hx-get=/x hx-trigger=load>",
    "<template><script>alert(1)</script></template>",
    "</title></textarea></script><script>alert(1)</script>",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */onerror=alert(1) )//",
    "<details open ontoggle=alert(1)>",
)
DEEDS = (
    "(0, eval)('alert(1)');",
    "new Function('alert(1)')();",
    "setTimeout('alert(1)', 0);",
    "const s = document.createElement('script'); s.text = 'alert(1)'; document.body.append(s);",
    "const t = document.createElement('div'); t.setAttribute('onclick', 'alert(1)'); t.click();",
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>');",
    "document.write('<script>alert(1)</' + 'script>');",
)
"""Ways from a string to a script."""
FIELDS = ("name", "street", "extra", "city", "company")


def listening(context: BrowserContext) -> Page:
    context.add_init_script(EARS)
    return context.new_page()


def heard(page: Page) -> tuple[list[str], int]:
    """Which policies were broken on this page, and how many hostile words ran."""
    return page.evaluate("[window.__broken ?? [], window.__run ?? 0]")


def _note(page: Page, broken: dict[str, list[str]], what: str) -> None:
    page.wait_for_load_state("networkidle")
    if found := heard(page)[0]:
        broken[what] = found


def _walk_through_the_shop(page: Page, shop: OpenShop, broken: dict[str, list[str]]) -> None:
    (product,) = plenty(page, shop, "/de/search/?q=becher", 1)
    page.locator(".facets input[type=checkbox]").first.check()
    page.wait_for_timeout(600)
    _note(page, broken, "filters")
    page.fill("#search-words", "tee")
    page.wait_for_selector("#suggestions a")
    _note(page, broken, "suggestions")
    for path in ("/de/", product, "/de/safe-shopping/", "/de/legal/terms/", "/de/nothing/"):
        page.goto(shop.address + path)
        _note(page, broken, path)
    put_in(page, shop, product)
    _note(page, broken, "cart")


def _order(page: Page, shop: OpenShop, broken: dict[str, list[str]]) -> None:
    page.goto(f"{shop.address}/de/checkout/")
    fill_address(page)
    for delivery in (page.locator("input[name=delivery]").nth(place) for place in (1, 0)):
        with page.expect_response(lambda answer: "/checkout/" in answer.url):
            delivery.check()
        _note(page, broken, "checkout")
    page.locator("input[name=payment][value=bank_transfer]").check()
    page.locator(".order-button").click()
    page.wait_for_url("**/orders/**")
    _note(page, broken, "order")


def test_an_honest_walk_breaks_no_policy(profile: BrowserContext, shop: OpenShop) -> None:
    page, said = listening(profile), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    broken: dict[str, list[str]] = {}

    _walk_through_the_shop(page, shop, broken)
    _order(page, shop, broken)
    sign_in(page, shop, username="antje")
    for path in ("today/", "orders/", "products/", "stock/"):
        page.goto(f"{shop.address}/staff/{path}")
        _note(page, broken, path)
    page.goto(f"{shop.address}/staff/orders/")
    page.locator("main table a").first.click()
    _note(page, broken, "order of the back office")

    assert broken == {}
    assert [words for words in said if "404" not in words] == []


def _order_with_hostile_words(page: Page, shop: OpenShop) -> None:
    (product,) = plenty(page, shop, "/de/search/?q=becher", 1)
    put_in(page, shop, product)
    page.goto(f"{shop.address}/de/checkout/")
    fill_address(page)
    for place, field in enumerate(FIELDS):
        box = page.locator(f"#id_{field}")
        if box.count():
            words = HOSTILE[place] + HOSTILE[place + len(FIELDS)]
            box.evaluate("(f, words) => { f.maxLength = 9999; f.value = words; }", words[:100])
    page.locator("input[name=payment][value=bank_transfer]").check()
    page.locator(".order-button").click()
    page.wait_for_load_state("networkidle")


def _run_in_the_search(page: Page, shop: OpenShop) -> int:
    ran = 0
    for words in HOSTILE:
        page.goto(f"{shop.address}/de/search/?{urlencode({'q': words})}")
        page.fill("#search-words", words)
        page.wait_for_timeout(300)
        ran += heard(page)[1]
    return ran


def _run_in_the_letters(page: Page, shop: OpenShop) -> tuple[int, int]:
    """How many letters were opened without any policy, and what ran in them."""
    letters = ran = 0
    for text in shop.letters()[-5:]:
        part = email.message_from_string(text, policy=default).get_body(("html",))
        if part is not None:
            page.goto("about:blank")
            page.set_content(part.get_content())
            page.wait_for_timeout(200)
            ran += heard(page)[1]
            letters += 1
    return letters, ran


def test_hostile_words_of_a_customer_run_nowhere(profile: BrowserContext, shop: OpenShop) -> None:
    page = listening(profile)
    _order_with_hostile_words(page, shop)
    ran = heard(page)[1] + _run_in_the_search(page, shop)
    sign_in(page, shop, username="jonas")
    page.goto(f"{shop.address}/staff/orders/")
    ran += heard(page)[1]
    page.locator("main table .row-link").first.click()
    page.wait_for_load_state("networkidle")
    ran += heard(page)[1]
    letters, in_letters = _run_in_the_letters(page, shop)
    assert letters
    assert ran + in_letters == 0


@pytest.mark.parametrize("words", HOSTILE)
def test_what_reached_a_page_unescaped_is_stopped_by_the_policy(
    chromium: Browser, shop: OpenShop, words: str
) -> None:
    """A template that forgot to escape, planted here, under our policy."""
    assert _planted(chromium, shop, words, policy=_policy()) == 0


def test_without_policy_and_escaping_they_run(chromium: Browser, shop: OpenShop) -> None:
    """Control: the corpus is alive."""
    alive = [words for words in HOSTILE if _planted(chromium, shop, words, policy="")]
    assert len(alive) >= 6


def test_htmx_puts_in_only_what_was_cleaned(chromium: Browser, shop: OpenShop) -> None:
    """Trusted Types: an answer with hostile markup loses its teeth before it stands in the page."""
    page = listening(chromium.new_context())

    def poisoned(route: Route) -> None:
        body = '<a href="#kept" id="kept" onclick="alert(1)">kept</a>' + "".join(HOSTILE)
        route.fulfill(status=200, content_type="text/html", body=body)

    page.route("**/search/suggestions/**", poisoned)
    page.goto(f"{shop.address}/de/")
    page.fill("#search-words", "tee")
    page.wait_for_selector("#suggestions #kept")
    page.wait_for_timeout(300)
    page.locator("#kept").dispatch_event("click")
    assert heard(page)[1] == 0
    markup = page.locator("#suggestions").inner_html()
    assert not re.search(r"<script|<iframe|onerror|onload|onclick|ontoggle|hx-on", markup)
    page.context.close()


def test_a_string_becomes_no_markup_and_no_script_by_any_other_way(
    chromium: Browser, shop: OpenShop
) -> None:
    assert _done_by_strings(chromium.new_context(), shop) == 0


def test_without_the_policy_strings_become_scripts(chromium: Browser, shop: OpenShop) -> None:
    """Control: the ways from a string to a script are ways."""
    assert _done_by_strings(chromium.new_context(bypass_csp=True), shop) >= 4


def _done_by_strings(context: BrowserContext, shop: OpenShop) -> int:
    """From a timer: what a debugger runs itself may do more than a page."""
    page = listening(context)
    page.goto(f"{shop.address}/de/")
    deeds = " ".join(f"try {{ {deed} }} catch {{}}" for deed in DEEDS)
    page.evaluate(f"() => {{ setTimeout(() => {{ {deeds} }}, 0); }}")
    page.wait_for_timeout(300)
    ran = heard(page)[1]
    context.close()
    return ran


def _policy() -> str:
    return page_policy(form_targets=(), https=False).replace(NONCE_PLACE, "bm9uY2Vub25jZW5vbmNl")


def _planted(chromium: Browser, shop: OpenShop, words: str, *, policy: str) -> int:
    context = chromium.new_context()
    page = listening(context)
    headers = {"Content-Security-Policy": policy} if policy else {}

    def answer(route: Route) -> None:
        body = f"<!doctype html><title>x</title><body><p id=here>{words}</p>"
        route.fulfill(status=200, content_type="text/html", body=body, headers=headers)

    page.route("**/de/planted/", answer)
    page.goto(f"{shop.address}/de/planted/")
    page.wait_for_timeout(250)
    for link in page.locator("a").all():
        link.click(no_wait_after=True, timeout=1_000)
    page.wait_for_timeout(100)
    ran = heard(page)[1]
    context.close()
    return int(ran)
