"""Paints drawn parts with Pillow, larger than asked and then reduced, so that edges are smooth."""

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

from tresen.operations.demo.pictures.canvas import (
    HEIGHT,
    WIDTH,
    Clipped,
    Gradient,
    Haze,
    Outline,
    Part,
    Point,
    Raised,
    Shape,
    Solid,
    Stop,
    Stroke,
)
from tresen.operations.demo.pictures.svg import SHADE

SUPERSAMPLE = 3
WEBP_QUALITY = 88
WEBP_EFFORT = 2
CURVE_STEPS_MAX = 28
SHADOW_REDUCTION = 8
SHADOW_ALPHA_MIN = 0.5
RAMP_LENGTH = 256

Slope = tuple[float, float, float, float, float, float]


def paint_webp(
    parts: Iterable[Part],
    *,
    width: int,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    supersample: int = SUPERSAMPLE,
) -> bytes:
    """The picture as WebP, `width` pixels wide, its height in proportion."""
    stream = io.BytesIO()
    image = paint(parts, width=width, size=size, supersample=supersample)
    image.save(stream, "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)
    return stream.getvalue()


def paint_png(
    parts: Iterable[Part], *, width: int, size: tuple[float, float] = (WIDTH, HEIGHT)
) -> bytes:
    """The picture as PNG, for what must be exact and small."""
    stream = io.BytesIO()
    paint(parts, width=width, size=size).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def paint(
    parts: Iterable[Part],
    *,
    width: int,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    supersample: int = SUPERSAMPLE,
) -> Image.Image:
    """The picture as an RGB image on white, drawn `supersample` times as large and reduced."""
    height = round(width * size[1] / size[0])
    large = Image.new("RGB", (width * supersample, height * supersample), "#FFFFFF")
    painter = _Painter(large, scale=width * supersample / size[0], origin=(0.0, 0.0))
    painter.draw_all(parts)
    return large.reduce(supersample)


@dataclass(frozen=True, slots=True)
class _Patch:
    """A mask and where its left top corner lies."""

    mask: Image.Image
    left: int
    top: int


class _Painter:
    """Draws onto one image; `origin` is the drawing's point at the image's corner, in pixels."""

    def __init__(self, image: Image.Image, *, scale: float, origin: Point) -> None:
        self._image = image
        self._pen = ImageDraw.Draw(image)
        self._scale = scale
        self._origin = origin

    def draw_all(self, parts: Iterable[Part]) -> None:
        for part in parts:
            self._draw(part)

    def _draw(self, part: Part) -> None:
        match part:
            case Shape():
                self._shape(part)
            case Clipped():
                self._clipped(part)
            case Raised():
                self._shadow(part)
                self.draw_all(part.parts)
            case Haze():
                self._haze(part)

    def _shape(self, shape: Shape) -> None:
        rings = self._rings(shape.outline)
        if isinstance(shape.fill, Solid) and shape.fill.alpha >= 1 and len(rings) == 1:
            self._pen.polygon(rings[0], fill=shape.fill.hex)
        elif shape.fill is not None:
            self._fill_through_mask(rings, shape.fill)
        if shape.stroke:
            self._stroke(rings, shape.stroke)

    def _fill_through_mask(self, rings: list[list[Point]], paint: Solid | Gradient) -> None:
        if isinstance(paint, Gradient) and self._is_everything(rings):
            self._paint_ground(paint)
            return
        patch = _patch_of(rings, self._image.size, 1)
        if patch is None:
            return
        inside = [[(x - patch.left, y - patch.top) for x, y in ring] for ring in rings]
        _fill_rings(patch.mask, inside)
        if isinstance(paint, Solid):
            self._paste(patch, paint.hex, paint.alpha)
        else:
            self._paste_gradient(patch, paint)

    def _is_everything(self, rings: list[list[Point]]) -> bool:
        width, height = self._image.size
        corners = [(0, 0), (width, 0), (width, height), (0, height), (0, 0)]
        return len(rings) == 1 and [(round(x), round(y)) for x, y in rings[0]] == corners

    def _paint_ground(self, paint: Gradient) -> None:
        """The paper behind everything: the same for a whole shelf, so the last one is kept."""
        slope = _slope(self._to_pixels(*paint.start), self._to_pixels(*paint.end))
        self._image.paste(_kept_run(paint.stops, self._image.size, slope))

    def _stroke(self, rings: list[list[Point]], stroke: Stroke) -> None:
        width = stroke.width * self._scale
        if stroke.alpha >= 1:
            for ring in rings:
                _stroke_line(self._pen, ring, width, stroke.hex)
            return
        patch = _patch_of(rings, self._image.size, math.ceil(width))
        if patch is None:
            return
        pen = ImageDraw.Draw(patch.mask)
        for ring in rings:
            _stroke_line(pen, [(x - patch.left, y - patch.top) for x, y in ring], width, 255)
        self._paste(patch, stroke.hex, stroke.alpha)

    def _paste(self, patch: _Patch, colour: str, alpha: float) -> None:
        mask = patch.mask if alpha >= 1 else patch.mask.point(_dimmed(alpha))
        place = (patch.left, patch.top, patch.left + mask.width, patch.top + mask.height)
        self._image.paste(ImageColor.getrgb(colour), place, mask)

    def _paste_gradient(self, patch: _Patch, paint: Gradient) -> None:
        start, end = self._to_pixels(*paint.start), self._to_pixels(*paint.end)
        moved = [(x - patch.left, y - patch.top) for x, y in (start, end)]
        colours, alphas = _ramps(paint.stops)
        slope = _slope(moved[0], moved[1])
        mask = patch.mask
        if alphas is not None:
            mask = ImageChops.multiply(mask, _run(alphas, mask.size, slope))
        self._image.paste(_run(colours, mask.size, slope), (patch.left, patch.top), mask)

    def _clipped(self, part: Clipped) -> None:
        rings = self._rings(part.window)
        patch = _patch_of(rings, self._image.size, 1)
        if patch is None:
            return
        _fill_rings(patch.mask, [[(x - patch.left, y - patch.top) for x, y in r] for r in rings])
        place = (
            patch.left,
            patch.top,
            patch.left + patch.mask.width,
            patch.top + patch.mask.height,
        )
        layer = self._image.crop(place)
        origin = (self._origin[0] + patch.left, self._origin[1] + patch.top)
        _Painter(layer, scale=self._scale, origin=origin).draw_all(part.parts)
        self._image.paste(layer, place, patch.mask)

    def _shadow(self, part: Raised) -> None:
        small = self._scale / SHADOW_REDUCTION
        size = self._reduced_size()
        mask = Image.new("RGB", size, "#000000")
        origin = (
            self._origin[0] / SHADOW_REDUCTION - part.shift[0] * small,
            self._origin[1] / SHADOW_REDUCTION - part.shift[1] * small,
        )
        _Painter(mask, scale=small, origin=origin).draw_all(_silhouette(part.parts))
        self._cast(mask.convert("L"), part.blur * small, part.alpha)

    def _haze(self, part: Haze) -> None:
        small = self._scale / SHADOW_REDUCTION
        size = self._reduced_size()
        mask = Image.new("L", size, 0)
        cx = part.centre[0] * small - self._origin[0] / SHADOW_REDUCTION
        cy = part.centre[1] * small - self._origin[1] / SHADOW_REDUCTION
        rx, ry = part.radii[0] * small, part.radii[1] * small
        ImageDraw.Draw(mask).ellipse((cx - rx, cy - ry, cx + rx, cy + ry), fill=255)
        self._cast(mask, part.blur * small, part.alpha)

    def _reduced_size(self) -> tuple[int, int]:
        width, height = self._image.size
        return max(1, width // SHADOW_REDUCTION), max(1, height // SHADOW_REDUCTION)

    def _cast(self, mask: Image.Image, blur: float, alpha: float) -> None:
        soft = mask.filter(ImageFilter.GaussianBlur(blur))
        found = soft.getbbox()
        if found is None:
            return
        left, top, right, low = (side * SHADOW_REDUCTION for side in found)
        right, low = min(right, self._image.width), min(low, self._image.height)
        source = (
            left / SHADOW_REDUCTION,
            top / SHADOW_REDUCTION,
            right / SHADOW_REDUCTION,
            low / SHADOW_REDUCTION,
        )
        wide = soft.resize((right - left, low - top), Image.Resampling.BILINEAR, box=source)
        self._paste(_Patch(wide, left, top), SHADE, alpha)

    def _to_pixels(self, x: float, y: float) -> Point:
        return x * self._scale - self._origin[0], y * self._scale - self._origin[1]

    def _rings(self, outline: Outline) -> list[list[Point]]:
        rings: list[list[Point]] = []
        for letter, numbers in outline:
            points = [
                self._to_pixels(x, y) for x, y in zip(numbers[0::2], numbers[1::2], strict=True)
            ]
            if letter == "M":
                rings.append(points)
            elif letter == "Z":
                rings[-1].append(rings[-1][0])
            elif letter == "L":
                rings[-1].extend(points)
            else:
                rings[-1].extend(_flattened(rings[-1][-1], points))
        return [ring for ring in rings if len(ring) > 1]


def _silhouette(parts: Iterable[Part]) -> Iterable[Part]:
    for part in parts:
        match part:
            case Shape(outline, paint, stroke):
                thick = Stroke("#FFFFFF", stroke.width) if stroke else None
                faint = isinstance(paint, Solid) and paint.alpha < SHADOW_ALPHA_MIN
                white = None if paint is None or faint else Solid("#FFFFFF")
                yield Shape(outline, white, thick)
            case Clipped(window, inner):
                yield Clipped(window, tuple(_silhouette(inner)))
            case Raised(inner):
                yield from _silhouette(inner)
            case Haze():
                pass


def _flattened(start: Point, points: list[Point]) -> list[Point]:
    """A quadratic or cubic curve as points, more of them where it is longer."""
    if len(points) == 2:  # noqa: PLR2004
        (qx, qy), end = points
        first = (start[0] + (qx - start[0]) * 2 / 3, start[1] + (qy - start[1]) * 2 / 3)
        second = (end[0] + (qx - end[0]) * 2 / 3, end[1] + (qy - end[1]) * 2 / 3)
    else:
        first, second, end = points
    reach = math.dist(start, first) + math.dist(first, second) + math.dist(second, end)
    steps = min(CURVE_STEPS_MAX, max(3, math.ceil(math.sqrt(reach) * 0.9)))
    return [_on_cubic((start, first, second, end), at / steps) for at in range(1, steps + 1)]


def _on_cubic(points: tuple[Point, Point, Point, Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    u = 1 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def _patch_of(rings: list[list[Point]], size: tuple[int, int], margin: int) -> _Patch | None:
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    left, top = max(0, math.floor(min(xs)) - margin), max(0, math.floor(min(ys)) - margin)
    right = min(size[0], math.ceil(max(xs)) + margin + 1)
    low = min(size[1], math.ceil(max(ys)) + margin + 1)
    if right <= left or low <= top:
        return None
    return _Patch(Image.new("L", (right - left, low - top), 0), left, top)


def _fill_rings(mask: Image.Image, rings: list[list[Point]]) -> None:
    if len(rings) == 1:
        ImageDraw.Draw(mask).polygon(rings[0], fill=255)
        return
    for ring in rings:
        single = Image.new("L", mask.size, 0)
        ImageDraw.Draw(single).polygon(ring, fill=255)
        mask.paste(ImageChops.difference(mask, single))


def _stroke_line(
    pen: ImageDraw.ImageDraw, points: Sequence[Point], width: float, colour: str | int
) -> None:
    half = max(width / 2, 0.5)
    for (ax, ay), (bx, by) in pairwise(points):
        length = math.hypot(bx - ax, by - ay)
        if length > 0:
            nx, ny = (ay - by) / length * half, (bx - ax) / length * half
            pen.polygon(
                [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)],
                fill=colour,
            )
    for x, y in points:
        pen.ellipse((x - half, y - half, x + half, y + half), fill=colour)


@lru_cache(maxsize=256)
def _dimmed(alpha: float) -> tuple[int, ...]:
    return tuple(round(value * alpha) for value in range(256))


def _run(ramp: Image.Image, size: tuple[int, int], slope: Slope) -> Image.Image:
    """The ramp laid over an area; level and upright runs are one line, repeated."""
    line = (size[0], 1) if slope[1] == 0 else (1, size[1]) if slope[0] == 0 else size
    laid = ramp.transform(line, Image.Transform.AFFINE, slope)
    return laid if line == size else laid.resize(size, Image.Resampling.NEAREST)


@lru_cache(maxsize=1)
def _kept_run(stops: tuple[Stop, ...], size: tuple[int, int], slope: Slope) -> Image.Image:
    return _run(_ramps(stops)[0], size, slope)


def _slope(start: Point, end: Point) -> Slope:
    """Where on the ramp each pixel looks, as Pillow's affine numbers."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    assert square > 0
    a, b = dx / square * RAMP_LENGTH, dy / square * RAMP_LENGTH
    return a, b, RAMP_LENGTH - a * start[0] - b * start[1], 0.0, 0.0, 0.5


@lru_cache(maxsize=512)
def _ramps(stops: tuple[Stop, ...]) -> tuple[Image.Image, Image.Image | None]:
    """The run of colours and of alphas, held constant for one length before and after."""
    rows = [(at, (*ImageColor.getrgb(colour)[:3], alpha * 255)) for at, colour, alpha in stops]
    values = _interpolated(rows)
    values = [values[0]] * RAMP_LENGTH + values + [values[-1]] * RAMP_LENGTH
    colours = Image.new("RGB", (3 * RAMP_LENGTH, 1))
    colours.putdata([value[:3] for value in values])
    if all(alpha >= 1 for _, _, alpha in stops):
        return colours, None
    alphas = Image.new("L", (3 * RAMP_LENGTH, 1))
    alphas.putdata([value[3] for value in values])
    return colours, alphas


Row = tuple[float, tuple[int, int, int, float]]


def _interpolated(rows: list[Row]) -> list[tuple[int, int, int, int]]:
    """One value for each step of the ramp; the last of two rows at the same place holds."""
    values: list[tuple[int, int, int, int]] = []
    after = 0
    for step in range(RAMP_LENGTH):
        t = (step + 0.5) / RAMP_LENGTH
        while after < len(rows) and rows[after][0] <= t:
            after += 1
        (low_at, low), (high_at, high) = rows[max(after - 1, 0)], rows[min(after, len(rows) - 1)]
        share = (t - low_at) / (high_at - low_at) if high_at > low_at else 0.0
        values.append(_between(low, high, min(1.0, max(0.0, share))))
    return values


def _between(
    low: tuple[int, int, int, float], high: tuple[int, int, int, float], share: float
) -> tuple[int, int, int, int]:
    return (
        round(low[0] + (high[0] - low[0]) * share),
        round(low[1] + (high[1] - low[1]) * share),
        round(low[2] + (high[2] - low[2]) * share),
        round(low[3] + (high[3] - low[3]) * share),
    )
