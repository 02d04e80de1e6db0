"""Hands out files of two folders: our style sheets and scripts, and the pictures of goods.

Below Django, because a file needs no session, language or database. What a browser might run is
shown only from the static folder; from the media folder pictures are shown and all else is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final
from urllib.parse import quote

from tresen.entrypoints.shared.shield.headers import INERT_POLICY, fixed_headers

PICTURES: Final[Mapping[str, str]] = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
OWN_FILES: Final[Mapping[str, str]] = {
    **PICTURES,
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
UNKNOWN: Final = "application/octet-stream"
FOR_GOOD: Final = "public, max-age=31536000, immutable"
FOR_AN_HOUR: Final = "public, max-age=3600"
PATH_SIGNS_MAX: Final = 500

Start = Callable[[str, list[tuple[str, str]]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A folder, its route, and what of it browsers show. `named_by_content`: kept for good."""

    route: str
    folder: Path
    types: Mapping[str, str]
    named_by_content: bool = False
    for_others: bool = False
    """Other sites may show these: letters in webmail, previews of a shared link."""


class Files:
    """A WSGI application for the shelves' routes."""

    def __init__(self, shelves: Iterable[Shelf], *, hsts_seconds: int) -> None:
        self.shelves = tuple(shelves)
        self.routes = tuple(shelf.route for shelf in self.shelves)
        fixed = {
            **fixed_headers(hsts_seconds=hsts_seconds),
            "Content-Security-Policy": INERT_POLICY,
        }
        self.headers = {
            shelf.route: tuple(
                (fixed | {"Cross-Origin-Resource-Policy": "cross-origin"}).items()
                if shelf.for_others
                else fixed.items()
            )
            for shelf in self.shelves
        }

    def __call__(self, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        path = _path_of(environ)
        shelf = next(shelf for shelf in self.shelves if path.startswith(shelf.route))
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return self._say(start, shelf, "405 Method Not Allowed", [("Allow", "GET, HEAD")])
        found = _find(shelf.folder, path.removeprefix(shelf.route))
        if found is None:
            return self._say(start, shelf, "404 Not Found", [])
        file, size, moment = found
        mark = f'"{moment:x}-{size:x}"'
        is_kept = shelf.named_by_content or "v=" in environ.get("QUERY_STRING", "")
        told = [("ETag", mark), ("Cache-Control", FOR_GOOD if is_kept else FOR_AN_HOUR)]
        if environ.get("HTTP_IF_NONE_MATCH") == mark:
            start("304 Not Modified", [*told, *self.headers[shelf.route]])
            return ()
        told += _kind(shelf, file)
        told += [
            ("Content-Length", str(size)),
            ("Last-Modified", formatdate(moment / 1_000_000_000, usegmt=True)),
        ]
        start("200 OK", [*told, *self.headers[shelf.route]])
        return () if method == "HEAD" else (file.read_bytes(),)

    def _say(
        self, start: Start, shelf: Shelf, status: str, told: list[tuple[str, str]]
    ) -> Iterable[bytes]:
        words = f"{status}\n".encode()
        told += [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(words))),
            ("Cache-Control", "no-store"),
        ]
        start(status, [*told, *self.headers[shelf.route]])
        return (words,)


def _path_of(environ: Mapping[str, Any]) -> str:
    """WSGI hands paths over as Latin-1 of their bytes."""
    return str(environ.get("PATH_INFO", "")).encode("latin-1", "replace").decode("utf-8", "replace")


def _find(folder: Path, name: str) -> tuple[Path, int, int] | None:
    """A file inside the folder, whatever the name says; no link leads out of it."""
    parts = name.split("/")
    odd = any(part in {"", ".", ".."} or part.startswith(".") for part in parts)
    if odd or "\\" in name or "\0" in name or len(name) > PATH_SIGNS_MAX:
        return None
    root = folder.resolve()
    try:
        file = (root / name).resolve()
        about = file.stat()
    except (OSError, ValueError):
        return None
    if not file.is_relative_to(root) or not S_ISREG(about.st_mode):
        return None
    return file, about.st_size, about.st_mtime_ns


def _kind(shelf: Shelf, file: Path) -> list[tuple[str, str]]:
    """What is not known to be harmless is saved, not shown."""
    kind = shelf.types.get(file.suffix.lower())
    if kind:
        return [("Content-Type", kind)]
    return [
        ("Content-Type", UNKNOWN),
        ("Content-Disposition", f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"),
    ]
