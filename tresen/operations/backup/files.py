"""The shop's files: pictures and demo books, in packs that are written once and go as a whole.

A backup names its packs and a list of what is current. A file that is gone takes its pack along:
what else lay in it is packed anew, so that nothing erased lives on in a pack that newer backups
still need. The list of keys (kinds, versions, times) is a file here, too; the keys are not.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import tarfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from pyrage.x25519 import Recipient

from tresen.operations.backup.envelopes import encrypt_bytes, filled_from
from tresen.operations.backup.notes import read_note, write_note
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.target import Stored, Target, put_bytes

FOLDER = "files"
FOLDERS = ("media", "demo", "anchors")
BOOKS = ".sqlite3"
RECIPIENTS = "backup/recipients"
KEY_LIST = "keys/keyring_versions.json"
LEFT_OUT = ("-wal", "-shm", "-journal", ".draft")


@dataclass(frozen=True)
class Packed:
    """`packs` and `listing` are names in the target; `parts` are all of them with their hashes."""

    packs: tuple[str, ...]
    listing: str
    parts: tuple[Stored, ...]


def pack_files(
    places: BackupPlaces, target: Target, *, backup_id: str, to: Sequence[Recipient]
) -> Packed:
    """Only what is new since the last one is packed."""
    current = _current(places.data)
    packs, kept = _still_good(places, target, current)
    new = sorted(set(current) - set(kept))
    name = f"{FOLDER}/{backup_id}.age"
    if new:
        packs[name] = _put_pack(places.data, target, new, name, to)
    listed = {**kept, **{file: {"mark": current[file], "pack": name} for file in new}}
    listing = f"{FOLDER}/{backup_id}.list.age"
    text = json.dumps({file: entry["pack"] for file, entry in listed.items()}).encode()
    stored = put_bytes(target, listing, encrypt_bytes(text, to=to))
    used = sorted({entry["pack"] for entry in listed.values()})
    noted = {used_name: asdict(packs[used_name]) for used_name in used}
    write_note(places.packs, {"files": listed, "packs": noted})
    return Packed(tuple(used), listing, (*(packs[used_name] for used_name in used), stored))


def _still_good(
    places: BackupPlaces, target: Target, current: Mapping[str, str]
) -> tuple[dict[str, Stored], dict[str, dict[str, str]]]:
    """Packs that are there and hold nothing that is gone, and the files in them."""
    note = read_note(places.packs)
    there = set(target.names(FOLDER))
    noted: dict[str, dict[str, str]] = note.get("files", {})
    stale = {entry["pack"] for file, entry in noted.items() if current.get(file) != entry["mark"]}
    packs = {
        name: Stored(**about)
        for name, about in note.get("packs", {}).items()
        if name in there and name not in stale
    }
    return packs, {file: entry for file, entry in noted.items() if entry["pack"] in packs}


def unpack_files(clear: BinaryIO, *, pack: str, listing: Mapping[str, str], into: Path) -> int:
    """Those of this pack that the list calls current; returns how many."""
    count = 0
    root = into.resolve()
    with tarfile.open(fileobj=clear, mode="r|gz") as archive:
        for member in archive:
            place = (root / member.name).resolve()
            if listing.get(member.name) != pack or not place.is_relative_to(root):
                continue
            content = archive.extractfile(member)
            if content is None:
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.read())
            count += 1
    return count


def _current(data: Path) -> dict[str, str]:
    """Each file with a mark that changes when it does."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.name.endswith(LEFT_OUT):
                about = path.stat()
                found[str(path.relative_to(data))] = f"{about.st_size} {about.st_mtime_ns}"
    if (data / RECIPIENTS).exists():
        found[RECIPIENTS] = str((data / RECIPIENTS).stat().st_mtime_ns)
    if versions := _key_versions(data):
        found[KEY_LIST] = json.dumps(versions)
    return found


def _put_pack(
    data: Path, target: Target, names: Sequence[str], name: str, to: Sequence[Recipient]
) -> Stored:
    """The archive is written into a pipe that is encrypted at the other end."""
    read_end, write_end = os.pipe()
    failures: list[Exception] = []

    def work() -> None:
        try:
            with (
                os.fdopen(write_end, "wb") as pipe,
                gzip.GzipFile(fileobj=pipe, mode="wb", compresslevel=1) as packed,
                tarfile.open(fileobj=packed, mode="w|") as archive,
            ):
                for member in names:
                    _add(archive, data, member)
        except Exception as failure:  # told in the thread that waits
            failures.append(failure)

    writer = threading.Thread(target=work, name="pack", daemon=True)
    writer.start()
    with os.fdopen(read_end, "rb", buffering=1 << 20) as pipe:
        stored = target.put(name, filled_from(pipe, to))
    writer.join()
    if failures:
        target.delete(name)
        raise failures[0]
    return stored


def _add(archive: tarfile.TarFile, data: Path, name: str) -> None:
    content = _content(data, name)
    if content is None:
        return
    about = tarfile.TarInfo(name)
    about.size = len(content)
    archive.addfile(about, io.BytesIO(content))


def _content(data: Path, name: str) -> bytes | None:
    """None where it went away meanwhile; a book that is being written is copied in one state."""
    if name == KEY_LIST:
        return json.dumps(_key_versions(data)).encode()
    path = data / name
    try:
        if path.name.endswith(BOOKS):
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as book:
                return book.serialize()
        return path.read_bytes()
    except (OSError, sqlite3.Error):
        return None


def _key_versions(data: Path) -> list[dict[str, object]]:
    """Which keys there are, without the keys."""
    return list(_versions_in(data / "keys" / "keyring.json"))


def _versions_in(path: Path) -> Iterator[dict[str, object]]:
    for key in read_note(path).get("keys", []):
        yield {name: key.get(name) for name in ("kind", "version", "made_at")}
