"""Is everything prepared already? Asked of the files and of the database, without Django.

A later start then opens at once. Whatever differs (a new migration, a changed style sheet, another
translation, an older database brought back from a backup) makes it prepare again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from tresen.operations.postgres.address import libpq_parameters
from tresen.operations.postgres.layout import CHECKOUT

WATCHED = (
    "requirements.lock",
    "tresen/**/migrations/*.py",
    "tresen/entrypoints/static/**/*",
    "tresen/locale/*/parts/*.po",
    "tresen/locale/*/LC_MESSAGES/django.po",
    "tresen/operations/demo/**/*",
    "tresen/workflows/opening/**/*.py",
    "vendor/**/*",
)


def is_prepared(data: Path, environ: Mapping[str, str]) -> bool:
    try:
        noted = _note(data).read_text(encoding="ascii")
    except OSError:
        return False
    return noted == fingerprint(data, environ)


def note_prepared(data: Path, environ: Mapping[str, str]) -> None:
    _note(data).write_text(fingerprint(data, environ), encoding="ascii")


def fingerprint(data: Path, environ: Mapping[str, str], *, checkout: Path = CHECKOUT) -> str:
    """Of the files that preparation reads, of where it writes, and of the tables' state."""
    lines = [str(data), *_files(checkout), *_migrations(data, environ)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _files(checkout: Path) -> Iterator[str]:
    for pattern in WATCHED:
        for path in sorted(checkout.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                about = path.stat()
                yield f"{path.relative_to(checkout)} {about.st_size} {about.st_mtime_ns}"


def _migrations(data: Path, environ: Mapping[str, str]) -> list[str]:
    """What the database says of itself; no answer is an answer, too."""
    try:
        address = make_conninfo("", **libpq_parameters("owner", data=data, environ=environ))
        with psycopg.connect(address) as connection:
            rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            return [f"{app} {name}" for app, name in rows]
    except psycopg.Error as failure:
        return [type(failure).__name__]


def _note(data: Path) -> Path:
    return data / "run" / "prepared"
