"""The colours of both themes keep their distance: WCAG 2.2 AA, computed from the tokens."""

from __future__ import annotations

import re

import pytest

from tools.faces import STATIC

TOKENS = (STATIC / "css" / "parts" / "tokens.css").read_text("utf-8")
TEXT_MIN = 4.5
EDGE_MIN = 3.0
TONES = ("brick", "moss", "amber", "rose", "harbour")
TEXT_PAIRS = [
    *[(tone, ground) for tone in ("ink", "muted", *TONES) for ground in ("paper", "card", "wash")],
    *[(tone, f"{tone}-wash") for tone in TONES],
    *[(word, f"{tone}-wash") for word in ("ink", "muted") for tone in TONES],
    ("harbour-deep", "paper"),
    ("harbour-deep", "card"),
    ("on-harbour", "harbour"),
    ("on-harbour", "harbour-deep"),
    ("paper", "brick"),
    ("paper", "moss"),
    ("paper", "rose"),
    ("paper", "ink"),
]
EDGE_PAIRS = [
    (edge, ground) for edge in ("edge", "harbour", "rose") for ground in ("paper", "card", "wash")
]


def _themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"(:root[^{]*)\{([^{}]*--paper[^{}]*)\}", TOKENS)
    found = {
        selector.strip(): dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", block))
        for selector, block in blocks
    }
    return {
        "light": found[":root"],
        "dark by device": found[':root:not([data-theme="light"])'],
        "dark by choice": found[':root[data-theme="dark"]'],
    }


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", sorted(_themes()))
def test_words_are_readable_on_every_ground(theme: str) -> None:
    colours = _themes()[theme]
    weak = {
        f"{words} on {ground}": round(contrast(colours[words], colours[ground]), 2)
        for words, ground in TEXT_PAIRS
        if contrast(colours[words], colours[ground]) < TEXT_MIN
    }
    assert weak == {}


@pytest.mark.parametrize("theme", sorted(_themes()))
def test_edges_of_fields_and_the_focus_are_visible(theme: str) -> None:
    colours = _themes()[theme]
    weak = {
        f"{edge} on {ground}": round(contrast(colours[edge], colours[ground]), 2)
        for edge, ground in EDGE_PAIRS
        if contrast(colours[edge], colours[ground]) < EDGE_MIN
    }
    assert weak == {}


def test_dark_is_the_same_whether_the_device_or_the_person_asks_for_it() -> None:
    themes = _themes()
    assert themes["dark by device"] == themes["dark by choice"]


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
