"""One shop and one browser for all journeys of a worker; each journey in a fresh profile."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.shop import ROOT, OpenShop, opened
from tools.styleguide.camera import browser, find_chromium

ARTEFACTS = ROOT / "artefacts" / "screens"
PATIENCE_MS = 30_000
FOLDER_MODE = 0o755


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed with its module: while it runs, Django takes the whole thread for an async one."""
    with browser(_executable()) as running:
        yield running


@pytest.fixture(scope="session")
def shop() -> Iterator[OpenShop]:
    _executable()
    if running_already := os.environ.get("TRESEN_JOURNEY"):  # address,folder: for the inner loop
        address, _, data = running_already.partition(",")
        yield OpenShop(address, Path(data))
        return
    folder = Path(tempfile.mkdtemp(prefix="tresen-journey-")).resolve()
    folder.chmod(FOLDER_MODE)
    try:
        with opened(folder, picture_width=320) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _executable() -> str:
    executable = find_chromium()
    if not executable:
        pytest.skip("no Chromium here (install Debian's chromium, or set CHROMIUM)")
    return executable


@pytest.fixture
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext) -> Page:
    return profile.new_page()


@pytest.fixture(scope="session")
def screens() -> Path:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    return ARTEFACTS
