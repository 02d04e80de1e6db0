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
"""Of a photograph (JPEG), which is read in a lower resolution; others are unpacked whole."""
UNPACKED_MEGAPIXELS_MAX: Final = 12
MEGAPIXELS_MAX: Final = {"JPEG": PICTURE_MEGAPIXELS_MAX, "PNG": 40}
ORIGINAL_PIXELS_MAX: Final = 2_400
"""The longer edge of what is kept of the original: enough to make wider versions one day."""
ORIGINAL_QUALITY: Final = 92
WEBP_QUALITY: Final = 82
_WEBP_EFFORT: Final = 2
_MEGA: Final = 1_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A picture and its versions: WebP bytes by width in pixels, never wider than the original.

    `width` and `height` are those of the widest version; `original` is drawn anew from the file's
    pixels, so that nothing else that was in the file (place, camera, a second file) is kept.
    """

    hash: str
    extension: str
    original: bytes
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
    """Read, turn upright, shrink, and draw anew. Metadata is left out.

    Raises PictureUnreadable, PictureTooBig (also for a small file that unpacks to a huge area).
    What strangers send is rendered in a sandbox: `rules.picture_worker`.
    """
    if len(content) > PICTURE_MEGABYTES_MAX * _MEGA:
        raise too_big()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        upright = _open(content)
    extension = "webp" if _is_see_through(upright) else "jpg"
    widths = [width for width in WIDTHS if width < upright.width]
    if len(widths) < len(WIDTHS):
        widths.append(upright.width)
    widest = max(widths)
    return Rendered(
        hash=hash_of(content),
        extension=extension,
        original=_original(upright, extension),
        width=widest,
        height=_height_at(upright, widest),
        versions={width: _shrink(upright, width) for width in widths},
    )


def _open(content: bytes) -> Image.Image:
    """Its pixels, at most so many as are kept. A photograph is read in a lower resolution."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as found:
            most = MEGAPIXELS_MAX.get(found.format or "", UNPACKED_MEGAPIXELS_MAX)
            if found.width * found.height > most * _MEGA:
                raise too_big(megapixels=most)
            found.draft("RGB", (ORIGINAL_PIXELS_MAX, ORIGINAL_PIXELS_MAX))
            mode = "RGBA" if _is_see_through(found) else "RGB"
            ImageOps.exif_transpose(found, in_place=True)
            plain = found if found.mode == mode else found.convert(mode)
            plain.thumbnail((ORIGINAL_PIXELS_MAX, ORIGINAL_PIXELS_MAX), Image.Resampling.LANCZOS)
            bare = Image.new(mode, plain.size)
            bare.paste(plain)
            return bare
    except Image.DecompressionBombError as bomb:
        raise too_big() from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as unreadable:
        raise PictureUnreadable(field="picture") from unreadable


def _original(picture: Image.Image, extension: str) -> bytes:
    target = BytesIO()
    if extension == "jpg":
        picture.save(target, "JPEG", quality=ORIGINAL_QUALITY)
    else:
        picture.save(target, "WEBP", quality=ORIGINAL_QUALITY, method=_WEBP_EFFORT)
    return target.getvalue()


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


def too_big(*, megapixels: int = PICTURE_MEGAPIXELS_MAX) -> PictureTooBig:
    return PictureTooBig(
        field="picture",
        params={"megabytes": PICTURE_MEGABYTES_MAX, "megapixels": megapixels},
    )
