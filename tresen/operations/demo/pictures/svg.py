"""Writes drawn parts as a self-contained SVG document."""

from collections.abc import Iterable

from tresen.operations.demo.pictures.canvas import (
    HEIGHT,
    WIDTH,
    Clipped,
    Gradient,
    Haze,
    Outline,
    Part,
    Raised,
    Shape,
)

SHADE = "#1B2530"


def write_svg(
    parts: Iterable[Part],
    *,
    key: str,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    shown: tuple[int, int] | None = None,
) -> str:
    """One picture; `key` goes before every id so that pictures can share a page."""
    writer = _Writer(key)
    body = "".join(writer.part(part) for part in parts)
    width, height = shown or (round(size[0]), round(size[1]))
    defs = f"<defs>{''.join(writer.defs)}</defs>" if writer.defs else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(size[0])} {_n(size[1])}" '
        f'width="{width}" height="{height}">{defs}{body}</svg>\n'
    )


class _Writer:
    """Collects definitions (gradients, windows, blurs) while it writes the body."""

    def __init__(self, key: str) -> None:
        self.defs: list[str] = []
        self._key = key
        self._known: dict[str, str] = {}

    def part(self, part: Part) -> str:
        match part:
            case Shape():
                return self._shape(part)
            case Clipped(window, parts):
                name = self._define("clipPath", "", f'<path d="{_d(window)}"/>')
                return f'<g clip-path="url(#{name})">{self._all(parts)}</g>'
            case Raised(parts, shift, blur, alpha):
                drop = (
                    f'<feDropShadow dx="{_n(shift[0])}" dy="{_n(shift[1])}" '
                    f'stdDeviation="{_n(blur)}" flood-color="{SHADE}" flood-opacity="{_n(alpha)}"/>'
                )
                room = ' x="-30%" y="-30%" width="160%" height="160%"'
                return (
                    f'<g filter="url(#{self._define("filter", room, drop)})">{self._all(parts)}</g>'
                )
            case Haze(centre, radii, blur, alpha):
                soft = f'<feGaussianBlur stdDeviation="{_n(blur)}"/>'
                room = ' x="-50%" y="-150%" width="200%" height="400%"'
                return (
                    f'<ellipse cx="{_n(centre[0])}" cy="{_n(centre[1])}" rx="{_n(radii[0])}" '
                    f'ry="{_n(radii[1])}" fill="{SHADE}" fill-opacity="{_n(alpha)}" '
                    f'filter="url(#{self._define("filter", room, soft)})"/>'
                )

    def _all(self, parts: Iterable[Part]) -> str:
        return "".join(self.part(part) for part in parts)

    def _shape(self, shape: Shape) -> str:
        words = [f'd="{_d(shape.outline)}"', *self._fill(shape)]
        if shape.stroke:
            stroke = shape.stroke
            words.append(f'stroke="{stroke.hex}" stroke-width="{_n(stroke.width)}"')
            words.append('stroke-linecap="round" stroke-linejoin="round"')
            if stroke.alpha < 1:
                words.append(f'stroke-opacity="{_n(stroke.alpha)}"')
        return f"<path {' '.join(words)}/>"

    def _fill(self, shape: Shape) -> list[str]:
        if shape.fill is None:
            return ['fill="none"']
        if isinstance(shape.fill, Gradient):
            words = [f'fill="url(#{self._gradient(shape.fill)})"']
        else:
            words = [f'fill="{shape.fill.hex}"']
            if shape.fill.alpha < 1:
                words.append(f'fill-opacity="{_n(shape.fill.alpha)}"')
        if sum(letter == "M" for letter, _ in shape.outline) > 1:
            words.append('fill-rule="evenodd"')
        return words

    def _gradient(self, paint: Gradient) -> str:
        (x1, y1), (x2, y2) = paint.start, paint.end
        stops = "".join(
            f'<stop offset="{_n(at)}" stop-color="{colour}"'
            + (f' stop-opacity="{_n(alpha)}"/>' if alpha < 1 else "/>")
            for at, colour, alpha in paint.stops
        )
        place = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        return self._define("linearGradient", f' gradientUnits="userSpaceOnUse" {place}', stops)

    def _define(self, tag: str, attributes: str, inner: str) -> str:
        body = f"{attributes}>{inner}</{tag}>"
        if body not in self._known:
            self._known[body] = f"{self._key}-{len(self._known) + 1}"
            self.defs.append(f'<{tag} id="{self._known[body]}"{body}')
        return self._known[body]


def _d(outline: Outline) -> str:
    return "".join(letter + " ".join(_n(value) for value in numbers) for letter, numbers in outline)


def _n(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
