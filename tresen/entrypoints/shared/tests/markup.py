"""Markup without the white space that carries no meaning, for comparing."""

from __future__ import annotations

import re

ASCII_SPACE = re.compile(r"[ \t\r\n]+")


def flat(html: str) -> str:
    """One line, no space beside tags; spaces that do not break stay."""
    return re.sub(r" ?(<[^>]*>) ?", r"\1", ASCII_SPACE.sub(" ", html)).strip()
