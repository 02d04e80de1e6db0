"""The README's two pictures, taken from the running shop: `make pictures`."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys.shop import ROOT, OpenShop, fill_address, opened, plenty, put_in, sign_in
from tools.styleguide.camera import browser, find_chromium

FOLDER = ROOT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 860}
QUALITY = 82


def main() -> None:
    """A shop of its own, or the one that TRESEN_JOURNEY names (address,folder)."""
    with browser(find_chromium()) as chromium:
        if running := os.environ.get("TRESEN_JOURNEY"):
            address, _, data = running.partition(",")
            take(chromium, OpenShop(address, Path(data)))
            return
        with tempfile.TemporaryDirectory(prefix="tresen-pictures-") as folder:
            Path(folder).chmod(0o755)
            with opened(Path(folder).resolve()) as shop:
                take(chromium, shop)


def take(chromium: Browser, shop: OpenShop) -> None:
    """A shelf of the shop, and an order in the back office."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = chromium.new_context(viewport=SIZE, locale="en-GB").new_page()
    page.goto(f"{shop.address}/en/", wait_until="networkidle")
    _keep(page, "shop")
    (product,) = plenty(page, shop, "/en/search/?q=mug", 1)
    put_in(page, shop, product)
    page.goto(f"{shop.address}/en/checkout/")
    fill_address(page, name="Ella Example")
    page.locator("input[name=payment][value=bank_transfer]").check()
    page.locator(".order-button").click()
    page.wait_for_url("**/orders/**")
    sign_in(page, shop)
    page.goto(f"{shop.address}/staff/orders/")
    page.locator("main table a").first.click()
    page.wait_for_load_state("networkidle")
    _keep(page, "backoffice")


def _keep(page: Page, name: str) -> None:
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        taken.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
