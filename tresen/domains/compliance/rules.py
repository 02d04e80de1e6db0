"""Decisions about legal texts. Pure."""

from __future__ import annotations

import hashlib

import nh3

_TAGS = {"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "a", "br", "address", "table", "tr",
         "th", "td", "tbody", "thead", "caption"}  # fmt: skip


def cleaned(html: str) -> str:
    """Only plain structure and links survive."""
    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, link_rel=None)


def digest_of(*, title: str, body_html: str) -> str:
    """The digest an order keeps of the words that were shown."""
    return hashlib.sha256(f"{title}\n{body_html}".encode()).hexdigest()
