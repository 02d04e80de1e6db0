"""The picture files of a batch are taken in, before its transaction begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from tresen.domains.catalog.commands import keep_picture
from tresen.domains.catalog.queries import picture_files
from tresen.domains.catalog.rules.pictures import PICTURE_MEGABYTES_MAX
from tresen.domains.catalog.rules.refusals import PictureTooBig
from tresen.domains.catalog.types import MediaDraft, Part
from tresen.foundation.refusals import Refusal
from tresen.workflows.supplying.catalog_files.faults import PictureFileMissing, RecordFault
from tresen.workflows.supplying.catalog_files.shaped import PictureFile, Shaped
from tresen.workflows.supplying.import_types import ImportOrder, Told
from tresen.workflows.supplying.studio import Studio

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_EVERYTHING: Final = frozenset(Part)
_MEGABYTE: Final = 1_000_000


def keep_pictures(
    batch: Sequence[Shaped], *, order: ImportOrder, studio: Studio, tell: Told, now: datetime
) -> tuple[list[Shaped], frozenset[Part]]:
    """The batch with its pictures, and the parts that may be written.

    A trial run keeps nothing, so that pictures are no part of it. A file that is missing or no
    picture is told, and left out. A name that is a hash we know needs no file.
    """
    if order.is_dry_run:
        return list(batch), _EVERYTHING - {Part.MEDIA}
    hashes = [Path(one.file).stem for shaped in batch for one in shaped.pictures]
    known = picture_files([name for name in hashes if _HASH.fullmatch(name)])
    return [
        _with_media(shaped, known, order, studio, tell, now=now) for shaped in batch
    ], _EVERYTHING


def _with_media(
    shaped: Shaped,
    known: dict[str, str],
    order: ImportOrder,
    studio: Studio,
    tell: Told,
    *,
    now: datetime,
) -> Shaped:
    if not shaped.pictures:
        return shaped
    media = []
    for picture in shaped.pictures:
        try:
            media.append(_medium(picture, known, order.media, studio, now=now))
        except Refusal as refusal:
            tell(
                RecordFault(
                    file=shaped.file,
                    line=shaped.line,
                    sku=shaped.sku,
                    refusal=refusal,
                    left_out=True,
                )
            )
    return replace(shaped, draft=replace(shaped.draft, media=tuple(media)))


def _medium(
    picture: PictureFile,
    known: dict[str, str],
    folder: Path | None,
    studio: Studio,
    *,
    now: datetime,
) -> MediaDraft:
    name = Path(picture.file).stem
    if name not in known:
        content = _content(picture.file, folder)
        name = keep_picture(content, now=now, render=lambda: studio.render(content)).hash
    return MediaDraft(picture=name, alt=picture.alt, position=picture.position, sku=picture.sku)


def _content(file: str, folder: Path | None) -> bytes:
    """Only from inside the folder, whatever the name says."""
    path = (folder / file).resolve() if folder else None
    if folder is None or path is None or not path.is_relative_to(folder.resolve()):
        raise PictureFileMissing(field="pictures", params={"file": file[:200]})
    if not path.is_file():
        raise PictureFileMissing(field="pictures", params={"file": file[:200]})
    if path.stat().st_size > PICTURE_MEGABYTES_MAX * _MEGABYTE:
        raise PictureTooBig(
            field="pictures", params={"megabytes": PICTURE_MEGABYTES_MAX, "megapixels": 60}
        )
    return path.read_bytes()
