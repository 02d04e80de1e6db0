"""Lamps that are lit."""

from tresen.operations.demo.pictures.canvas import (
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    oval,
    poly,
    route,
    turned,
)
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    dark,
    drum,
    light,
    metal,
    rounded,
    stripes,
)

BLACK = "#2B2E32"
STEEL = "#BAC3C9"
GLOW = "#F9DD9A"


def desklamp(look: Look) -> Parts:
    """A jointed desk lamp shining down."""
    main = look.main
    return (
        fill(poly((196, 470), (330, 470), (410, 770), (106, 770)), GLOW, 0.3),
        line(route((560, 800), (640, 520)), dark(main, 0.2), 18),
        line(route((640, 520), (350, 290)), dark(main, 0.2), 18),
        line(route((556, 800), (636, 520)), light(main, 0.2), 5),
        line(route((636, 514), (350, 286)), light(main, 0.2), 5),
        *(fill(oval(x, y, 20), STEEL) for x, y in ((640, 520), (356, 294))),
        *(fill(oval(x, y, 8), dark(STEEL, 0.5)) for x, y in ((640, 520), (356, 294))),
        rounded(box(240, 250, 84, 70, 22), dark(main, 0.14)),
        rounded(
            curve(
                "M 240 310 L 324 310 C 340 380 390 420 400 480 L 140 480 C 160 420 226 380"
                " 240 310 Z"
            ),
            main,
        ),
        fill(oval(270, 480, 130, 17), "#FFF3CF"),
        rounded(drum(560, 800, 832, 126), main),
        fill(oval(560, 800, 126, 17), light(main, 0.26)),
    )


def tablelamp(look: Look) -> Parts:
    """A bedside lamp with a cloth shade."""
    main, shade = look.main, look.second("#F1E4C6")
    hood = poly((290, 240), (510, 240), (600, 540), (200, 540))
    pattern = (clip(hood, *stripes(190, 240, 420, 310, colour=dark(shade, 0.08), count=9)),)
    return (
        rounded(hood, shade, lit=0.2, shade=0.7),
        *(pattern if look.detail("pattern", "plain") == "stripes" else ()),
        fill(oval(400, 540, 200, 24), light(shade, 0.5)),
        fill(oval(400, 240, 110, 13), dark(shade, 0.14)),
        metal(box(389, 548, 22, 90, 6), "#C9A552"),
        rounded(
            curve(
                "M 340 640 C 340 690 270 700 270 760 C 270 830 330 856 400 856 C 470 856"
                " 530 830 530"
                " 760 C 530 700 460 690 460 640 Z"
            ),
            main,
        ),
        line(curve("M 530 840 C 620 850 640 800 700 840"), BLACK, 9),
    )


def clamplamp(look: Look) -> Parts:
    """A clip-on reading lamp with a bendable neck."""
    main = look.main
    return (
        fill(poly((250, 400), (150, 640), (420, 640)), GLOW, 0.32),
        line(curve("M 560 720 C 640 520 540 340 400 330"), dark(main, 0.3), 22),
        line(curve("M 556 718 C 632 524 536 348 402 336"), light(main, 0.2), 6),
        *turned(
            (rounded(box(210, 290, 210, 92, 44), main), fill(box(226, 366, 150, 17, 8), "#FFF3CF")),
            -20,
            (320, 330),
        ),
        rounded(box(496, 700, 160, 64, 20), main),
        rounded(box(496, 800, 160, 46, 18), dark(main, 0.16)),
        line(route((620, 764), (620, 800)), STEEL, 26),
        fill(oval(540, 732, 13), light(main, 0.5)),
    )


def stringlights(look: Look) -> Parts:
    """A string of bulbs in two swags."""
    wire, glow = look.main, look.second("#F6C866")
    lamps = []
    for x, y in (
        (130, 410),
        (218, 478),
        (312, 506),
        (408, 498),
        (500, 462),
        (590, 400),
        (200, 640),
        (296, 704),
        (400, 726),
        (504, 704),
        (600, 640),
    ):
        lamps += [
            fill(oval(x, y + 46, 46), glow, 0.18),
            rounded(box(x - 13, y - 4, 26, 32, 6), wire),
            fill(
                curve(
                    f"M {x - 13} {y + 26} C {x - 40} {y + 50} {x - 26} {y + 86} {x} {y + 86} C "
                    f"{x + 26} {y + 86} {x + 40} {y + 50} {x + 13} {y + 26} Z"
                ),
                glow,
            ),
            fill(oval(x - 7, y + 52, 7, 13), "#FFFFFF", 0.7),
        ]
    return (
        line(curve("M 90 360 C 240 550 470 550 680 330"), wire, 7),
        line(curve("M 680 330 C 760 420 640 600 600 640 C 460 760 330 760 140 570"), wire, 7),
        *lamps,
    )


def torch(look: Look) -> Parts:
    """A hand torch with a beam."""
    main = look.main
    parts = (
        fill(poly((330, 300), (470, 300), (560, 60), (240, 60)), GLOW, 0.3),
        rounded(poly((316, 300), (484, 300), (456, 440), (344, 440)), main),
        fill(oval(400, 300, 84, 17), "#FFF3CF"),
        rounded(box(344, 436, 112, 400, 26), main),
        *(fill(box(344, y, 112, 11, 4), dark(main, 0.3)) for y in range(600, 800, 26)),
        fill(box(382, 490, 36, 60, 18), light(main, 0.5)),
        fill(box(388, 498, 24, 26, 12), "#A8442F"),
        line(curve("M 400 836 C 370 890 440 900 410 840"), "#AA6E42", 10),
    )
    return turned(parts, 34, (400, 560))


KINDS = {
    "desklamp": kind(desklamp, "leuchtende Gelenkleuchte", "jointed lamp, lit", size=1.02),
    "tablelamp": kind(
        tablelamp,
        "leuchtende Tischlampe mit Stoffschirm",
        "table lamp with cloth shade, lit",
        size=1.02,
    ),
    "clamplamp": kind(
        clamplamp, "Klemmleuchte mit biegsamem Hals", "clip-on lamp with bendable neck"
    ),
    "stringlights": kind(
        stringlights,
        "Lichterkette in zwei Bögen",
        "string of lights in two swags",
        lying=True,
        size=1.04,
    ),
    "torch": kind(torch, "Taschenlampe mit Lichtkegel", "torch with beam", lying=True, size=1.04),
}
