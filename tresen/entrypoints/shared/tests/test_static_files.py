"""What changes gets another address; what style sheets name too keeps its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from tresen.entrypoints.shared import static_files


def test_a_style_sheet_is_named_by_its_content() -> None:
    file = Path(str(finders.find("css/storefront.css")))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
    assert static("css/storefront.css") == f"/static/css/storefront.css?v={digest}"


def test_another_content_is_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shop.css"
    monkeypatch.setattr(finders, "find", lambda _name: str(file))
    addresses = set()
    for content in ("a {}", "b {}", "a {}"):
        file.write_text(content)
        static_files._digest.cache_clear()
        addresses.add(static("css/shop.css"))
    static_files._digest.cache_clear()
    assert len(addresses) == 2


@pytest.mark.parametrize("name", ["vendor/fonts/x.woff2", "css/not-there.css"])
def test_fonts_and_what_is_not_there_keep_the_plain_address(name: str) -> None:
    assert static(name) == f"/static/{name}"
