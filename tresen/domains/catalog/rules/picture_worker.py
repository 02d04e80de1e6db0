"""What the sandbox does with a stranger's file: `rules.pictures.render`, spoken in plain parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from PIL import Image

from tresen.domains.catalog.rules.pictures import FORMATS, Rendered, hash_of, render, too_big
from tresen.domains.catalog.rules.refusals import PictureTooBig, PictureUnreadable

WIDTH_MAX: Final = 20_000
_BEGINNINGS: Final = {"webp": b"RIFF", "jpg": b"\xff\xd8\xff"}


def warm_up() -> None:
    """Load every part of the library that reads or writes, before files are out of reach."""
    Image.init()
    for kind in FORMATS:
        target = BytesIO()
        Image.new("RGB", (2, 2)).save(target, kind)
        with Image.open(BytesIO(target.getvalue()), formats=FORMATS) as picture:
            picture.load()


def answer(_about: Mapping[str, Any], parts: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One file in; about its versions, and they themselves, the original first."""
    try:
        made = render(parts[0])
    except (PictureUnreadable, PictureTooBig) as refusal:
        return {"refused": refusal.code}, []
    about = {
        "extension": made.extension,
        "width": made.width,
        "height": made.height,
        "widths": list(made.versions),
    }
    return about, [made.original, *made.versions.values()]


def rendered_of(content: bytes, about: Mapping[str, Any], parts: Sequence[bytes]) -> Rendered:
    """The worker's answer, believed only as far as it has the form of pictures.

    Raises PictureUnreadable, PictureTooBig.
    """
    if about.get("refused") == PictureTooBig.code:
        raise too_big()
    extension, widths = about.get("extension"), about.get("widths")
    sizes = (about.get("width"), about.get("height"))
    if (
        extension not in _BEGINNINGS
        or not isinstance(widths, list)
        or len(parts) != len(widths) + 1
        or not all(type(size) is int and 0 < size <= WIDTH_MAX for size in (*widths, *sizes))
        or not parts[0].startswith(_BEGINNINGS[extension])
        or not all(part.startswith(_BEGINNINGS["webp"]) for part in parts[1:])
    ):
        raise PictureUnreadable(field="picture")
    return Rendered(
        hash=hash_of(content),
        extension=extension,
        original=parts[0],
        width=int(about["width"]),
        height=int(about["height"]),
        versions=dict(zip(widths, parts[1:], strict=True)),
    )
