"""Toys of wood."""

from tresen.operations.demo.pictures.canvas import (
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    oval,
    poly,
    turned,
)
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    dark,
    grain,
    light,
    rounded,
    sheet,
    upright,
)

PAINTS = ("#A8442F", "#D29E35", "#2A6787", "#4C7A55", "#DB8069", "#6E4058")
EYE = "#22272C"


def train(look: Look) -> Parts:
    """A wooden engine with two waggons."""
    main, wood = look.main, look.second("#DDB88A")
    return (
        *_waggon(628, PAINTS[1], wood),
        *_waggon(462, PAINTS[3], wood),
        *(fill(box(x, 700, 36, 12), dark(wood, 0.4)) for x in (382, 546)),
        rounded(box(110, 560, 190, 130, 40), main, lit=0.3, shade=0.9),
        upright(box(270, 470, 120, 220, 12), dark(main, 0.12), depth=0.1),
        fill(box(292, 506, 74, 74, 10), light(wood, 0.4)),
        rounded(box(252, 446, 156, 34, 14), wood),
        rounded(poly((148, 560), (200, 560), (212, 470), (136, 470)), wood),
        fill(oval(112, 626, 16, 46), wood),
        upright(box(110, 680, 290, 34, 10), wood),
        *(part for x in (160, 250, 350) for part in _wheel(x, 730, 44, dark(wood, 0.3))),
    )


def _waggon(x: float, paint: str, wood: str) -> Parts:
    return (
        upright(box(x - 66, 580, 132, 110, 14), paint),
        fill(box(x - 66, 580, 132, 22, 10), light(paint, 0.3)),
        upright(box(x - 76, 680, 152, 30, 10), wood),
        *(part for at in (-42, 42) for part in _wheel(x + at, 730, 36, dark(wood, 0.3))),
    )


def _wheel(x: float, y: float, r: float, colour: str) -> Parts:
    return (
        fill(oval(x, y, r), colour),
        fill(oval(x - 2, y - 2, r * 0.82), light(colour, 0.2)),
        fill(oval(x, y, r * 0.26), dark(colour, 0.4)),
    )


def blocks(look: Look) -> Parts:
    """A small building of blocks: arch, roof, cubes and columns."""
    wood = look.main
    paints = (
        PAINTS
        if look.detail("paint", "yes") == "yes"
        else (wood, light(wood, 0.2), dark(wood, 0.12))
    )
    tone = [paints[at % len(paints)] for at in range(6)]
    return (
        upright(box(160, 700, 130, 130, 6), tone[0]),
        upright(box(510, 700, 130, 130, 6), tone[2]),
        fill(
            curve("M 300 830 L 300 700 L 500 700 L 500 830 L 450 830 C 450 750 350 750 350 830 Z"),
            wood,
        ),
        upright(box(150, 640, 500, 56, 6), light(wood, 0.12)),
        clip(box(150, 640, 500, 56, 6), *grain(150, 640, 500, 56, colour=wood, look=look)),
        rounded(box(210, 470, 64, 168, 6), tone[3]),
        rounded(box(526, 470, 64, 168, 6), tone[1]),
        upright(box(330, 510, 140, 128, 6), tone[4]),
        fill(oval(400, 574, 36), light(tone[4], 0.4)),
        upright(box(190, 424, 420, 42, 6), wood),
        fill(poly((400, 280), (250, 422), (400, 422)), tone[2]),
        fill(poly((400, 280), (550, 422), (400, 422)), dark(tone[2], 0.18)),
        rounded(oval(400, 262, 30), tone[1]),
    )


def stacker(look: Look) -> Parts:
    """A ring tower, largest ring below."""
    wood = look.main
    rings = []
    for at in range(6):
        wide = 210 - at * 26
        rings.append(rounded(box(400 - wide, 720 - at * 76, wide * 2, 74, 37), PAINTS[at % 6]))
    return (
        rounded(box(384, 230, 32, 520, 14), wood),
        upright(box(170, 790, 460, 44, 20), wood),
        *rings,
        rounded(oval(400, 268, 46), PAINTS[0]),
        fill(oval(384, 252, 12), "#FFFFFF", 0.5),
    )


def boat(look: Look) -> Parts:
    """A wooden boat with cloth sails."""
    hull, sail = look.main, look.second("#FCFBF8")
    return (
        rounded(box(388, 170, 24, 530, 8), "#B98B57"),
        sheet(curve("M 420 200 C 560 300 610 480 620 620 L 420 620 Z"), sail, depth=0.06),
        clip(
            curve("M 420 200 C 560 300 610 480 620 620 L 420 620 Z"),
            *(fill(box(400, y, 260, 20), PAINTS[0]) for y in (480, 520)),
        ),
        sheet(
            curve("M 376 250 C 300 360 240 500 200 620 L 376 620 Z"),
            look.third(PAINTS[1]),
            depth=0.06,
        ),
        fill(poly((412, 150), (480, 172), (412, 196)), PAINTS[0]),
        rounded(
            curve(
                "M 130 690 L 680 690 C 650 790 590 830 500 830 L 300 830 C 220 830 160 780 130 690"
                " Z"
            ),
            hull,
        ),
        fill(curve("M 130 690 L 680 690 L 668 722 L 146 722 Z"), light(hull, 0.4)),
        *motif(look.detail("label", "fish"), at=(320, 774), size=64, colour=light(hull, 0.6)),
    )


def car(look: Look) -> Parts:
    """A simple wooden car with a peg driver."""
    main, wood = look.main, look.second("#DDB88A")
    body = curve(
        "M 130 650 C 130 580 170 560 240 552 L 300 470 C 320 440 350 430 390 430 L 500 430"
        " C 540 430 560 450 580 490 L 610 560 C 660 570 680 600 680 660 L 680 710 L 130 710 Z"
    )
    return (
        upright(body, main, depth=0.16),
        fill(
            curve("M 320 540 L 360 478 C 366 470 376 466 390 466 L 420 466 L 420 540 Z"),
            light(wood, 0.4),
        ),
        fill(
            curve("M 450 466 L 500 466 C 520 466 530 476 540 496 L 560 540 L 450 540 Z"),
            light(wood, 0.4),
        ),
        fill(oval(400, 520, 28), wood),
        fill(box(130, 660, 550, 18), light(main, 0.3), 0.8),
        *(part for x in (250, 560) for part in _wheel(x, 716, 74, dark(wood, 0.4))),
        fill(oval(150, 612, 16), "#F6C866"),
    )


def duck(look: Look) -> Parts:
    """A pull-along duck on wheels with its string."""
    main, beak = look.main, look.second("#D29E35")
    body = curve(
        "M 180 560 C 180 460 260 430 350 450 C 440 470 500 480 620 430 C 640 560 560 680 400 680"
        " C 260 680 180 640 180 560 Z"
    )
    return (
        line(curve("M 150 740 C 80 700 120 600 60 560"), "#A8442F", 8),
        fill(oval(58, 556, 17), "#A8442F"),
        fill(poly((152, 360), (80, 392), (160, 420)), beak),
        rounded(
            curve(
                "M 150 390 C 150 300 210 250 280 260 C 350 270 380 330 370 400 C 366 440"
                " 340 470 330"
                " 500 L 210 520 C 180 490 150 450 150 390 Z"
            ),
            main,
        ),
        rounded(body, main),
        fill(
            curve(
                "M 330 540 C 400 500 500 520 560 500 C 540 600 440 630 370 610 C 340 600"
                " 320 570 330 540"
                " Z"
            ),
            dark(main, 0.14),
        ),
        fill(oval(236, 356, 17), EYE),
        fill(oval(230, 350, 5), "#FFFFFF"),
        fill(
            curve("M 200 488 C 250 520 310 510 340 484 L 336 510 C 300 540 240 540 204 514 Z"),
            PAINTS[0],
        ),
        upright(box(170, 690, 440, 36, 14), "#DDB88A"),
        *(part for x in (250, 530) for part in _wheel(x, 750, 60, PAINTS[2])),
    )


def xylophone(look: Look) -> Parts:
    """A wooden xylophone with coloured bars and two mallets."""
    wood = look.main
    bars = []
    tones = (*PAINTS, light(PAINTS[0], 0.3), light(PAINTS[1], 0.3))
    for at, tone in enumerate(tones):
        height = 330 - at * 24
        bar = box(150 + at * 62, 480 - height / 2, 50, height, 14)
        bars += [
            rounded(bar, tone),
            fill(oval(175 + at * 62, 480 - height / 2 + 28, 6), EYE, 0.6),
            fill(oval(175 + at * 62, 480 + height / 2 - 28, 6), EYE, 0.6),
        ]
    mallets = [
        part
        for angle, x in ((62, 360), (74, 420))
        for part in turned(
            (rounded(box(x, 560, 14, 330, 7), wood), fill(oval(x + 7, 566, 26), PAINTS[0])),
            angle,
            (x, 740),
        )
    ]
    return (
        fill(poly((130, 380), (660, 440), (660, 470), (130, 424)), dark(wood, 0.2)),
        fill(poly((130, 580), (660, 520), (660, 490), (130, 540)), dark(wood, 0.2)),
        *bars,
        *mallets,
    )


KINDS = {
    "train": kind(
        train, "Holzlokomotive mit zwei Wagen", "wooden engine with two waggons", size=1.08
    ),
    "blocks": kind(blocks, "Bauwerk aus Bauklötzen", "building of wooden blocks"),
    "stacker": kind(stacker, "Stapelturm aus bunten Ringen", "stacking tower of coloured rings"),
    "boat": kind(boat, "Holzboot mit Stoffsegeln", "wooden boat with cloth sails"),
    "car": kind(car, "Holzauto", "wooden car"),
    "duck": kind(duck, "Nachziehente auf Rädern", "pull-along duck on wheels"),
    "xylophone": kind(
        xylophone,
        "Xylophon mit zwei Schlägeln",
        "xylophone with two mallets",
        lying=True,
        size=1.04,
    ),
}
