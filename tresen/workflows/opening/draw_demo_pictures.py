"""The demo's pictures are drawn, on all cores, and taken into the catalogue."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial

from django.conf import settings

from tresen.domains.catalog.commands import keep_picture
from tresen.domains.catalog.rules.pictures import Rendered
from tresen.domains.catalog.types import MediaDraft
from tresen.operations.demo.goods_types import DemoProduct, DemoShop
from tresen.operations.demo.pictures.gallery import pictures_of
from tresen.workflows.opening.draw_product import Drawn, draw_product

CHUNK = 4


def draw_demo_pictures(shop: DemoShop, *, now: datetime) -> dict[str, Sequence[MediaDraft]]:
    """By product code, the main picture first. Call it outside a transaction: it takes seconds."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context) as pool:
        draw = partial(draw_product, width=settings.DEMO_PICTURE_WIDTH)
        drawn = pool.map(draw, shop.products, chunksize=CHUNK)
        return {
            product.code: _kept(product, pictures, now=now)
            for product, pictures in zip(shop.products, drawn, strict=True)
        }


def _kept(product: DemoProduct, drawn: Sequence[Drawn], *, now: datetime) -> list[MediaDraft]:
    """The first picture stands for the product, the others for the variants that look so."""
    media: list[MediaDraft] = []
    for picture, (content, rendered) in zip(pictures_of(product), drawn, strict=True):
        kept = keep_picture(content, now=now, render=partial(_given, rendered))
        alt = {"de": picture.alt.de, "en": picture.alt.en}
        skus = ("",) if not media else picture.skus
        media += [
            MediaDraft(picture=kept.hash, alt=alt, position=len(media) + place, sku=sku)
            for place, sku in enumerate(skus)
        ]
    return media


def _given(rendered: Rendered) -> Rendered:
    """Drawn by ourselves: there is no stranger's file to be read."""
    return rendered
