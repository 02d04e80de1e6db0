"""The demo shop's legal texts: HTML files with places for the store's own data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoText:
    """One text in one language; the title is the file's heading."""

    kind: str
    locale: str
    title: str
    body_html: str


def demo_texts(places: Mapping[str, str]) -> Iterator[DemoText]:
    """All texts, filled in. `places`: legal_name, street, postcode, city, email, phone, …"""
    for file in sorted(FOLDER.glob("*/*.html")):
        heading, _, body = file.read_text(encoding="utf-8").partition("\n")
        yield DemoText(
            kind=file.stem,
            locale=file.parent.name,
            title=heading.removeprefix("<h1>").removesuffix("</h1>"),
            body_html=body.strip().format(**places),
        )
