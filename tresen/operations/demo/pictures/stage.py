"""Puts a thing on paper: background of the shelf, fitted size, soft shadow."""

from collections.abc import Iterable

from tresen.operations.demo.pictures.canvas import (
    HEIGHT,
    WIDTH,
    Clipped,
    Gradient,
    Haze,
    Part,
    Parts,
    Point,
    Raised,
    Shape,
    bounds,
    box,
    placed,
)
from tresen.operations.demo.pictures.shapes.kinds import Kind
from tresen.operations.demo.pictures.solids import dark, light

FRAME_WIDTH = 580.0
FRAME_HEIGHT = 690.0
CENTRE = (400.0, 506.0)
FOOT_SHARE = 0.06

PAPERS = {
    "coffee-tea": "#F1E6D6",
    "household": "#ECE8DD",
    "bicycle": "#E3E9EA",
    "stationery": "#F3EBDD",
    "textiles": "#EFE5E0",
    "outdoor": "#E4EAE0",
    "toys": "#F4EAD3",
    "electronics": "#E6E8EB",
}
"""The paper of each top category: one family of tints, none loud."""


def background(paper: str, *, size: Point = (WIDTH, HEIGHT)) -> Parts:
    """Paper in soft light from above."""
    stops = ((0.0, light(paper, 0.45), 1.0), (1.0, dark(paper, 0.035), 1.0))
    return (Shape(box(0, 0, *size), Gradient((0, 0), (0, size[1]), stops)),)


def staged(kind: Kind, parts: Parts, *, paper: str) -> Parts:
    """The thing, fitted into the frame, above its shadow, on the paper."""
    frame = (FRAME_WIDTH * kind.size, FRAME_HEIGHT * kind.size)
    return (*background(paper), *shadowed(fitted(parts, frame=frame, centre=CENTRE), kind=kind))


def fitted(parts: Parts, *, frame: Point, centre: Point) -> Parts:
    """The parts made as large as the frame allows, their middle at the centre."""
    left, top, right, low = extent(parts)
    factor = min(frame[0] / (right - left), frame[1] / (low - top))
    middle = ((left + right) / 2, (top + low) / 2)
    return placed(parts, factor, middle=middle, at=centre)


def shadowed(parts: Parts, *, kind: Kind) -> Parts:
    """What lies casts its outline's shadow; what stands casts one where it touches the table."""
    if kind.lying:
        return (Raised(parts, (14.0, 20.0), 15.0, 0.26),)
    left, right, low = _foot(parts)
    middle, half = (left + right) / 2, (right - left) / 2
    contact = Haze((middle + half * 0.05, low - 4), (half * 0.9, 13.0), 9.0, 0.34)
    spread = Haze((middle + half * 0.16, low + 2), (half * 1.05 + 12, 24.0), 22.0, 0.2)
    return (spread, contact, *parts)


def _foot(parts: Parts) -> tuple[float, float, float]:
    """Where the thing stands: left, right and level of what reaches down to the table."""
    boxes = [_extent_of(part) for part in parts]
    low = max(box[3] for box in boxes)
    top = min(box[1] for box in boxes)
    reach = [box for box in boxes if box[3] > low - (low - top) * FOOT_SHARE]
    return min(box[0] for box in reach), max(box[2] for box in reach), low


def extent(parts: Iterable[Part]) -> tuple[float, float, float, float]:
    """The box around everything that is drawn; what is clipped counts as its window."""
    boxes = [_extent_of(part) for part in parts]
    lefts, tops, rights, lows = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(lows)


def _extent_of(part: Part) -> tuple[float, float, float, float]:
    match part:
        case Shape(outline, _, stroke):
            half = stroke.width / 2 if stroke else 0.0
            left, top, right, low = bounds(outline)
            return left - half, top - half, right + half, low + half
        case Clipped(window, _):
            return bounds(window)
        case Raised(parts):
            return extent(parts)
        case Haze(centre, radii):
            return (
                centre[0] - radii[0],
                centre[1] - radii[1],
                centre[0] + radii[0],
                centre[1] + radii[1],
            )
