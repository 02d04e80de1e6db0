"""Bells, lights, locks and helmets."""

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
    upright,
)

RUBBER = "#2B2E32"
STEEL = "#BAC3C9"


def bell(look: Look) -> Parts:
    """A domed bell on its clamp, with a thumb lever."""
    main = look.main
    dome = curve(
        "M 190 560 C 190 380 290 290 410 290 C 530 290 630 380 630 560 C 630 590 190 590 190 560 Z"
    )
    return (
        metal(box(352, 600, 116, 116, 14), STEEL),
        rounded(box(330, 706, 160, 54, 20), dark(STEEL, 0.35)),
        line(oval(410, 776, 84, 62), dark(STEEL, 0.25), 22),
        fill(
            curve(
                "M 600 520 C 680 500 716 540 704 590 C 690 600 674 590 668 574"
                " C 650 556 620 560 600 570 Z"
            ),
            dark(STEEL, 0.2),
        ),
        upright(box(178, 552, 464, 50, 25), dark(main, 0.14)),
        metal(dome, main),
        fill(
            curve("M 246 520 C 250 420 300 360 360 336 C 310 390 292 450 292 540 Z"), "#FFFFFF", 0.4
        ),
        fill(oval(410, 300, 24, 15), dark(main, 0.24)),
        *motif(look.detail("label", "wheel"), at=(424, 470), size=92, colour=dark(main, 0.3)),
    )


def headlight(look: Look) -> Parts:
    """A round head lamp with its beam's glow, on a bracket."""
    main = look.main
    hood = curve(
        "M 250 420 C 250 330 330 270 430 270 L 560 280 C 620 290 640 360 640 430"
        " C 640 500 620 570 560 580 L 430 590 C 330 590 250 520 250 420 Z"
    )
    return (
        line(curve("M 470 590 C 470 680 430 700 430 800"), dark(STEEL, 0.35), 26),
        rounded(box(384, 780, 92, 60, 14), dark(STEEL, 0.35)),
        upright(hood, main, depth=0.22),
        fill(
            curve("M 420 300 L 550 306 C 590 312 604 350 610 380 C 560 350 480 340 400 350 Z"),
            light(main, 0.4),
            0.55,
        ),
        *(fill(box(560 + at * 22, 330, 8, 200, 4), dark(main, 0.3), 0.8) for at in range(3)),
        metal(oval(290, 430, 120, 164), STEEL),
        sheet(oval(286, 430, 100, 144), "#FBEFC6"),
        fill(oval(286, 430, 62, 96), "#FFF9E6"),
        *(
            line(route((200, level), (372, level)), "#E4D39A", 3, 0.8)
            for level in range(330, 540, 26)
        ),
    )


def lightset(look: Look) -> Parts:
    """A pair of small lamps with rubber straps, white and red."""
    main = look.main
    return (*_clip_lamp(270, "#FBEFC6", main), *_clip_lamp(540, "#C8372D", main))


def _clip_lamp(cx: float, glass: str, main: str) -> Parts:
    return (
        line(oval(cx, 690, 92, 108), dark(main, 0.3), 26),
        line(oval(cx - 5, 684, 92, 108), dark(main, 0.1), 10),
        rounded(box(cx - 104, 330, 208, 290, 50), main),
        sheet(oval(cx, 460, 82, 92), glass),
        fill(oval(cx, 460, 50, 58), light(glass, 0.45)),
        *(
            fill(oval(cx + x, 460 + y, 9), "#FFFFFF", 0.85)
            for x, y in ((-18, -18), (18, -18), (0, 20))
        ),
        fill(box(cx - 26, 580, 52, 18, 9), dark(main, 0.35)),
    )


def taillight(look: Look) -> Parts:
    """A flat carrier lamp, red, with a reflector field."""
    main = look.main
    rows = [
        fill(poly((x, y), (x + 17, y + 14), (x, y + 28), (x - 17, y + 14)), light(main, 0.25), 0.7)
        for x in range(480, 620, 34)
        for y in (446, 474, 502)
    ]
    return (
        *(rounded(box(x, 560, 40, 90, 8), dark(STEEL, 0.3)) for x in (250, 510)),
        upright(box(130, 400, 540, 180, 56), RUBBER, depth=0.25),
        upright(box(152, 418, 496, 140, 44), main, depth=0.2),
        fill(box(452, 432, 180, 112, 30), dark(main, 0.25)),
        clip(box(452, 432, 180, 112, 30), *rows),
        *(fill(oval(220 + at * 62, 488, 22), light(main, 0.5)) for at in range(4)),
        *(fill(oval(220 + at * 62, 488, 10), "#FFE9DF") for at in range(4)),
    )


def ulock(look: Look) -> Parts:
    """A shackle lock, its key in it."""
    main = look.main
    bow = curve("M 260 640 L 260 370 C 260 180 540 180 540 370 L 540 640")
    return (
        line(bow, dark(main, 0.25), 62),
        line(curve("M 250 640 L 250 370 C 250 166 540 176 534 370"), light(main, 0.16), 14),
        *(rounded(box(x, 580, 84, 60, 10), dark(STEEL, 0.2)) for x in (218, 498)),
        upright(box(160, 632, 480, 130, 40), main, depth=0.2),
        fill(box(190, 648, 420, 14, 7), light(main, 0.3), 0.8),
        metal(oval(400, 698, 40), STEEL),
        fill(box(392, 676, 16, 46, 5), dark(STEEL, 0.55)),
        line(route((400, 700), (400, 826)), dark(STEEL, 0.2), 14),
        line(oval(400, 862, 34), dark(STEEL, 0.2), 15),
    )


def chainlock(look: Look) -> Parts:
    """A coiled chain in a cloth sleeve with a square lock."""
    main = look.main
    coil = curve(
        "M 300 680 C 130 640 130 320 330 260 C 540 200 700 340 660 520"
        " C 630 650 470 680 400 590 C 350 520 420 440 500 470"
    )
    stitch = curve("M 308 664 C 152 630 152 330 336 276 C 530 218 680 346 644 516")
    return (
        line(coil, dark(main, 0.12), 68),
        line(stitch, light(main, 0.2), 10, 0.6),
        *(fill(oval(x, y, 17), dark(STEEL, 0.25)) for x, y in ((318, 690), (508, 470))),
        sheet(box(210, 690, 220, 150, 26), RUBBER, depth=0.2),
        metal(oval(320, 766, 34), STEEL),
        fill(box(313, 748, 14, 36, 5), dark(STEEL, 0.55)),
        *motif("wheel", at=(244, 730), size=38, colour=light(RUBBER, 0.5)),
    )


def helmet(look: Look) -> Parts:
    """A helmet from the side with vents and chin strap."""
    main = look.main
    shell = curve(
        "M 120 560 C 110 360 260 250 430 250 C 600 250 700 380 690 540"
        " C 690 580 660 592 620 580 C 480 548 320 560 190 606 C 150 616 124 600 120 560 Z"
    )
    vents = (
        "M 220 480 C 240 400 290 350 350 330 L 366 362 C 316 384 276 430 262 484 Z",
        "M 370 452 C 384 390 420 340 480 322 L 500 352 C 452 376 424 410 414 456 Z",
        "M 510 456 C 520 412 544 380 588 366 L 608 394 C 576 410 560 432 554 462 Z",
    )
    return (
        line(curve("M 250 580 C 300 700 360 780 430 800"), RUBBER, 13),
        line(curve("M 600 570 C 580 700 500 780 430 800"), RUBBER, 13),
        fill(box(408, 782, 46, 34, 9), dark(STEEL, 0.3)),
        rounded(shell, main, lit=0.14, shade=0.76),
        fill(
            curve(
                "M 122 566 C 180 600 320 520 470 524 C 600 528 680 540 690 546 C 690 580 660 592"
                " 620 580 C 480 548 320 560 190 606 C 150 616 124 600 122 566 Z"
            ),
            dark(main, 0.3),
        ),
        *(fill(curve(words), dark(main, 0.55)) for words in vents),
        fill(
            curve("M 250 350 C 320 290 400 276 470 276 C 400 300 320 330 270 380 Z"),
            "#FFFFFF",
            0.25,
        ),
    )


def reflectors(look: Look) -> Parts:
    """A bundle of spoke reflectors held by a card."""
    card = look.second("#F6EEDC")
    sticks = []
    for at in range(9):
        tone = light(look.main, 0.3) if at % 2 else look.main
        sticks.append(rounded(box(236 + at * 37, 190, 20, 610, 10), tone, lit=0.3, shade=0.66))
    return (
        *sticks,
        sheet(box(196, 400, 408, 210, 12), card, depth=0.05),
        *motif("wheel", at=(400, 505), size=140, colour=dark(card, 0.55)),
    )


KINDS = {
    "bell": kind(bell, "Fahrradklingel mit Hebel", "bicycle bell with lever", size=0.86),
    "headlight": kind(
        headlight, "runder Fahrradscheinwerfer", "round bicycle headlight", size=0.92
    ),
    "lightset": kind(
        lightset,
        "Ansteckleuchten, vorn weiß und hinten rot",
        "clip-on lights, white front and red rear",
        lying=True,
        size=0.92,
    ),
    "taillight": kind(
        taillight,
        "flaches Rücklicht für den Gepäckträger",
        "flat rear light for the carrier",
        lying=True,
        size=0.96,
    ),
    "ulock": kind(ulock, "Bügelschloss mit Schlüssel", "shackle lock with key", lying=True),
    "chainlock": kind(chainlock, "aufgerolltes Kettenschloss", "coiled chain lock", lying=True),
    "helmet": kind(helmet, "Fahrradhelm von der Seite", "bicycle helmet from the side", lying=True),
    "reflectors": kind(
        reflectors, "Speichenreflektoren auf einer Karte", "spoke reflectors on a card", lying=True
    ),
}
