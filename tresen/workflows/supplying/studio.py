"""Where strangers' pictures are rendered: in a sandbox, after a scanner where one is named."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from tresen.domains.catalog.ports import SCANNERS
from tresen.domains.catalog.rules.picture_worker import rendered_of
from tresen.domains.catalog.rules.pictures import (
    PICTURE_MEGABYTES_MAX,
    UNPACKED_MEGAPIXELS_MAX,
    Rendered,
    too_big,
)
from tresen.domains.catalog.rules.refusals import FileInfected, PictureUnreadable
from tresen.foundation.sandbox.box import Box, BoxBroke, OutOfMemory

WORKER = "tresen.domains.catalog.rules.picture_worker"
_MEGA = 1_000_000


class Studio:
    """One child for many pictures; it begins with the first and ends with the block."""

    def __init__(self, box: Box | None = None) -> None:
        self._box = box or Box(WORKER)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._box.close()

    def render(self, content: bytes) -> Rendered:
        """Raises PictureUnreadable, PictureTooBig, FileInfected, ScannerAway."""
        if len(content) > PICTURE_MEGABYTES_MAX * _MEGA:
            raise too_big()
        for name in SCANNERS.names():
            if SCANNERS.take(name).is_infected(content):
                raise FileInfected(field="picture")
        try:
            about, parts = self._box.ask({}, (content,))
        except OutOfMemory as error:
            raise too_big(megapixels=UNPACKED_MEGAPIXELS_MAX) from error
        except BoxBroke as error:
            raise PictureUnreadable(field="picture") from error
        return rendered_of(content, about, parts)
