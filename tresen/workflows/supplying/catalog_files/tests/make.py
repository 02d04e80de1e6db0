"""Small builders for files and records."""

from __future__ import annotations

import gzip
import json
import zipfile
from io import BytesIO
from pathlib import Path

from tresen.workflows.supplying.catalog_files.mapping_file import parse_mapping
from tresen.workflows.supplying.catalog_files.mapping_types import FieldRule, FileMapping, Target
from tresen.workflows.supplying.catalog_files.records import Reading, Record, read_records
from tresen.workflows.supplying.catalog_files.sources import Source, opened


def source(content: bytes, *, kind: str = "json", name: str = "goods") -> Source:
    raw = BytesIO(content)
    return Source(name=name, format=kind, stream=raw, raw=raw, size=len(content))


def records(
    content: bytes | str, *, kind: str = "json", reading: Reading | None = None
) -> list[Record]:
    given = content.encode() if isinstance(content, str) else content
    return list(read_records(source(given, kind=kind), reading=reading or Reading()))


def file_records(path: Path) -> list[tuple[str, Record]]:
    found = []
    with opened(path) as sources:
        for one in sources:
            found += [(one.name, record) for record in read_records(one, reading=Reading())]
    return found


def json_file(folder: Path, rows: object, *, name: str = "goods.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def gz_file(folder: Path, content: bytes, *, name: str = "goods.json.gz") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(content))
    return path


def zip_file(folder: Path, members: dict[str, bytes], *, name: str = "goods.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def mapping(text: str) -> FileMapping:
    return parse_mapping(text, name="mapping.toml")


def rule(target: Target, **more: object) -> FieldRule:
    given: dict[str, object] = {"name": "field", "locale": "de", "sources": ("x",), "line": 1}
    return FieldRule(target=target, **{**given, **more})  # type: ignore[arg-type]
