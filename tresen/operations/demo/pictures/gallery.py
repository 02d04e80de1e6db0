"""Pictures of products: which ones there are, what they show, as SVG and as WebP."""

import hashlib
from dataclasses import dataclass

from tresen.operations.demo.goods_types import DemoProduct, DemoVariant, LocalizedText
from tresen.operations.demo.pictures.canvas import Parts
from tresen.operations.demo.pictures.colours import COLOURS
from tresen.operations.demo.pictures.raster import SUPERSAMPLE, paint_webp
from tresen.operations.demo.pictures.shapes.catalogue import SHAPES
from tresen.operations.demo.pictures.solids import Look
from tresen.operations.demo.pictures.stage import PAPERS, staged
from tresen.operations.demo.pictures.svg import write_svg
from tresen.operations.demo.pictures.words import describe

COLOUR_OPTION = "colour"
_WIRING = frozenset({"by", "vary"})
"""Details that say how options change the picture; they are not drawn themselves."""

Details = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ProductPicture:
    """One picture of a product, 4:5; all variants in `skus` look like this."""

    key: str
    colours: tuple[str, ...]
    details: Details
    skus: tuple[str, ...]
    alt: LocalizedText


def pictures_of(product: DemoProduct) -> tuple[ProductPicture, ...]:
    """All different looks of a product in the order of its variants; the first is the main one."""
    looks: dict[tuple[tuple[str, ...], Details], list[DemoVariant]] = {}
    for variant in product.variants:
        looks.setdefault(_look_of(product, variant), []).append(variant)
    return tuple(
        ProductPicture(
            key=f"{product.code}-{at}" if at > 1 else product.code,
            colours=colours,
            details=details,
            skus=tuple(variant.sku for variant in variants),
            alt=describe(SHAPES[product.picture.shape], colours=colours, details=details),
        )
        for at, ((colours, details), variants) in enumerate(looks.items(), 1)
    )


def draw_picture(product: DemoProduct, picture: ProductPicture | None = None) -> str:
    """The given picture of the product, or its main one, as SVG of 800 by 1000."""
    shown = picture or pictures_of(product)[0]
    return write_svg(_drawn(product, shown), key=shown.key)


def render_webp(
    product: DemoProduct,
    *,
    width: int,
    picture: ProductPicture | None = None,
    supersample: int = SUPERSAMPLE,
) -> bytes:
    """The same as WebP, `width` pixels wide and a quarter higher.

    A supersample of 2 takes two thirds of the time of 3 and shows small steps on steep edges.
    """
    shown = picture or pictures_of(product)[0]
    return paint_webp(_drawn(product, shown), width=width, supersample=supersample)


def alt_text(product: DemoProduct, picture: ProductPicture | None = None) -> LocalizedText:
    """What is to be seen, for those who do not see it."""
    return (picture or pictures_of(product)[0]).alt


def _look_of(product: DemoProduct, variant: DemoVariant) -> tuple[tuple[str, ...], Details]:
    """Colours and details of a variant: a colour chosen replaces one of the product's colours."""
    spec = product.picture
    colours = list(spec.colours)
    chosen = variant.choice_of(COLOUR_OPTION)
    if chosen is not None:
        colours[int(spec.detail("vary", "0"))] = chosen
    details = {name: value for name, value in spec.details if name not in _WIRING}
    by = spec.detail("by", "")
    choice = variant.choice_of(by) if by else None
    if choice is not None:
        details[by] = choice
    return tuple(colours), tuple(details.items())


def _drawn(product: DemoProduct, picture: ProductPicture) -> Parts:
    kind = SHAPES[product.picture.shape]
    look = Look(
        colours=tuple(COLOURS[code].hex for code in picture.colours),
        details=picture.details,
        seed=int.from_bytes(hashlib.sha256(picture.key.encode()).digest()[:6], "big"),
    )
    return staged(kind, kind.draw(look), paper=PAPERS[product.shelf])
