"""Pencils, pens and ink."""

from tresen.operations.demo.pictures.canvas import (
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    moved,
    oval,
    poly,
    route,
    turned,
)
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    against,
    dark,
    drum,
    glass,
    halves,
    light,
    metal,
    rounded,
    sheet,
    upright,
)

STEEL = "#BAC3C9"
WOOD = "#E2C29A"
CRAYONS = ("#A8442F", "#D29E35", "#4C7A55", "#2A6787", "#6E4058", "#BC6536", "#2F6F73", "#DB8069")


def pencil(look: Look) -> Parts:
    """Three hexagonal pencils, side by side and slanting."""
    main = look.main
    trio: list[Parts] = []
    for at, x in enumerate((300, 384, 468)):
        trio.append(_one_pencil(x, 190 + (0, 40, 14)[at], main, dip=look.second(dark(main, 0.4))))
    return turned([part for one in trio for part in one], 22, (400, 500))


def _one_pencil(x: float, top: float, colour: str, *, dip: str, length: float = 600) -> Parts:
    low = top + length
    return (
        fill(poly((x, top + 96), (x + 30, top), (x + 60, top + 96)), WOOD),
        fill(poly((x + 21, top + 28), (x + 30, top), (x + 39, top + 28)), dark(colour, 0.3)),
        fill(box(x, top + 92, 20, length - 92), light(colour, 0.28)),
        fill(box(x + 20, top + 92, 21, length - 92), colour),
        fill(box(x + 41, top + 92, 19, length - 92), dark(colour, 0.22)),
        fill(
            curve(
                f"M {x} {top + 98} Q {x + 10} {top + 78} {x + 20} {top + 98} Q {x + 30} {top + 78} "
                f"{x + 41} {top + 98} Q {x + 51} {top + 78} {x + 60} {top + 98} L {x + 60} "
                f"{top + 104} L {x} {top + 104} Z"
            ),
            light(WOOD, 0.3),
        ),
        fill(box(x, low - 46, 60, 46, 8), dip),
        fill(box(x, low - 58, 60, 10), light(dip, 0.6)),
    )


def crayons(look: Look) -> Parts:
    """A row of coloured pencils in a card tray."""
    tray = look.main
    count = int(look.detail("pieces", "p12").removeprefix("p"))
    pitch = 440 / count
    row: list[Parts] = []
    for at in range(count):
        tone = CRAYONS[at % len(CRAYONS)]
        tone = light(tone, 0.35) if at >= len(CRAYONS) else tone
        x = 182 + at * pitch
        width = pitch - 4
        row.append(
            (
                fill(poly((x, 330), (x + width / 2, 240 + (at % 3) * 9), (x + width, 330)), WOOD),
                fill(
                    poly(
                        (x + width * 0.33, 272 + (at % 3) * 9),
                        (x + width / 2, 240 + (at % 3) * 9),
                        (x + width * 0.67, 272 + (at % 3) * 9),
                    ),
                    tone,
                ),
                halves(box(x, 326, width, 400), tone, step=0.2),
            )
        )
    return (
        sheet(box(160, 210, 480, 600, 16), dark(tray, 0.16)),
        *(part for one in row for part in one),
        sheet(box(160, 560, 480, 250, 14), tray, depth=0.05),
        *motif(look.detail("label", "nib"), at=(400, 682), size=110, colour=against(tray)),
    )


def fountainpen(look: Look) -> Parts:
    """A fountain pen with its cap beside it."""
    main = look.main
    pen = (
        fill(poly((372, 262), (400, 150), (428, 262)), "#C9A552"),
        line(route((400, 168), (400, 236)), dark("#C9A552", 0.5), 3),
        fill(oval(400, 238, 6), dark("#C9A552", 0.5)),
        rounded(poly((368, 262), (432, 262), (444, 380), (356, 380)), dark(main, 0.35)),
        metal(box(350, 374, 100, 18, 5), "#C9A552"),
        rounded(curve("M 350 392 L 450 392 L 440 780 C 438 826 362 826 360 780 Z"), main),
    )
    cap = (
        rounded(curve("M 350 360 C 350 316 450 316 450 360 L 452 640 L 348 640 Z"), main),
        metal(box(344, 596, 112, 30, 6), "#C9A552"),
        metal(box(392, 330, 16, 230, 8), "#C9A552"),
        fill(oval(400, 560, 13), "#C9A552"),
    )
    return (*turned(moved(pen, -70, 0), 18), *turned(moved(cap, 110, 60), 18))


def ballpen(look: Look) -> Parts:
    """A push-button pen."""
    main, metal_tone = look.main, look.second(STEEL)
    pen = (
        fill(poly((392, 830), (408, 830), (402, 860), (398, 860)), dark(STEEL, 0.4)),
        metal(poly((366, 740), (434, 740), (412, 834), (388, 834)), metal_tone),
        rounded(box(362, 330, 76, 416, 12), main),
        metal(box(358, 500, 84, 24, 6), metal_tone),
        metal(box(366, 240, 68, 96, 10), metal_tone),
        fill(box(386, 172, 28, 76, 12), dark(main, 0.25)),
        metal(box(426, 256, 20, 240, 8), metal_tone),
        *motif(look.detail("label", "nib"), at=(396, 610), size=42, colour=light(main, 0.55)),
    )
    return turned(pen, 28, (400, 500))


def inkbottle(look: Look) -> Parts:
    """A low glass bottle of ink with a drop beside it."""
    main = look.main
    side = curve(
        "M 230 480 C 230 450 250 440 280 440 L 520 440 C 550 440 570 450 570 480 L 590 760"
        " C 592 800 572 814 540 814 L 260 814 C 228 814 208 800 210 760 Z"
    )
    return (
        rounded(drum(400, 300, 420, 96), "#2B2E32"),
        fill(oval(400, 300, 96, 13), "#555A60"),
        *(fill(box(x, 314, 5, 108), "#1B2530", 0.6) for x in range(312, 492, 17)),
        fill(box(330, 414, 140, 34, 6), "#CFE0E2"),
        glass(side),
        clip(
            side,
            rounded(box(200, 500, 400, 330), main),
            fill(oval(400, 502, 190, 15), light(main, 0.3)),
            fill(box(238, 460, 24, 330, 12), "#FFFFFF", 0.35),
        ),
        sheet(box(292, 566, 216, 170, 6), "#F6EEDC", depth=0.04),
        *motif(look.detail("label", "nib"), at=(400, 636), size=92, colour=main),
        fill(box(344, 700, 112, 9, 4), main, 0.7),
    )


def eraser(look: Look) -> Parts:
    """A block eraser in its card sleeve with crumbs."""
    main = look.main
    return turned(
        (
            upright(box(210, 420, 380, 170, 22), "#F4F1EA", depth=0.1),
            sheet(box(310, 412, 300, 186, 8), main),
            fill(box(310, 470, 300, 20), light(main, 0.6)),
            *motif(look.detail("label", "nib"), at=(470, 540), size=62, colour=light(main, 0.7)),
            *(
                fill(oval(x, y, r), "#8C969D")
                for x, y, r in ((170, 620, 7), (196, 652, 5), (150, 580, 5), (230, 640, 6))
            ),
        ),
        -16,
        (400, 500),
    )


def sharpener(look: Look) -> Parts:
    """A brass sharpener with a curl of wood."""
    main = look.main
    return (
        metal(poly((250, 420), (560, 420), (530, 620), (280, 620)), main),
        fill(poly((300, 440), (520, 440), (500, 520), (320, 520)), dark(main, 0.3)),
        metal(poly((310, 450), (512, 450), (470, 520), (330, 520)), STEEL),
        fill(oval(410, 484, 17), dark(STEEL, 0.4)),
        line(route((400, 484), (420, 484)), dark(STEEL, 0.7), 5),
        *(fill(box(x, 540, 7, 70, 3), dark(main, 0.3)) for x in range(310, 510, 22)),
        line(curve("M 560 440 C 640 420 690 480 650 540 C 620 590 560 570 580 530"), WOOD, 30),
        line(curve("M 562 428 C 650 408 704 480 662 546"), "#A8442F", 8),
    )


KINDS = {
    "pencil": kind(
        pencil, "drei sechseckige Bleistifte", "three hexagonal pencils", lying=True, size=1.02
    ),
    "crayons": kind(
        crayons, "Buntstifte in einer Pappschachtel", "coloured pencils in a card tray", lying=True
    ),
    "fountainpen": kind(
        fountainpen, "Füllhalter neben seiner Kappe", "fountain pen beside its cap", lying=True
    ),
    "ballpen": kind(ballpen, "Druckkugelschreiber", "push-button pen", lying=True, size=1.04),
    "inkbottle": kind(
        inkbottle, "niedriges Tintenglas mit Etikett", "low ink bottle with label", size=0.84
    ),
    "eraser": kind(
        eraser,
        "Radiergummi in Papphülle mit Krümeln",
        "eraser in a card sleeve with crumbs",
        lying=True,
        size=0.86,
    ),
    "sharpener": kind(
        sharpener, "Anspitzer mit Holzlocke", "sharpener with a curl of wood", lying=True, size=0.84
    ),
}
