"""The shop's own sign: a cupboard with two doors and the word Schapp, drawn without any font."""

from tresen.operations.demo.pictures.canvas import (
    Outline,
    Parts,
    both,
    box,
    curve,
    fill,
    line,
    moved,
    oval,
    route,
    scaled,
)
from tresen.operations.demo.pictures.raster import paint_png
from tresen.operations.demo.pictures.svg import write_svg

BRICK = "#A63D2B"
INK = "#16202B"
PAPER = "#FBF8F3"
SIGN_SIZE = (604.0, 160.0)
ICON_SIZE = (64.0, 64.0)
PEN = 15.0
"""Width of the lines of the word."""


def draw_sign(*, ink: str = INK, brick: str = BRICK) -> str:
    """Mark and word, 604 by 160, on nothing; give lighter colours for dark paper."""
    parts = (*moved(scaled(_cupboard(brick), 2.0, (0, 0)), 18, 16), *_word(ink))
    return write_svg(parts, key="sign", size=SIGN_SIZE)


def draw_favicon() -> str:
    """The mark alone, white on brick, 64 by 64."""
    return write_svg(_icon(), key="icon", size=ICON_SIZE)


def render_icon_png(*, width: int) -> bytes:
    """The mark as PNG for home screens and old browsers; square, no transparency."""
    return paint_png(_icon(), width=width, size=ICON_SIZE)


def _icon() -> Parts:
    ground = fill(box(0, 0, 64, 64, 0), BRICK)
    return (ground, *moved(scaled(_cupboard(PAPER), 0.72, (0, 0)), 9.0, 9.0))


def _cupboard(colour: str) -> Parts:
    """A cupboard of 64 by 64: cornice, two doors with knobs, feet."""
    return (
        fill(box(2, 2, 60, 8, 3), colour),
        fill(
            both(box(7, 13, 50, 42, 3), box(12, 18, 18, 32, 1.5), box(34, 18, 18, 32, 1.5)), colour
        ),
        fill(oval(26.5, 34, 2.2), colour),
        fill(oval(37.5, 34, 2.2), colour),
        fill(box(10, 57, 8, 6, 2), colour),
        fill(box(46, 57, 8, 6, 2), colour),
    )


def _word(ink: str) -> Parts:
    """Schapp in six drawn letters with even strokes; x-height 58, line at 118."""
    letters: tuple[Outline, ...] = (
        curve("M 222 52 C 210 36 178 38 178 60 C 178 86 224 74 224 98 C 224 122 186 124 174 106"),
        curve("M 286 72 C 270 54 244 68 244 89 C 244 110 270 124 286 106"),
        route((308, 28), (308, 117)),
        curve("M 308 84 C 314 58 350 54 350 84 L 350 117"),
        oval(399, 89, 27, 28),
        route((426, 62), (426, 117)),
        oval(477, 89, 27, 28),
        route((450, 62), (450, 150)),
    )
    last = (oval(559, 89, 27, 28), route((532, 62), (532, 150)))
    return tuple(line(outline, ink, PEN) for outline in (*letters, *last))
