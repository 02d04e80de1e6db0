"""Serves the guide with the shop's own security policy and photographs it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, AnyStr

from playwright.sync_api import Browser, sync_playwright

from tools.styleguide.setup import ENTRYPOINTS, ROOT

if TYPE_CHECKING:
    from _typeshed import SupportsRead, SupportsWrite

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'"
)
ANSWERS = {"/de/kueche/": "/list.html"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": 360, "desktop": 1280}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class _Guide(SimpleHTTPRequestHandler):
    """The folder of pages, our static files and the vendored ones."""

    def translate_path(self, path: str) -> str:
        clean = ANSWERS.get(path.partition("?")[0], path.partition("?")[0])
        for prefix, place in (
            ("/static/vendor/", ROOT / "vendor"),
            ("/static/guide/", Path(self.directory) / "guide"),
            ("/static/", ENTRYPOINTS / "static"),
        ):
            if clean.startswith(prefix):
                return str(place / clean.removeprefix(prefix))
        return super().translate_path(clean)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def copyfile(self, source: SupportsRead[AnyStr], outputfile: SupportsWrite[AnyStr]) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the page went elsewhere
            super().copyfile(source, outputfile)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""


def find_chromium() -> str:
    """The browser of this machine, or nothing: `CHROMIUM` first, then the usual names."""
    wanted = os.environ.get("CHROMIUM", "")
    found = (shutil.which(name) for name in (wanted, *CHROMIUM_NAMES) if name)
    return next((path for path in found if path), "")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The guide under an address of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Guide, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browser(executable: str) -> Iterator[Browser]:
    """A browser with a profile of its own that asks nobody anything."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def photograph(folder: Path, *, only: Sequence[str]) -> Iterator[str]:
    """Screenshots of each page at two widths, light and dark; yields what was wrong."""
    with served(folder) as address, browser(find_chromium()) as opened:
        for page in sorted(folder.glob("*.html")):
            if not only or page.stem in only:
                yield from _shots(opened, f"{address}/{page.name}", folder / "shots" / page.stem)


def _shots(opened: Browser, url: str, target: Path) -> Iterator[str]:
    target.parent.mkdir(exist_ok=True)
    page = opened.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{url}: {error}"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(url, wait_until="networkidle")
            page.screenshot(path=f"{target}-{name}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(url, wait_until="networkidle")
    if page.evaluate(SIDEWAYS) > 0:
        said.append(f"{url}: scrolls sideways at 320 px by {page.evaluate(SIDEWAYS)} px")
    page.close()
    yield from said
