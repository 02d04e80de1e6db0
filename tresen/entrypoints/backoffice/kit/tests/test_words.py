"""Every word of the faces has its German one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import polib  # type: ignore[import-untyped]
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ENTRYPOINTS = Path(__file__).resolve().parents[3]
PARTS = ENTRYPOINTS.parent / "locale" / "de" / "parts"
FOLDERS = ("backoffice/kit", "storefront/_parts", "shared")
FILES = ("storefront/base.html", "backoffice/base.html")
KEYWORDS: dict[str, object] = {
    "gettext": None,
    "_": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Word = tuple[str, str]


def _sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for kind in ("*.html", "*.py"):
            yield from (ENTRYPOINTS / folder).glob(kind)
    yield from (ENTRYPOINTS / file for file in FILES)


def _code(source: Path) -> str:
    text = source.read_text("utf-8")
    if source.suffix == ".py":
        return text
    return "\n".join(line.lstrip() for line in templatize(text).splitlines())


def _words() -> Iterator[tuple[Word, Path]]:
    for source in _sources():
        file = io.BytesIO(_code(source).encode())
        for _, function, message, _ in extract_python(file, KEYWORDS, [], {}):  # type: ignore[arg-type]
            said = message if isinstance(message, tuple) else (message,)
            context = said[0] if function and function.startswith("p") else ""
            yield (str(context), str(said[1] if context else said[0])), source


def _german() -> dict[Word, str]:
    return {
        (entry.msgctxt or "", entry.msgid): entry.msgstr or "".join(entry.msgstr_plural.values())
        for part in PARTS.glob("*.po")
        for entry in polib.pofile(str(part))
    }


def test_every_word_of_the_faces_is_german_too() -> None:
    german = _german()
    spoken = list(_words())

    missing = {f"{source.name}: {word}" for word, source in spoken if not german.get(word)}

    assert len(spoken) > 100
    assert missing == set()
