"""Pictures of the shelves: three things in a row for each top category, wide as a shop window."""

from dataclasses import dataclass

from tresen.operations.demo.goods_types import LocalizedText
from tresen.operations.demo.pictures.canvas import Parts, moved
from tresen.operations.demo.pictures.colours import COLOURS
from tresen.operations.demo.pictures.raster import paint_webp
from tresen.operations.demo.pictures.shapes.catalogue import SHAPES
from tresen.operations.demo.pictures.solids import Look
from tresen.operations.demo.pictures.stage import PAPERS, background, extent, fitted, shadowed
from tresen.operations.demo.pictures.svg import write_svg

HEADER_WIDTH = 1200
HEADER_HEIGHT = 800
_SIZE = (float(HEADER_WIDTH), float(HEADER_HEIGHT))
_PLACES = ((262.0, 300.0, 430.0), (604.0, 360.0, 540.0), (952.0, 300.0, 400.0))
"""Middle, width and height of the three places; all stand on one level."""
_LEVEL = 668.0


@dataclass(frozen=True, slots=True)
class _Thing:
    shape: str
    colours: tuple[str, ...]
    details: tuple[tuple[str, str], ...] = ()


HEADERS: dict[str, tuple[_Thing, _Thing, _Thing]] = {
    "coffee-tea": (
        _Thing("bag", ("brick", "kraft"), (("label", "wave"),)),
        _Thing("kettle", ("steel", "beech")),
        _Thing("tin", ("harbour", "cream"), (("label", "leaf"),)),
    ),
    "household": (
        _Thing("mug", ("harbour",), (("pattern", "speckle"),)),
        _Thing("pot", ("steel", "walnut")),
        _Thing("blockcandle", ("mustard",)),
    ),
    "bicycle": (
        _Thing("bell", ("brass",)),
        _Thing("pannier", ("mustard",)),
        _Thing("floorpump", ("harbour", "beech")),
    ),
    "stationery": (
        _Thing("inkbottle", ("ink",)),
        _Thing("notebook", ("brick",), (("ruling", "ruled"),)),
        _Thing("book", ("petrol", "straw"), (("label", "fish"),)),
    ),
    "textiles": (
        _Thing("beanie", ("brick",)),
        _Thing("jumper", ("oat", "ink"), (("pattern", "stripes"),)),
        _Thing("blanket", ("sage",)),
    ),
    "outdoor": (
        _Thing("thermos", ("pine", "steel")),
        _Thing("tent", ("moss", "straw")),
        _Thing("rucksack", ("rust", "leather")),
    ),
    "toys": (
        _Thing("softtoy", ("leather", "cream", "brick"), (("animal", "bear"),)),
        _Thing("train", ("brick", "beech")),
        _Thing("stacker", ("beech",)),
    ),
    "electronics": (
        _Thing("alarmclock", ("brick", "cream")),
        _Thing("radio", ("walnut", "oat"), (("case", "wood"),)),
        _Thing("desklamp", ("ink",)),
    ),
}


def draw_header(shelf: str) -> str:
    """The header of a top category as SVG of 1200 by 800."""
    return write_svg(_drawn(shelf), key=f"header-{shelf}", size=_SIZE)


def render_header_webp(shelf: str, *, width: int) -> bytes:
    """The same as WebP, `width` pixels wide and two thirds as high."""
    return paint_webp(_drawn(shelf), width=width, size=_SIZE)


def header_alt_text(shelf: str) -> LocalizedText:
    """The three things by name."""
    names = [SHAPES[thing.shape].name for thing in HEADERS[shelf]]
    german, english = ", ".join(name.de for name in names), ", ".join(name.en for name in names)
    return LocalizedText(de=german[0].upper() + german[1:], en=english[0].upper() + english[1:])


def _drawn(shelf: str) -> Parts:
    parts: list[Parts] = [background(PAPERS[shelf], size=_SIZE)]
    for thing, place in zip(HEADERS[shelf], _PLACES, strict=True):
        parts.append(_placed(thing, place))
    return tuple(part for group in parts for part in group)


def _placed(thing: _Thing, place: tuple[float, float, float]) -> Parts:
    middle, width, height = place
    kind = SHAPES[thing.shape]
    look = Look(tuple(COLOURS[code].hex for code in thing.colours), thing.details, seed=11)
    frame = (width * kind.size, height * kind.size)
    parts = fitted(kind.draw(look), frame=frame, centre=(middle, 400.0))
    low = extent(parts)[3]
    return shadowed(moved(parts, 0.0, _LEVEL - low), kind=kind)
