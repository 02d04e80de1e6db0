"""Draws one demo product in a process of its own: pure, so that the process starts at once."""

from __future__ import annotations

from tresen.domains.catalog.rules.pictures import Rendered, render
from tresen.operations.demo.goods_types import DemoProduct
from tresen.operations.demo.pictures.gallery import pictures_of, render_webp

Drawn = tuple[bytes, Rendered]


def draw_product(product: DemoProduct, *, width: int) -> list[Drawn]:
    """Each picture as it is kept, `width` pixels wide, and its smaller versions."""
    drawn = (render_webp(product, width=width, picture=picture) for picture in pictures_of(product))
    return [(content, render(content)) for content in drawn]
