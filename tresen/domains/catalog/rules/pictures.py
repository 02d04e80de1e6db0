"""Pictures: what is taken in, and the WebP versions made of it."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from tresen.domains.catalog.rules.refusals import PictureTooBig, PictureUnreadable

WIDTHS: Final = (320, 640, 960)
PICTURE_MEGABYTES_MAX: Final = 20
PICTURE_MEGAPIXELS_MAX: Final = 60
WEBP_QUALITY: Final = 82
_WEBP_EFFORT: Final = 2
_MEGA: Final = 1_000_000
_EXTENSIONS: Final[Mapping[str, str]] = {
    "JPEG": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "AVIF": "avif",
    "GIF": "gif",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A picture and its versions: WebP bytes by width in pixels, never wider than the original.

    `width` and `height` are those of the widest version.
    """

    hash: str
    extension: str
    width: int
    height: int
    versions: Mapping[int, bytes]


def hash_of(content: bytes) -> str:
    """What the picture is called for good."""
    return hashlib.sha256(content).hexdigest()


def url_of(picture: str, *, width: int) -> str:
    """The address of a version; its content never changes, so it may be cached for good."""
    return f"/media/{picture}/{width}.webp"


def folder_file(picture: str, *, name: str) -> str:
    """A file of a picture, relative to the media folder."""
    return f"{picture}/{name}"


def render(content: bytes) -> Rendered:
    """Read, turn upright, and shrink. Metadata is left out.

    Raises PictureUnreadable, PictureTooBig (also for a small file that unpacks to a huge area).
    """
    if len(content) > PICTURE_MEGABYTES_MAX * _MEGA:
        raise _too_big()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        upright, extension = _open(content)
    widths = [width for width in WIDTHS if width < upright.width]
    if len(widths) < len(WIDTHS):
        widths.append(upright.width)
    versions = {width: _shrink(upright, width) for width in widths}
    widest = max(widths)
    return Rendered(
        hash=hash_of(content),
        extension=extension,
        width=widest,
        height=_height_at(upright, widest),
        versions=versions,
    )


def _open(content: bytes) -> tuple[Image.Image, str]:
    try:
        with Image.open(BytesIO(content), formats=list(_EXTENSIONS)) as found:
            if found.width * found.height > PICTURE_MEGAPIXELS_MAX * _MEGA:
                raise _too_big()
            extension = _EXTENSIONS[found.format or ""]
            upright = ImageOps.exif_transpose(found)
            return upright.convert("RGBA" if _is_see_through(upright) else "RGB"), extension
    except Image.DecompressionBombError as bomb:
        raise _too_big() from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as unreadable:
        raise PictureUnreadable(field="picture") from unreadable


def _is_see_through(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def _height_at(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _shrink(picture: Image.Image, width: int) -> bytes:
    size = (width, _height_at(picture, width))
    shrunk = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
    target = BytesIO()
    shrunk.save(target, "WEBP", quality=WEBP_QUALITY, method=_WEBP_EFFORT)
    return target.getvalue()


def _too_big() -> PictureTooBig:
    return PictureTooBig(
        field="picture",
        params={"megabytes": PICTURE_MEGABYTES_MAX, "megapixels": PICTURE_MEGAPIXELS_MAX},
    )
