"""Icons are our own files, silent unless they mean something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tresen.entrypoints.shared.icons import UnknownIcon, icon_svg

ENTRYPOINTS = Path(__file__).resolve().parents[2]
NAMED = re.compile(r'{%\s*icon\s+"([^"]+)"')


def test_an_icon_beside_words_is_hidden_from_screen_readers() -> None:
    drawn = icon_svg("truck")

    assert 'aria-hidden="true"' in drawn
    assert "<path" in drawn
    assert "<!--" not in drawn


def test_an_icon_that_stands_alone_says_what_it_means() -> None:
    assert 'role="img" aria-label="5 &lt; 6"' in icon_svg("check", label="5 < 6")


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(UnknownIcon):
        icon_svg("no-such-drawing")


@pytest.mark.parametrize("name", ["../../htmx/LICENSE", "truck.svg/../check"])
def test_a_name_that_leaves_the_folder_is_refused(name: str) -> None:
    with pytest.raises(UnknownIcon):
        icon_svg(name)


def test_every_icon_that_a_template_names_is_there() -> None:
    for template in ENTRYPOINTS.rglob("*.html"):
        for name in NAMED.findall(template.read_text("utf-8")):
            assert icon_svg(name), f"{template.name}: {name}"
