"""Six flat drawings so that the guide looks like a shop."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

PAPER = "#F6F0E5"
WIDTHS = (320, 640, 1280)
Shape = tuple[str, tuple[float, ...], str]
DRAWINGS: dict[str, list[Shape]] = {
    "coffee": [
        ("rectangle", (28, 30, 72, 88), "#9C4A35"),
        ("rectangle", (28, 24, 72, 32), "#7C3625"),
        ("ellipse", (38, 48, 62, 72), "#F3E3CB"),
        ("ellipse", (44, 52, 56, 68), "#5B3424"),
    ],
    "teapot": [
        ("ellipse", (24, 42, 72, 86), "#2F5F7C"),
        ("ellipse", (68, 48, 86, 74), "#2F5F7C"),
        ("ellipse", (72, 53, 81, 69), PAPER),
        ("polygon", (28, 60, 12, 46, 16, 42, 34, 54), "#2F5F7C"),
        ("ellipse", (36, 38, 60, 48), "#234A62"),
        ("ellipse", (45, 32, 51, 39), "#234A62"),
    ],
    "lamp": [
        ("polygon", (50, 56, 92, 34, 92, 88), "#F2D98B"),
        ("ellipse", (26, 42, 58, 74), "#3A4652"),
        ("ellipse", (42, 46, 58, 70), "#F7EBC6"),
        ("rectangle", (20, 66, 30, 88), "#55616E"),
    ],
    "notebook": [
        ("rectangle", (28, 28, 74, 88), "#4C7A5C"),
        ("rectangle", (28, 28, 34, 88), "#3A5F47"),
        ("rectangle", (62, 28, 65, 94), "#C7763B"),
        ("rectangle", (40, 40, 58, 50), "#F3E9D6"),
    ],
    "blanket": [
        ("rectangle", (20, 66, 80, 82), "#B8842F"),
        ("rectangle", (22, 52, 78, 66), "#D6A551"),
        ("rectangle", (24, 40, 76, 52), "#E8C98C"),
        ("rectangle", (20, 72, 80, 75), "#7C5A23"),
    ],
}


def draw_all(folder: Path) -> None:
    """Write every drawing in every width."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, shapes in DRAWINGS.items():
        large = _drawn(shapes)
        for width in WIDTHS:
            small = large.resize((width, width * 5 // 4), Image.Resampling.LANCZOS)
            small.save(folder / f"{name}-{width}.webp", quality=82)


def _drawn(shapes: list[Shape]) -> Image.Image:
    scale = 16
    canvas = Image.new("RGB", (100 * scale, 125 * scale), PAPER)
    shadow = Image.new("L", canvas.size, 0)
    ImageDraw.Draw(shadow).ellipse([v * scale for v in (16, 84, 86, 98)], fill=90)
    canvas.paste("#8A7B63", mask=shadow.filter(ImageFilter.GaussianBlur(40)))
    pen = ImageDraw.Draw(canvas)
    for kind, points, colour in shapes:
        getattr(pen, kind)([point * scale for point in points], fill=colour)
    return canvas
