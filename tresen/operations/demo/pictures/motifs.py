"""Small signs for labels and cloth: each is drawn in a square around a centre."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tresen.operations.demo.goods_types import LocalizedText
from tresen.operations.demo.pictures.canvas import (
    Parts,
    both,
    box,
    curve,
    fill,
    line,
    moved,
    oval,
    poly,
    route,
    scaled,
)


@dataclass(frozen=True, slots=True)
class Motif:
    """A sign of 100 by 100 around (0, 0), and what it shows."""

    draw: Callable[[str], Parts]
    name: LocalizedText


def motif(name: str, *, at: tuple[float, float], size: float, colour: str) -> Parts:
    """The named sign, `size` wide, centred on `at`."""
    parts = scaled(MOTIFS[name].draw(colour), size / 100, (0, 0))
    return moved(parts, at[0], at[1])


def _wave(c: str) -> Parts:
    rows = []
    for level in (-22, 6, 34):
        words = f"M -46 {level} C -30 {level - 26} -14 {level - 26} 0 {level - 6}"
        words += f" C 14 {level + 12} 30 {level + 12} 46 {level - 12}"
        rows.append(line(curve(words), c, 9))
    return tuple(rows)


def _moon(c: str) -> Parts:
    sickle = "M 14 -46 C -26 -46 -46 -20 -42 8 C -38 38 -8 54 22 44 C -2 34 -14 14 -12 -8"
    return (
        fill(curve(sickle + " C -10 -26 0 -40 14 -46 Z"), c),
        fill(oval(28, -18, 5), c),
        fill(oval(38, 12, 3.5), c),
    )


def _sun(c: str) -> Parts:
    rays = []
    for at in range(12):
        angle = math.tau * at / 12
        cos, sin = math.cos(angle), math.sin(angle)
        rays.append(line(route((32 * cos, 32 * sin), (46 * cos, 46 * sin)), c, 6))
    return (fill(oval(0, 0, 23), c), *rays)


def _hills(c: str) -> Parts:
    return (
        fill(oval(20, -26, 12), c),
        fill(curve("M -50 36 C -34 -8 -18 -14 0 14 C 14 -4 32 0 50 36 Z"), c),
    )


def _stripes(c: str) -> Parts:
    return tuple(fill(box(-46, level, 92, 12, 6), c) for level in (-38, -10, 18))


def _blocks(c: str) -> Parts:
    return (
        fill(box(-42, 2, 38, 38, 3), c),
        fill(oval(23, 21, 20), c),
        fill(poly((-10, -4), (10, -42), (30, -4)), c),
    )


def _leaf(c: str) -> Parts:
    blade = "M -36 40 C -46 -10 -8 -44 42 -44 C 44 6 12 44 -36 40 Z"
    return (fill(curve(blade), c), line(curve("M -46 48 C -20 20 -4 4 24 -26"), "#FFFFFF", 4, 0.6))


def _rain(c: str) -> Parts:
    places = ((-30, -34), (4, -40), (36, -30), (-14, -2), (20, 2), (-34, 26), (4, 34), (36, 30))
    return tuple(line(route((x + 5, y - 8), (x - 5, y + 12)), c, 7) for x, y in places)


def _flower(c: str) -> Parts:
    petals = []
    for at in range(7):
        angle = math.tau * at / 7
        petals.append(fill(oval(27 * math.cos(angle), 27 * math.sin(angle), 15), c))
    return (*petals, fill(oval(0, 0, 13), "#FFFFFF", 0.75))


def _crystal(c: str) -> Parts:
    return (
        fill(poly((-12, -46), (22, -30), (28, 22), (-6, 46), (-34, 20), (-36, -22)), c),
        line(route((-12, -46), (-6, 2), (28, 22)), "#FFFFFF", 4, 0.6),
        line(route((-36, -22), (-6, 2), (-6, 46)), "#FFFFFF", 4, 0.6),
    )


def _rings(c: str) -> Parts:
    return tuple(line(oval(0, 0, r), c, 7) for r in (14, 28, 42))


def _peak(c: str) -> Parts:
    return (
        fill(poly((-48, 38), (-8, -40), (14, 2), (26, -16), (50, 38)), c),
        fill(poly((-20, -16), (-8, -40), (4, -17), (-8, -8)), "#FFFFFF", 0.7),
    )


def _comb(c: str) -> Parts:
    teeth = [fill(box(x, -8, 8, 44, 4), c) for x in (-42, -25, -8, 9, 26)]
    return (fill(box(-46, -36, 84, 26, 8), c), *teeth)


def _flame(c: str) -> Parts:
    outer = "M 2 -48 C 34 -12 34 8 30 22 C 24 42 -24 46 -32 18 C -38 -4 -10 -16 2 -48 Z"
    inner = "M 2 0 C 14 14 16 34 0 36 C -16 34 -12 16 2 0 Z"
    return (fill(curve(outer), c), fill(curve(inner), "#FFFFFF", 0.6))


def _wheel(c: str) -> Parts:
    spokes = []
    for at in range(8):
        angle = math.tau * at / 8
        spokes.append(line(route((0, 0), (38 * math.cos(angle), 38 * math.sin(angle))), c, 3.5))
    return (line(oval(0, 0, 40), c, 9), *spokes, fill(oval(0, 0, 9), c))


def _chevron(c: str) -> Parts:
    return tuple(line(route((-36, y + 24), (0, y), (36, y + 24)), c, 11) for y in (-38, -10, 18))


def _nib(c: str) -> Parts:
    return (
        fill(curve("M -24 -44 L 24 -44 C 32 -8 16 20 0 48 C -16 20 -32 -8 -24 -44 Z"), c),
        line(route((0, 44), (0, -6)), "#FFFFFF", 4, 0.75),
        fill(oval(0, -10, 8), "#FFFFFF", 0.75),
    )


def _book(c: str) -> Parts:
    left = "M -2 -28 C -16 -38 -34 -38 -46 -32 L -46 30 C -34 24 -16 24 -2 34 Z"
    right = "M 2 -28 C 16 -38 34 -38 46 -32 L 46 30 C 34 24 16 24 2 34 Z"
    return (fill(curve(left), c), fill(curve(right), c))


def _cross(c: str) -> Parts:
    return tuple(
        line(route((x - 13, y - 13), (x + 13, y + 13)), c, 7) for x in (-28, 28) for y in (-28, 28)
    ) + tuple(
        line(route((x + 13, y - 13), (x - 13, y + 13)), c, 7) for x in (-28, 28) for y in (-28, 28)
    )


def _knot(c: str) -> Parts:
    return (
        line(curve("M -46 12 C -18 -44 30 -40 30 -4 C 30 28 -10 30 -14 2"), c, 9),
        line(curve("M 46 -12 C 18 44 -30 40 -30 4 C -30 -28 10 -30 14 -2"), c, 9),
    )


def _plug(c: str) -> Parts:
    return (
        fill(curve("M -30 -16 L 30 -16 L 30 2 C 30 26 14 32 0 32 C -14 32 -30 26 -30 2 Z"), c),
        fill(box(-20, -44, 11, 28, 4), c),
        fill(box(9, -44, 11, 28, 4), c),
        line(route((0, 30), (0, 48)), c, 8),
    )


def _door(c: str) -> Parts:
    frame = both(box(-40, -46, 80, 92, 8), box(-31, -37, 28, 74, 3), box(3, -37, 28, 74, 3))
    return (fill(frame, c), fill(oval(-10, 2, 4.5), c), fill(oval(10, 2, 4.5), c))


def _star(c: str) -> Parts:
    points = []
    for at in range(10):
        radius = 46 if at % 2 == 0 else 19
        angle = math.tau * at / 10 - math.pi / 2
        points.append((radius * math.cos(angle), radius * math.sin(angle)))
    return (fill(poly(*points), c),)


def _boat(c: str) -> Parts:
    return (
        fill(curve("M -44 18 L 44 18 C 38 40 26 44 12 44 L -18 44 C -32 44 -40 34 -44 18 Z"), c),
        fill(poly((-4, -46), (-4, 8), (-38, 8)), c),
        fill(poly((6, -34), (6, 8), (34, 8)), c),
    )


def _gull(c: str) -> Parts:
    wings = "M -48 -6 C -30 -34 -12 -26 0 6 C 12 -26 30 -34 48 -6 C 30 -16 16 -10 0 26"
    return (fill(curve(wings + " C -16 -10 -30 -16 -48 -6 Z"), c),)


def _fish(c: str) -> Parts:
    return (
        fill(curve("M -44 0 C -24 -32 12 -32 26 0 C 12 32 -24 32 -44 0 Z"), c),
        fill(poly((20, 0), (46, -24), (46, 24)), c),
        fill(oval(-24, -5, 5), "#FFFFFF", 0.85),
    )


def _drop(c: str) -> Parts:
    return (
        fill(curve("M 0 -46 C 22 -14 32 4 32 18 C 32 54 -32 54 -32 18 C -32 4 -22 -14 0 -46 Z"), c),
    )


def _dots(c: str) -> Parts:
    return tuple(fill(oval(x, y, 9), c) for x in (-32, 0, 32) for y in (-32, 0, 32))


def _motif(draw: Callable[[str], Parts], de: str, en: str) -> Motif:
    return Motif(draw, LocalizedText(de=de, en=en))


MOTIFS: dict[str, Motif] = {
    "wave": _motif(_wave, "drei Wellen", "three waves"),
    "moon": _motif(_moon, "eine Mondsichel", "a crescent moon"),
    "sun": _motif(_sun, "eine Sonne", "a sun"),
    "hills": _motif(_hills, "Hügel mit Sonne", "hills and a sun"),
    "stripes": _motif(_stripes, "drei Streifen", "three stripes"),
    "blocks": _motif(_blocks, "Kreis, Dreieck und Quadrat", "a circle, a triangle and a square"),
    "leaf": _motif(_leaf, "ein Blatt", "a leaf"),
    "rain": _motif(_rain, "Regentropfen", "raindrops"),
    "flower": _motif(_flower, "eine Blüte", "a flower"),
    "crystal": _motif(_crystal, "ein Kristall", "a crystal"),
    "rings": _motif(_rings, "drei Ringe", "three rings"),
    "peak": _motif(_peak, "ein Berg", "a mountain"),
    "comb": _motif(_comb, "ein Kamm", "a comb"),
    "flame": _motif(_flame, "eine Flamme", "a flame"),
    "wheel": _motif(_wheel, "ein Speichenrad", "a spoked wheel"),
    "chevron": _motif(_chevron, "drei Winkel", "three chevrons"),
    "nib": _motif(_nib, "eine Schreibfeder", "a pen nib"),
    "book": _motif(_book, "ein offenes Buch", "an open book"),
    "cross": _motif(_cross, "vier Kreuzstiche", "four cross-stitches"),
    "knot": _motif(_knot, "ein Knoten", "a knot"),
    "plug": _motif(_plug, "ein Stecker", "a plug"),
    "door": _motif(_door, "ein Schrank mit zwei Türen", "a cupboard with two doors"),
    "star": _motif(_star, "ein Stern", "a star"),
    "boat": _motif(_boat, "ein Segelboot", "a sailing boat"),
    "gull": _motif(_gull, "eine Möwe", "a gull"),
    "fish": _motif(_fish, "ein Fisch", "a fish"),
    "drop": _motif(_drop, "ein Tropfen", "a drop"),
    "dots": _motif(_dots, "neun Punkte", "nine dots"),
}
