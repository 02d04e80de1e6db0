"""A tiny drawing language: outlines, paints and parts, free of any output format."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

WIDTH = 800
HEIGHT = 1000
ROUND = 0.5522847498
"""How far the handles of four cubic curves stand out to make an ellipse."""

Point = tuple[float, float]
Segment = tuple[str, tuple[float, ...]]
Outline = tuple[Segment, ...]
Stop = tuple[float, str, float]


@dataclass(frozen=True, slots=True)
class Solid:
    """One colour; alpha runs from 0 (nothing) to 1 (opaque)."""

    hex: str
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Gradient:
    """A linear run of colours between two points; equal offsets make a hard edge."""

    start: Point
    end: Point
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A round-ended line of even width."""

    hex: str
    width: float
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline with a fill, a stroke or both; several rings fill by the even-odd rule."""

    outline: Outline
    fill: Solid | Gradient | None = None
    stroke: Stroke | None = None


@dataclass(frozen=True, slots=True)
class Clipped:
    """Parts of which only what lies inside the window is seen."""

    window: Outline
    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Raised:
    """Parts that throw one soft shadow together."""

    parts: "tuple[Part, ...]"
    shift: Point = (10.0, 18.0)
    blur: float = 16.0
    alpha: float = 0.22


@dataclass(frozen=True, slots=True)
class Haze:
    """A soft dark ellipse, where a thing touches the table."""

    centre: Point
    radii: Point
    blur: float
    alpha: float


Part = Shape | Clipped | Raised | Haze
Parts = tuple[Part, ...]


def box(x: float, y: float, w: float, h: float, r: float = 0.0) -> Outline:
    """A rectangle, its corners rounded by at most half its shorter side."""
    r = min(r, w / 2, h / 2)
    if r <= 0:
        return poly((x, y), (x + w, y), (x + w, y + h), (x, y + h))
    k = r * (1 - ROUND)
    right, low = x + w, y + h
    return (
        ("M", (x + r, y)),
        ("L", (right - r, y)),
        ("C", (right - k, y, right, y + k, right, y + r)),
        ("L", (right, low - r)),
        ("C", (right, low - k, right - k, low, right - r, low)),
        ("L", (x + r, low)),
        ("C", (x + k, low, x, low - k, x, low - r)),
        ("L", (x, y + r)),
        ("C", (x, y + k, x + k, y, x + r, y)),
        ("Z", ()),
    )


def oval(cx: float, cy: float, rx: float, ry: float | None = None) -> Outline:
    """An ellipse, or a circle where only one radius is given."""
    ry = rx if ry is None else ry
    kx, ky = rx * ROUND, ry * ROUND
    return (
        ("M", (cx + rx, cy)),
        ("C", (cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)),
        ("C", (cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)),
        ("C", (cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)),
        ("C", (cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)),
        ("Z", ()),
    )


def poly(*points: Point) -> Outline:
    """A closed polygon."""
    first, *rest = points
    return (("M", first), *(("L", point) for point in rest), ("Z", ()))


def route(*points: Point) -> Outline:
    """An open line through points, for strokes."""
    first, *rest = points
    return (("M", first), *(("L", point) for point in rest))


_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
_TOKEN = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?")


def curve(words: str) -> Outline:
    """An outline from SVG path words: absolute M, L, Q, C and Z only, letters repeated."""
    segments: list[Segment] = []
    tokens = _TOKEN.findall(words)
    at = 0
    while at < len(tokens):
        letter = tokens[at]
        count = _ARGUMENTS[letter]
        numbers = tuple(float(token) for token in tokens[at + 1 : at + 1 + count])
        assert len(numbers) == count, words
        segments.append((letter, numbers))
        at += 1 + count
    return tuple(segments)


def both(*outlines: Outline) -> Outline:
    """Several rings as one outline: where two overlap there is a hole."""
    return tuple(segment for outline in outlines for segment in outline)


def fill(outline: Outline, colour: str, alpha: float = 1.0) -> Shape:
    return Shape(outline, fill=Solid(colour, alpha))


def line(outline: Outline, colour: str, width: float, alpha: float = 1.0) -> Shape:
    return Shape(outline, stroke=Stroke(colour, width, alpha))


def clip(window: Outline, *parts: Part) -> Clipped:
    return Clipped(window, parts)


def bounds(outline: Outline) -> tuple[float, float, float, float]:
    """The box around all points and handles: left, top, right, bottom."""
    xs = [value for _, numbers in outline for value in numbers[0::2]]
    ys = [value for _, numbers in outline for value in numbers[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def moved(parts: Iterable[Part], dx: float, dy: float) -> Parts:
    return _mapped(parts, lambda x, y: (x + dx, y + dy), 1.0)


def scaled(parts: Iterable[Part], factor: float, about: Point = (400, 500)) -> Parts:
    ax, ay = about
    return _mapped(
        parts, lambda x, y: (ax + (x - ax) * factor, ay + (y - ay) * factor), abs(factor)
    )


def placed(parts: Iterable[Part], factor: float, *, middle: Point, at: Point) -> Parts:
    """Scaled about its middle, which then lies at another place."""
    return _mapped(
        parts,
        lambda x, y: (at[0] + (x - middle[0]) * factor, at[1] + (y - middle[1]) * factor),
        factor,
    )


def mirrored(parts: Iterable[Part], axis: float = 400) -> Parts:
    return _mapped(parts, lambda x, y: (2 * axis - x, y), 1.0)


def turned(parts: Iterable[Part], degrees: float, about: Point = (400, 500)) -> Parts:
    """Turned clockwise, as the eye sees it."""
    ax, ay = about
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return _mapped(
        parts,
        lambda x, y: (
            ax + (x - ax) * cos - (y - ay) * sin,
            ay + (x - ax) * sin + (y - ay) * cos,
        ),
        1.0,
    )


Mapping = Callable[[float, float], Point]


def _mapped(parts: Iterable[Part], to: Mapping, factor: float) -> Parts:
    return tuple(_mapped_part(part, to, factor) for part in parts)


def _mapped_part(part: Part, to: Mapping, factor: float) -> Part:
    match part:
        case Shape(outline, paint, stroke):
            return Shape(
                _mapped_outline(outline, to),
                _mapped_paint(paint, to),
                replace(stroke, width=stroke.width * factor) if stroke else None,
            )
        case Clipped(window, parts):
            return Clipped(_mapped_outline(window, to), _mapped(parts, to, factor))
        case Raised(parts, shift, blur, alpha):
            moved_by = (shift[0] * factor, shift[1] * factor)
            return Raised(_mapped(parts, to, factor), moved_by, blur * factor, alpha)
        case Haze(centre, radii, blur, alpha):
            wide = (radii[0] * factor, radii[1] * factor)
            return Haze(to(*centre), wide, blur * factor, alpha)


def _mapped_outline(outline: Outline, to: Mapping) -> Outline:
    return tuple((letter, _mapped_numbers(numbers, to)) for letter, numbers in outline)


def _mapped_numbers(numbers: Sequence[float], to: Mapping) -> tuple[float, ...]:
    pairs = zip(numbers[0::2], numbers[1::2], strict=True)
    return tuple(value for x, y in pairs for value in to(x, y))


def _mapped_paint(paint: Solid | Gradient | None, to: Mapping) -> Solid | Gradient | None:
    if isinstance(paint, Gradient):
        return Gradient(to(*paint.start), to(*paint.end), paint.stops)
    return paint
