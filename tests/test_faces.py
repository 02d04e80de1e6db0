"""What the pages load is fresh, small and of our own address."""

from __future__ import annotations

import re

import pytest

from tools.faces import CSS, JS, STATIC, joined, stale
from tools.vendor import VENDOR

CSS_BYTES_MAX = 40_000
STOREFRONT_JS_BYTES_MAX = 70_000


def test_the_delivered_files_match_their_parts() -> None:
    assert stale() == []


def test_every_part_is_delivered_by_a_face() -> None:
    for kind, faces in (("css", CSS), ("js", JS)):
        parts = {path.stem for path in (STATIC / kind / "parts").glob(f"*.{kind}")}
        assert parts == {part for face in faces.values() for part in face}


@pytest.mark.parametrize("face", sorted(CSS))
def test_a_face_needs_little_css(face: str) -> None:
    assert (STATIC / "css" / f"{face}.css").stat().st_size <= CSS_BYTES_MAX


def test_a_shop_page_needs_little_javascript() -> None:
    files = [
        VENDOR / "htmx" / "htmx.min.js",
        STATIC / "js" / "theme.js",
        STATIC / "js" / "storefront.js",
    ]
    assert sum(file.stat().st_size for file in files) <= STOREFRONT_JS_BYTES_MAX


def test_styles_ask_nothing_of_other_addresses() -> None:
    for content in joined().values():
        assert re.findall(r"https?://|//[a-z0-9.-]+\.[a-z]{2,}/", content) == []


def test_every_font_that_the_styles_name_is_vendored() -> None:
    named = re.findall(r'url\("\.\./vendor/([^"]+)"\)', (STATIC / "css/storefront.css").read_text())
    assert named
    assert [name for name in named if not (VENDOR / name).is_file()] == []
