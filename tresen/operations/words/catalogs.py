"""The catalogues of a language: read, merged and compiled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALES = Path(__file__).resolve().parents[2] / "locale"
LINE_WIDTH = 96

Key = tuple[str | None, str]
"""Context and English text; of a plural its singular."""


@dataclass(frozen=True)
class Merged:
    language: str
    catalog: Catalog
    conflicts: tuple[str, ...]
    """The same words, translated differently in two parts."""


def languages(locales: Path = LOCALES) -> list[str]:
    return sorted(folder.name for folder in locales.iterdir() if _sources(folder))


def merge(language: str, *, locales: Path = LOCALES) -> Merged:
    """The whole catalogue; a part wins over what was merged before."""
    whole = Catalog(locale=language, project="tresen", version="", fuzzy=False)
    whole.header_comment = "# Merged by `tresen messages`; write new words into a file of parts/."
    conflicts = []
    from_parts: dict[Key, str] = {}
    for source in _sources(locales / language):
        is_part = source.parent.name == "parts"
        for message in _messages(source, language):
            key = key_of(message)
            known = from_parts.get(key)
            if is_part and known is not None and whole[key[1], key[0]].string != message.string:  # type: ignore[index]
                conflicts.append(f"{source.name} and {known} translate {key[1]!r} differently")
            if is_part:
                from_parts[key] = source.name
            whole.delete(key[1], key[0])
            whole.add(message.id, message.string, context=message.context, flags=message.flags)
    return Merged(language, whole, tuple(conflicts))


def write_merged(merged: Merged, *, locales: Path = LOCALES) -> bool:
    """True when the file changed."""
    path = _po(locales / merged.language)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        write_po(file, merged.catalog, width=LINE_WIDTH, sort_output=True, omit_header=False)
    after = _without_dates(draft.read_bytes())
    draft.write_bytes(after)
    draft.replace(path)
    return after != before


def compile_words(*, locales: Path = LOCALES) -> list[str]:
    """Make what is older than its sources; returns the languages that were made."""
    made = []
    for language in languages(locales):
        target = _po(locales / language).with_suffix(".mo")
        newest = max(source.stat().st_mtime_ns for source in _sources(locales / language))
        if target.exists() and target.stat().st_mtime_ns >= newest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".mo.draft")
        with draft.open("wb") as file:
            write_mo(file, merge(language, locales=locales).catalog)
        draft.replace(target)
        made.append(language)
    return made


def key_of(message: Message) -> Key:
    singular = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return (message.context, str(singular))


def is_translated(message: Message) -> bool:
    strings: Sequence[str] = (
        message.string if isinstance(message.string, (tuple, list)) else [str(message.string)]
    )
    return bool(strings) and all(strings) and not message.fuzzy


def entries(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _messages(source: Path, language: str) -> list[Message]:
    with source.open("rb") as file:
        return list(entries(read_po(file, locale=language)))


def _sources(folder: Path) -> list[Path]:
    """What was merged first, then the parts in the order of their names."""
    merged = _po(folder)
    return [*([merged] if merged.exists() else []), *sorted(folder.glob("parts/*.po"))]


def _po(folder: Path) -> Path:
    return folder / "LC_MESSAGES" / "django.po"


def _without_dates(text: bytes) -> bytes:
    """Dates in the header would change the file on each run."""
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By')
    return b"".join(line for line in text.splitlines(True) if not line.startswith(dated))
