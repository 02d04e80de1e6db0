"""No template can break the security policy or ask another address for anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ENTRYPOINTS = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ENTRYPOINTS.rglob("*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline handler": re.compile(r"\son[a-z]+\s*="),
    "an htmx handler": re.compile(r"\shx-on\b"),
    "an htmx expression": re.compile(r'hx-(vals|headers)\s*=\s*["\']js:'),
    "a trigger filter": re.compile(r'hx-trigger="[^"]*\['),
    "a script address": re.compile(r"javascript:"),
    "a script without source or nonce": re.compile(
        r'<script(?![^>]*\b(?:src|nonce|type="application/(?:ld\+)?json")\b)[^>]*>'
    ),
    "a referrer of its own, without which forms are refused": re.compile(r'name="referrer"'),
    "another address": re.compile(r'\b(?:src|srcset|href|action)="(?:https?:)?//[^"{]'),
}


def _offences(markup: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(markup)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_policy(template: Path) -> None:
    assert _offences(template.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("markup", "offence"),
    [
        ('<p style="color:red">', "a style attribute"),
        ("<style>p{}</style>", "a style element"),
        ('<a onclick="go()">', "an inline handler"),
        ('<a hx-on:click="go()">', "an htmx handler"),
        ("<a hx-vals='js:{a:1}'>", "an htmx expression"),
        ("<a hx-trigger=\"keyup[key=='x']\">", "a trigger filter"),
        ('<a href="javascript:go()">', "a script address"),
        ("<script>go()</script>", "a script without source or nonce"),
        (
            '<meta name="referrer" content="no-referrer">',
            "a referrer of its own, without which forms are refused",
        ),
        ('<img src="https://cdn.example/a.png">', "another address"),
    ],
)
def test_the_check_itself_finds_each_offence(markup: str, offence: str) -> None:
    assert offence in _offences(markup)


@pytest.mark.parametrize(
    "template",
    [path for path in TEMPLATES if path.name.startswith("_")],
    ids=lambda path: path.name,
)
def test_a_partial_says_what_it_is_given(template: Path) -> None:
    first = template.read_text("utf-8").splitlines()[0]

    assert first.startswith("{# ")
    assert "Given: " in first
