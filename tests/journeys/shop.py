"""The whole shop in a folder of its own, and small hands for the pages."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import signal
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tools.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
OPEN_SECONDS_MAX = 420
TOTP_SECONDS = 30
_AT_THE_DOOR = re.compile(r"/account/(login|second-factor|factors/app)/")
_SECRETS: dict[tuple[Path, str], str] = {}
_LAST_STEPS: dict[str, int] = {}


@dataclass(frozen=True)
class OpenShop:
    """A running shop: its address and its folder."""

    address: str
    data: Path

    def password_of(self, username: str) -> str:
        passwords: dict[str, str] = json.loads((self.data / "demo" / "logins.json").read_text())
        return passwords[username]

    def letters(self) -> list[str]:
        return [path.read_text() for path in sorted((self.data / "mail").glob("*.eml"))]


@contextmanager
def opened(data: Path, *, picture_width: int = 800) -> Iterator[OpenShop]:
    """`tresen run` until the block ends; narrow pictures are drawn sooner."""
    port = free_port()
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "TRESEN_DB_ROLE", "TRESEN_DB_PORT", "TRESEN_KEY_FILE"}
    }
    environ |= {"TRESEN_DATA": str(data), "PORT": str(port)}
    environ["TRESEN_DEMO_PICTURE_WIDTH"] = str(picture_width)
    log = data / "opening.log"
    with log.open("w") as output:
        running = subprocess.Popen(
            [str(Path(sys.executable).with_name("tresen")), "run"],
            cwd=ROOT,
            env=environ,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, running, log)
            yield OpenShop(address, data)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)


def totp(secret: str, *, at: float) -> str:
    """The six digits of an authenticator app (RFC 6238, SHA-1, 30 s)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at // TOTP_SECONDS)), hashlib.sha1)
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def sign_in(page: Page, shop: OpenShop, *, username: str = "wiebke") -> None:
    """Name, password, and a second factor that is set up on the way, and known from then on."""
    page.goto(f"{shop.address}/staff/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", shop.password_of(username))
    page.locator("button.button-primary").click()
    page.wait_for_selector("input[name=code]")
    if (shown := page.locator("#totp-secret")).count():
        _SECRETS[shop.data, username] = shown.inner_text()
    code = _next_code(_SECRETS[shop.data, username])
    page.fill("input[name=code]", code)
    page.locator("button.button-primary").click()
    page.wait_for_url(lambda url: not _AT_THE_DOOR.search(url))


def _next_code(secret: str) -> str:
    """A step opens once, and only while it lasts: this one, or the next when this one was used."""
    step = max(int(time.time() // TOTP_SECONDS), _LAST_STEPS.get(secret, 0) + 1)
    while step > time.time() // TOTP_SECONDS:
        time.sleep(1)
    _LAST_STEPS[secret] = step
    return totp(secret, at=step * TOTP_SECONDS)


def fill_address(page: Page, *, name: str = "Erika Beispiel") -> None:
    """A guest who lives in Hamburg."""
    page.fill("#id_name", name)
    page.fill("#id_email", "erika@example.com")
    page.fill("#id_street", "Elbweg 7")
    page.fill("#id_postcode", "22765")
    page.fill("#id_city", "Hamburg")


def plenty(page: Page, shop: OpenShop, path: str, count: int) -> list[str]:
    """Addresses of goods that there are more than a few of, so that journeys do not sell out."""
    page.goto(shop.address + path)
    cards = page.locator(".card", has=page.locator(".availability-ok"))
    return [
        str(cards.nth(place).locator(".card-title a").get_attribute("href"))
        for place in range(count)
    ]


def put_in(page: Page, shop: OpenShop, path: str) -> None:
    """Open a product and put one into the cart."""
    page.goto(shop.address + path)
    page.locator(".buy button.button-primary").click()
    page.wait_for_url("**/cart/")


def _wait(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + OPEN_SECONDS_MAX
    while time.monotonic() < deadline:
        assert running.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(log.read_text()[-3000:])
