"""Tools, pumps, tyres and other parts of bicycles."""

import math

from tresen.operations.demo.pictures.canvas import (
    Parts,
    both,
    box,
    curve,
    fill,
    line,
    oval,
    poly,
    route,
    turned,
)
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    dark,
    light,
    metal,
    rounded,
    sheet,
    stitches,
    upright,
)

RUBBER = "#2B2E32"
STEEL = "#BAC3C9"


def multitool(look: Look) -> Parts:
    """A folding tool with some blades opened as a fan."""
    main = look.main
    blades = []
    for at, angle in enumerate((-64, -38, -12, 14)):
        arm = (
            metal(box(382, 250, 36, 330, 8), STEEL),
            fill(poly((388, 262), (400, 228), (412, 262)), dark(STEEL, 0.2))
            if at % 2
            else metal(box(374, 228, 52, 40, 12), dark(STEEL, 0.1)),
        )
        blades += list(turned(arm, angle, (400, 580)))
    body = box(348, 540, 104, 330, 40)
    return turned(
        (
            *blades,
            sheet(body, main, depth=0.16),
            fill(box(366, 600, 68, 220, 26), dark(main, 0.22)),
            *motif("wheel", at=(400, 710), size=58, colour=light(main, 0.5)),
            *(fill(oval(400, y, 17), STEEL) for y in (580, 838)),
            *(fill(oval(400, y, 7), dark(STEEL, 0.5)) for y in (580, 838)),
        ),
        18,
        (400, 560),
    )


def floorpump(look: Look) -> Parts:
    """A track pump with wooden handle, gauge and hose."""
    main, wood = look.main, look.second("#DDB88A")
    return (
        line(curve("M 430 770 C 600 770 610 520 560 300 C 540 200 470 230 470 330"), RUBBER, 20),
        rounded(box(452, 312, 36, 66, 8), RUBBER),
        metal(box(388, 170, 24, 200, 6), STEEL),
        upright(box(240, 130, 320, 58, 29), wood, depth=0.2),
        rounded(box(364, 350, 72, 420, 16), main),
        fill(box(376, 360, 10, 400, 5), light(main, 0.45), 0.7),
        rounded(box(354, 336, 92, 44, 12), dark(STEEL, 0.25)),
        fill(poly((220, 848), (580, 848), (540, 806), (260, 806)), dark(STEEL, 0.3)),
        fill(oval(400, 752, 76), dark(STEEL, 0.36)),
        fill(oval(400, 752, 62), "#FBF8F0"),
        *(
            line(
                route(
                    (400 + 46 * math.cos(a), 752 + 46 * math.sin(a)),
                    (400 + 56 * math.cos(a), 752 + 56 * math.sin(a)),
                ),
                RUBBER,
                5,
            )
            for a in (math.pi * (0.75 + at * 0.25) for at in range(7))
        ),
        line(route((400, 752), (432, 720)), "#A8442F", 7),
        fill(oval(400, 752, 9), RUBBER),
    )


def minipump(look: Look) -> Parts:
    """A slim hand pump with its frame clip."""
    main = look.main
    parts = (
        metal(box(376, 150, 48, 130, 18), STEEL),
        rounded(box(362, 260, 76, 400, 20), main),
        fill(box(376, 280, 10, 350, 5), light(main, 0.5), 0.7),
        metal(box(366, 640, 68, 200, 26), dark(STEEL, 0.1)),
        fill(oval(400, 812, 12), dark(STEEL, 0.5)),
        rounded(box(340, 420, 120, 62, 16), RUBBER),
        *motif("wheel", at=(400, 560), size=44, colour=light(main, 0.55)),
    )
    return turned(parts, 32, (400, 500))


def patchkit(look: Look) -> Parts:
    """A flat tin of patches, open, with tyre levers beside it."""
    main = look.main
    patches = ((300, 560, 46), (410, 600, 34), (330, 660, 30), (440, 520, 26))
    return (
        *turned((rounded(box(560, 300, 46, 430, 22), "#D29E35"),), 10, (580, 500)),
        *turned((rounded(box(620, 320, 46, 430, 22), "#C08B2A"),), 16, (640, 500)),
        sheet(box(190, 170, 340, 240, 34), main),
        fill(box(206, 186, 308, 208, 24), light(main, 0.12)),
        *motif("wheel", at=(360, 290), size=130, colour=light(main, 0.72)),
        sheet(box(190, 440, 340, 300, 34), dark(STEEL, 0.1)),
        fill(box(208, 458, 304, 264, 24), dark(STEEL, 0.36)),
        *(fill(oval(x, y, r), "#C1572F") for x, y, r in patches),
        *(fill(oval(x, y, r * 0.72), RUBBER) for x, y, r in patches),
        *turned(
            (rounded(box(380, 640, 110, 40, 8), "#E8E4DA"), fill(box(486, 648, 22, 24, 4), main)),
            -12,
            (430, 660),
        ),
    )


def tyre(look: Look) -> Parts:
    """A tyre with tread blocks and a coloured sidewall."""
    wall = look.main
    treads = []
    for at in range(44):
        angle = math.tau * at / 44
        cos, sin = math.cos(angle), math.sin(angle)
        treads.append(
            line(
                route((400 + 286 * cos, 500 + 286 * sin), (400 + 304 * cos, 500 + 304 * sin)),
                dark(RUBBER, 0.4),
                15,
            )
        )
    return (
        fill(both(oval(400, 500, 300), oval(400, 500, 190)), RUBBER),
        *treads,
        line(oval(400, 500, 236), wall, 46),
        line(oval(400, 500, 258), dark(wall, 0.3), 5),
        line(oval(400, 500, 213), dark(wall, 0.3), 5),
        line(oval(400, 500, 194), light(RUBBER, 0.2), 9),
        line(curve("M 160 430 C 190 320 280 250 380 240"), "#FFFFFF", 10, 0.25),
    )


def innertube(look: Look) -> Parts:
    """A folded inner tube held by its paper band."""
    band = look.main
    loops = []
    for at in range(4):
        loops.append(line(oval(400, 480, 110 + at * 46, 200 + at * 26), dark(RUBBER, 0.1 * at), 40))
        loops.append(
            line(oval(396, 474, 110 + at * 46, 200 + at * 26), light(RUBBER, 0.22), 7, 0.5)
        )
    return (
        *loops,
        metal(box(386, 676, 28, 120, 8), "#C9A552"),
        fill(box(382, 780, 36, 34, 8), RUBBER),
        sheet(box(140, 400, 520, 160, 8), band, depth=0.06),
        *motif("wheel", at=(400, 480), size=104, colour=light(band, 0.72)),
    )


def saddle(look: Look) -> Parts:
    """A leather saddle with copper rivets on its rails."""
    hide = look.main
    top = curve(
        "M 130 480 C 150 400 240 380 330 400 C 460 426 560 440 660 430 C 700 426 712 456 690"
        " 474 C 620 520 520 530 420 560 C 330 600 260 640 200 640 C 140 640 116 560 130 480"
        " Z"
    )
    return (
        *(
            line(curve("M 240 640 C 260 720 560 700 640 520"), tone, width)
            for tone, width in ((dark(STEEL, 0.35), 18), (light(STEEL, 0.2), 5))
        ),
        line(curve("M 180 600 C 150 700 260 720 300 660"), dark(STEEL, 0.3), 17),
        upright(top, hide, depth=0.24),
        fill(
            curve(
                "M 160 470 C 190 420 260 410 330 424 C 430 444 530 458 620 454 C 520 480 420 470"
                " 320 470 C 250 468 200 480 160 500 Z"
            ),
            light(hide, 0.3),
            0.55,
        ),
        *(
            fill(oval(x, y, 10), "#C9A552")
            for x, y in ((164, 520), (170, 566), (186, 608), (664, 452), (640, 466))
        ),
        *stitches((224, 612), (400, 548), light(hide, 0.4), width=4),
    )


def grips(look: Look) -> Parts:
    """A pair of handlebar grips side by side."""
    main = look.main
    pair = []
    for cx in (310, 490):
        pair += [
            rounded(box(cx - 62, 210, 124, 590, 50), main),
            *(
                fill(box(cx - 56, level, 112, 9, 4), dark(main, 0.22), 0.8)
                for level in range(300, 740, 34)
            ),
            metal(box(cx - 68, 206, 136, 60, 16), STEEL),
            metal(box(cx - 68, 744, 136, 60, 16), STEEL),
        ]
    return turned(pair, 14, (400, 500))


def cable(look: Look) -> Parts:
    """A coil of cable sleeve tied twice."""
    main = look.main
    rings: list[Parts] = []
    for at in range(5):
        radius = 150 + at * 34
        rings.append(
            (
                line(oval(400, 500, radius, radius * 0.98), dark(main, 0.1 + at * 0.03), 27),
                line(oval(397, 495, radius, radius * 0.98), light(main, 0.25), 6, 0.6),
            )
        )
    return (
        *(part for ring in rings for part in ring),
        line(curve("M 640 620 C 690 700 690 760 640 820"), main, 26),
        fill(box(622, 806, 38, 46, 8), "#C9A552"),
        *(rounded(box(370, y, 60, 180, 10), "#E8E4DA") for y in (200, 620)),
    )


def strap(look: Look) -> Parts:
    """A carrier strap with two hooks, laid as an S."""
    main = look.main
    words = (
        "M 200 300 C 360 180 560 260 500 400 C 450 520 280 460 270 600 C 264 720 460 780 600 700"
    )
    return (
        line(curve(words), dark(main, 0.1), 54),
        line(curve(words), light(main, 0.45), 7),
        *(
            line(curve(hook), dark(STEEL, 0.2), 18)
            for hook in (
                "M 200 300 C 130 330 120 240 170 216",
                "M 600 700 C 680 670 690 760 640 784",
            )
        ),
        rounded(box(354, 446, 110, 70, 14), RUBBER),
    )


KINDS = {
    "multitool": kind(
        multitool, "aufgeklapptes Faltwerkzeug", "folding tool, opened", lying=True, size=1.02
    ),
    "floorpump": kind(floorpump, "Standpumpe mit Manometer", "track pump with gauge", size=1.08),
    "minipump": kind(minipump, "schlanke Handpumpe", "slim hand pump", lying=True, size=1.04),
    "patchkit": kind(
        patchkit,
        "offenes Flickzeug mit Reifenhebern",
        "open repair kit with tyre levers",
        lying=True,
    ),
    "tyre": kind(
        tyre,
        "Fahrradreifen mit farbiger Flanke",
        "bicycle tyre with coloured sidewall",
        lying=True,
        size=1.02,
    ),
    "innertube": kind(
        innertube, "gefalteter Schlauch mit Banderole", "folded inner tube with a band", lying=True
    ),
    "saddle": kind(
        saddle, "Ledersattel mit Nieten", "leather saddle with rivets", lying=True, size=1.04
    ),
    "grips": kind(grips, "zwei Lenkergriffe", "two handlebar grips", lying=True),
    "cable": kind(cable, "Ring aus Zughülle", "coil of cable sleeve", lying=True),
    "strap": kind(strap, "Spanngurt mit zwei Haken", "carrier strap with two hooks", lying=True),
}
