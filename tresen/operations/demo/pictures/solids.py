"""Colour mixing and the few ways in which flat shapes are made to look like things."""

import math
from dataclasses import dataclass
from random import Random

from tresen.operations.demo.pictures.canvas import (
    Gradient,
    Outline,
    Parts,
    Point,
    Shape,
    bounds,
    box,
    curve,
    fill,
    line,
    oval,
    poly,
    route,
)

DEEP = "#1B2530"
PALE = "#FFFDF8"


@dataclass(frozen=True, slots=True)
class Look:
    """What a shape is given: colours as hex (never none), details and a number for chance."""

    colours: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    seed: int

    @property
    def main(self) -> str:
        return self.colours[0]

    def second(self, default: str) -> str:
        return self.colours[1] if len(self.colours) > 1 else default

    def third(self, default: str) -> str:
        return self.colours[2] if len(self.colours) > 2 else default  # noqa: PLR2004

    def detail(self, name: str, default: str) -> str:
        return dict(self.details).get(name, default)

    def chance(self) -> Random:
        """The same throw of the dice for the same look, always."""
        return Random(self.seed)  # noqa: S311 - for pictures, not for secrets


def mix(one: str, other: str, share: float) -> str:
    """`share` of the other colour in the one."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def light(colour: str, share: float = 0.22) -> str:
    return mix(colour, PALE, share)


def dark(colour: str, share: float = 0.2) -> str:
    return mix(colour, DEEP, share)


def is_dark(colour: str) -> bool:
    red, green, blue = _channels(colour)
    return 0.3 * red + 0.59 * green + 0.11 * blue < 125  # noqa: PLR2004


def against(colour: str) -> str:
    """A quiet colour that can be seen on the given one."""
    return light(colour, 0.72) if is_dark(colour) else dark(colour, 0.62)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def rounded(outline: Outline, colour: str, *, lit: float = 0.15, shade: float = 0.72) -> Shape:
    """A body that curves away at both sides: a light band left, a dark one right."""
    left, top, right, _ = bounds(outline)
    bands = (
        (0.0, light(colour, 0.26), 1.0),
        (lit, light(colour, 0.2), 1.0),
        (lit, colour, 1.0),
        (shade, colour, 1.0),
        (shade, dark(colour, 0.13), 1.0),
        (1.0, dark(colour, 0.2), 1.0),
    )
    return Shape(outline, Gradient((left, top), (right, top), bands))


def sheet(outline: Outline, colour: str, *, depth: float = 0.1) -> Shape:
    """A flat thing under a lamp: a little lighter above left than below right."""
    left, top, right, low = bounds(outline)
    stops = ((0.0, light(colour, depth), 1.0), (1.0, dark(colour, depth), 1.0))
    return Shape(outline, Gradient((left, top), (right, low), stops))


def upright(outline: Outline, colour: str, *, depth: float = 0.12) -> Shape:
    """A face lit from above."""
    left, top, _, low = bounds(outline)
    stops = ((0.0, light(colour, depth), 1.0), (1.0, dark(colour, depth), 1.0))
    return Shape(outline, Gradient((left, top), (left, low), stops))


def halves(outline: Outline, colour: str, *, at: float = 0.5, step: float = 0.14) -> Shape:
    """A folded or edged thing: light left of the edge, dark right of it."""
    left, top, right, _ = bounds(outline)
    stops = (
        (0.0, light(colour, step), 1.0),
        (at, light(colour, step * 0.5), 1.0),
        (at, dark(colour, step * 0.6), 1.0),
        (1.0, dark(colour, step), 1.0),
    )
    return Shape(outline, Gradient((left, top), (right, top), stops))


def metal(outline: Outline, colour: str) -> Shape:
    """A polished body: one narrow bright streak and a dark edge."""
    left, top, right, _ = bounds(outline)
    stops = (
        (0.0, dark(colour, 0.12), 1.0),
        (0.1, light(colour, 0.1), 1.0),
        (0.22, light(colour, 0.6), 1.0),
        (0.3, light(colour, 0.6), 1.0),
        (0.38, colour, 1.0),
        (0.7, dark(colour, 0.12), 1.0),
        (0.86, dark(colour, 0.3), 1.0),
        (1.0, dark(colour, 0.14), 1.0),
    )
    return Shape(outline, Gradient((left, top), (right, top), stops))


def glass(outline: Outline, tint: str = "#BCD3D8") -> Shape:
    """Clear glass, a little denser at its sides."""
    left, top, right, _ = bounds(outline)
    stops = (
        (0.0, dark(tint, 0.12), 0.9),
        (0.05, dark(tint, 0.04), 0.7),
        (0.14, light(tint, 0.4), 0.45),
        (0.5, light(tint, 0.6), 0.35),
        (0.85, tint, 0.55),
        (0.95, dark(tint, 0.1), 0.75),
        (1.0, dark(tint, 0.2), 0.9),
    )
    return Shape(outline, Gradient((left, top), (right, top), stops))


def drum(cx: float, top: float, low: float, rx: float, *, tilt: float = 0.13) -> Outline:
    """The side of an upright cylinder: straight sides, a bowed foot and a bowed top."""
    ry = rx * tilt
    k = rx * 0.5523
    kh = ry * 0.5523
    left, right = cx - rx, cx + rx
    return curve(
        f"M {left:.2f} {top:.2f} L {left:.2f} {low:.2f} "
        f"C {left:.2f} {low + kh:.2f} {cx - k:.2f} {low + ry:.2f} {cx:.2f} {low + ry:.2f} "
        f"C {cx + k:.2f} {low + ry:.2f} {right:.2f} {low + kh:.2f} {right:.2f} {low:.2f} "
        f"L {right:.2f} {top:.2f} "
        f"C {right:.2f} {top + kh:.2f} {cx + k:.2f} {top + ry:.2f} {cx:.2f} {top + ry:.2f} "
        f"C {cx - k:.2f} {top + ry:.2f} {left:.2f} {top + kh:.2f} {left:.2f} {top:.2f} Z"
    )


def cup(
    cx: float, top: float, low: float, rx_top: float, rx_low: float, *, belly: float = 0.0
) -> Outline:
    """A turned vessel from rim to foot; `belly` pushes the sides outward, in pixels."""
    ry_top, ry_low = rx_top * 0.13, rx_low * 0.13
    mid = (top + low) / 2
    bulge = (rx_top + rx_low) / 2 + belly
    return curve(
        f"M {cx - rx_top:.2f} {top:.2f} "
        f"C {cx - rx_top - belly * 0.3:.2f} {(top + mid) / 2:.2f} "
        f"{cx - bulge:.2f} {(low + mid) / 2:.2f} {cx - rx_low:.2f} {low:.2f} "
        f"C {cx - rx_low * 0.6:.2f} {low + ry_low:.2f} "
        f"{cx + rx_low * 0.6:.2f} {low + ry_low:.2f} {cx + rx_low:.2f} {low:.2f} "
        f"C {cx + bulge:.2f} {(low + mid) / 2:.2f} "
        f"{cx + rx_top + belly * 0.3:.2f} {(top + mid) / 2:.2f} {cx + rx_top:.2f} {top:.2f} "
        f"C {cx + rx_top * 0.6:.2f} {top + ry_top * 1.3:.2f} "
        f"{cx - rx_top * 0.6:.2f} {top + ry_top * 1.3:.2f} {cx - rx_top:.2f} {top:.2f} Z"
    )


def mouth(
    cx: float, cy: float, rx: float, colour: str, *, inside: str, tilt: float = 0.13
) -> Parts:
    """The open rim of a vessel seen a little from above."""
    ry = rx * tilt
    return (
        fill(oval(cx, cy, rx, ry), light(colour, 0.34)),
        fill(oval(cx, cy + ry * 0.12, rx * 0.93, ry * 0.84), inside),
    )


def grain(x: float, y: float, w: float, h: float, *, colour: str, look: Look) -> Parts:
    """Wood grain running along the longer side; to be clipped by its board."""
    dice = look.chance()
    tone = dark(colour, 0.16)
    rows = max(3, round(min(w, h) / 26))
    parts = []
    for at in range(rows):
        offset = (at + 0.3 + dice.random() * 0.4) / rows
        sway = dice.uniform(-9, 9)
        if w >= h:
            level = y + h * offset
            path = f"M {x} {level} C {x + w * 0.3} {level + sway} {x + w * 0.6} {level - sway}"
            path += f" {x + w} {level + sway * 0.5}"
        else:
            level = x + w * offset
            path = f"M {level} {y} C {level + sway} {y + h * 0.3} {level - sway} {y + h * 0.6}"
            path += f" {level + sway * 0.5} {y + h}"
        parts.append(line(curve(path), tone, 2.4, 0.4))
    return tuple(parts)


def stitches(start: Point, end: Point, colour: str, *, dash: float = 13, width: float = 3) -> Parts:
    """A seam of even stitches from one point to another."""
    length = math.dist(start, end)
    count = max(1, round(length / (dash * 1.8)))
    dx, dy = (end[0] - start[0]) / count, (end[1] - start[1]) / count
    return tuple(
        line(
            route(
                (start[0] + dx * (at + 0.22), start[1] + dy * (at + 0.22)),
                (start[0] + dx * (at + 0.78), start[1] + dy * (at + 0.78)),
            ),
            colour,
            width,
        )
        for at in range(count)
    )


def stripes(x: float, y: float, w: float, h: float, *, colour: str, count: int) -> Parts:
    """Even level stripes; to be clipped by what wears them."""
    pitch = h / count
    return tuple(fill(box(x, y + pitch * at, w, pitch * 0.5), colour) for at in range(count))


def slanted(x: float, y: float, w: float, h: float, *, colour: str, count: int) -> Parts:
    """Stripes that lean to the right; to be clipped by what wears them."""
    pitch = (w + h) / count
    bars = []
    for at in range(count):
        left = x - h + pitch * at
        right = left + pitch * 0.45
        bars.append(
            fill(poly((left, y + h), (right, y + h), (right + h, y), (left + h, y)), colour)
        )
    return tuple(bars)


def speckles(
    x: float, y: float, w: float, h: float, *, colour: str, look: Look, count: int = 60
) -> Parts:
    """The iron spots of stoneware; to be clipped by the pot."""
    dice = look.chance()
    return tuple(
        fill(
            oval(x + w * dice.random(), y + h * dice.random(), dice.uniform(1.5, 4.2)), colour, 0.45
        )
        for _ in range(count)
    )


def dots(
    x: float, y: float, w: float, h: float, *, colour: str, pitch: float, size: float
) -> Parts:
    """A staggered field of dots; to be clipped by what wears them."""
    parts = []
    for row in range(math.ceil(h / pitch) + 1):
        shift = pitch / 2 if row % 2 else 0
        parts += [
            fill(oval(x + shift + column * pitch, y + row * pitch * 0.86, size), colour)
            for column in range(math.ceil(w / pitch) + 1)
        ]
    return tuple(parts)


def checks(x: float, y: float, w: float, h: float, *, colour: str, pitch: float) -> Parts:
    """Crossing half-transparent bands, as woven; to be clipped by the cloth."""
    across = [
        fill(box(x + pitch * at, y, pitch * 0.5, h), colour, 0.45)
        for at in range(math.ceil(w / pitch))
    ]
    down = [
        fill(box(x, y + pitch * at, w, pitch * 0.5), colour, 0.45)
        for at in range(math.ceil(h / pitch))
    ]
    return (*across, *down)
