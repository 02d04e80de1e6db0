"""Draws one demo product in a process of its own: pure, so that the process starts at once."""

from __future__ import annotations

from tresen.domains.catalog.rules.pictures import Rendered, render
from tresen.operations.demo.goods_types import DemoProduct
from tresen.operations.demo.pictures.gallery import pictures_of, render_webp

WIDTH = 800
Drawn = tuple[bytes, Rendered]


def draw_product(product: DemoProduct) -> list[Drawn]:
    """Each picture as it is kept, and its smaller versions; the main one in finer steps."""
    drawn = (render_webp(product, width=WIDTH, picture=picture) for picture in pictures_of(product))
    return [(content, render(content)) for content in drawn]
