"""What holds for every page: headers, cookies, both languages whole, few statements."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

from tresen.domains.catalog.commands import edit_product
from tresen.domains.catalog.queries import find_variant_by_sku, get_draft
from tresen.domains.catalog.tests import make as catalog
from tresen.domains.discovery.types import Sort
from tresen.entrypoints.storefront.nav import forget_shelves
from tresen.entrypoints.storefront.tests.make import HOSTILE, Guest, order_path, orders, statements
from tresen.foundation.actor import SYSTEM
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.listing.rebuild import rebuild_missing

pytestmark = pytest.mark.django_db

SHELF = "/c/kueche/"
LANGUAGES = {"Deutsch", "English"}
"""Each language is called by its own name, whatever the page speaks."""


@pytest.fixture
def stocked(guest: Guest) -> Guest:
    """Tea and mug stand on a shelf, and the lists are built."""
    catalog.category("kueche", de="Küche", en="Kitchen")
    for sku in ("TEA", "MUG"):
        variant = find_variant_by_sku(sku)
        assert variant is not None
        row, draft = get_draft(variant.product_id)
        edit_product(
            product_id=variant.product_id,
            revision=row.revision,
            draft=replace(draft, categories=("kueche",)),
            now=NOON,
            actor=SYSTEM,
        )
    rebuild_missing(clock=lambda: NOON)
    forget_shelves()
    return guest


def pages(guest: Guest) -> dict[str, str]:
    """Addresses below the language, of a guest who has ordered once and fills a cart again."""
    path = guest.order()
    guest.take()
    return {
        "home": "/",
        "category": SHELF if guest.language == "de" else "/c/kitchen/",
        "product": "/p/tee/" if guest.language == "de" else "/p/tea/",
        "search": "/search/?q=tee",
        "no results": "/search/?q=xyzzy",
        "cart": "/cart/",
        "checkout": "/checkout/",
        "order": path,
        "expired": order_path(orders()[0].id, days=-1),
        "legal": "/legal/terms/",
        "nothing": "/nothing-here/",
        "no product": "/p/none/",
    }


def test_every_page_says_what_a_browser_may_load_and_run(stocked: Guest) -> None:
    for name, path in pages(stocked).items():
        answer = stocked.get(path)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "http" not in policy.replace("https://checkout.stripe.com", ""), name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name


def test_no_page_has_a_style_or_script_that_the_policy_would_refuse(stocked: Guest) -> None:
    for name, path in pages(stocked).items():
        page = _Seen()
        page.feed(stocked.get(path).content.decode())
        assert page.inline == [], name
        assert [url for url in page.loaded if not url.startswith(("/", "data:"))] == [], name


def test_the_first_look_sets_no_cookie_but_a_forms_own(stocked: Guest) -> None:
    expected = {
        "/": set(),
        SHELF: set(),
        "/search/?q=tee": set(),
        "/cart/": set(),
        "/legal/terms/": set(),
        "/nothing-here/": set(),
        "/p/tee/": {"csrf"},
    }

    found = {path: set(Client().get(f"/de{path}").cookies) for path in expected}

    assert found == expected


def test_pages_are_kept_by_the_visitors_browser_only(stocked: Guest) -> None:
    for path in ("/", SHELF, "/p/tee/", "/search/?q=tee", "/legal/terms/"):
        answer = stocked.get(path)
        assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}, path
        assert {"Cookie", "HX-Request"} <= set(answer["Vary"].split(", ")), path
    for path in ("/cart/", "/search/suggestions/?q=t"):
        assert "private" in stocked.get(path)["Cache-Control"], path
    stocked.take()
    assert "no-store" in stocked.get("/checkout/")["Cache-Control"]


@pytest.mark.parametrize("path", [SHELF, "/search/", "/search/suggestions/", "/p/tee/", "/cart/"])
def test_hostile_queries_are_answered(stocked: Guest, path: str) -> None:
    names = (
        "q",
        "brand",
        "attr.colour",
        "attr.",
        "stock",
        "sort",
        "seen",
        "price_from",
        "price_to",
    )
    for text in HOSTILE:
        for name in (*names, f"attr.{text[:60]}", text[:60]):
            answer = stocked.browser.get(f"/de{path}", {name: text})
            assert answer.status_code == 200, (name, text)
            assert b"<script>alert" not in answer.content
            assert b"<img src=x" not in answer.content
        moved = stocked.browser.get(f"/de{path}", {"cursor": text, "q": "tee"})
        assert moved.status_code in {200, 302}
        if moved.status_code == 302:
            assert moved["Location"] == f"/de{path}?q=tee"
    many = [(f"attr.a{n}", "x") for n in range(200)] + [("brand", str(n)) for n in range(500)]
    assert stocked.browser.get(f"/de{path}", many).status_code == 200


def test_prices_the_wrong_way_round_are_turned(stocked: Guest) -> None:
    page = stocked.get(f"{SHELF}?price_from=11,50&price_to=10").content.decode()

    assert "Tee" in page
    assert "/p/becher/" not in page


def test_every_sort_is_offered(stocked: Guest) -> None:
    for sort in Sort:
        assert stocked.get(f"{SHELF}?sort={sort.value}").status_code == 200
        assert stocked.get(f"/search/?q=tee&sort={sort.value}").status_code == 200


@pytest.mark.parametrize("slug", ["none", "x" * 300, "-", "a_b"])
def test_unknown_shelves_products_and_texts_are_not_found(stocked: Guest, slug: str) -> None:
    for kind in ("c", "p", "legal"):
        assert stocked.get(f"/{kind}/{slug}/").status_code == 404


def test_an_unknown_host_is_refused(stocked: Guest) -> None:
    answer = stocked.browser.get("/de/", headers={"host": "evil.example"})

    assert answer.status_code == 400


def test_german_pages_have_no_english_sentence_and_english_none_of_german(stocked: Guest) -> None:
    german = _translations()
    checkout = "/checkout/order/"
    for language, foreign in (
        ("de", {english for english, german_ in german.items() if english != german_}),
        ("en", {german_ for english, german_ in german.items() if english != german_}),
    ):
        stocked.language = language
        told = {name: stocked.get(path) for name, path in pages(stocked).items()}
        told["refused"] = stocked.post(checkout, key=stocked.checkout()["key"])
        for name, answer in told.items():
            page = _Seen()
            page.feed(answer.content.decode())
            assert page.language == language, name
            assert sorted((foreign - LANGUAGES) & set(page.texts)) == [], (language, name)


def test_the_statements_of_each_page_are_counted(
    stocked: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 1.0)  # what is remembered stays so
    asked = {
        "home": "/",
        "category": SHELF,
        "search": "/search/?q=tee",
        "product": "/p/tee/",
        "cart": "/cart/",
        "checkout": "/checkout/",
    }
    stocked.take()
    for path in asked.values():
        stocked.get(path)

    counted = {name: statements(partial(stocked.get, path)) for name, path in asked.items()}

    assert counted == {
        "home": 3,
        "category": 3,
        "search": 3,
        "product": 7,
        "cart": 5,
        "checkout": 5,
    }


class _Seen(HTMLParser):
    """What is loaded, what stands in line, and every text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag in {"script", "img", "iframe"} and given.get("src"):
            self.loaded.append(given["src"] or "")
        if tag == "link" and given.get("rel") in {"stylesheet", "preload", "icon"}:
            self.loaded.append(given.get("href") or "")
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self._silent += tag in {"script", "style"}
        self.texts += [
            given[name] or "" for name in ("aria-label", "alt", "title") if name in given
        ]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


def _translations() -> dict[str, str]:
    """English sentences and their German; words that are the same in both left out."""
    with (settings.LOCALE_PATHS[0] / "de" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return dict(_pairs(read_po(file)))


def _pairs(catalogue: object) -> Iterator[tuple[str, str]]:
    for message in catalogue:  # type: ignore[attr-defined]
        if isinstance(message.id, str) and message.id and not message.context:
            yield message.id, message.string
