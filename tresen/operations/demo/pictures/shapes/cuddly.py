"""Soft animals, dolls and rattles."""

import math

from tresen.operations.demo.pictures.canvas import (
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    mirrored,
    oval,
    poly,
    route,
    turned,
)
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    dark,
    light,
    rounded,
    sheet,
    slanted,
    stitches,
)

PAINTS = ("#A8442F", "#D29E35", "#2A6787", "#4C7A55", "#DB8069", "#6E4058")
EYE = "#22272C"


def softtoy(look: Look) -> Parts:
    """A soft animal sitting: seal, bear, rabbit, sheep, fox or gull."""
    animal = look.detail("animal", "bear")
    if animal == "seal":
        return _seal(look)
    if animal == "gull":
        return _gull(look)
    main, pale = look.main, look.second("#F6EEDC")
    return (
        *_ears(animal, main, pale),
        *_tail(animal, main, pale),
        rounded(oval(400, 690, 172, 164), main),
        fill(oval(400, 716, 104, 116), pale),
        *(rounded(oval(x, 838, 70, 44), main) for x in (290, 510)),
        *(fill(oval(x, 842, 34, 22), pale) for x in (290, 510)),
        *turned((rounded(oval(250, 650, 44, 96), dark(main, 0.06)),), 24, (250, 580)),
        *turned((rounded(oval(550, 650, 44, 96), dark(main, 0.06)),), -24, (550, 580)),
        *_head(animal, main, pale),
        line(curve("M 300 544 C 350 590 450 590 500 544"), look.third(PAINTS[0]), 24),
        *turned((fill(box(474, 548, 30, 84, 6), look.third(PAINTS[0])),), -14, (489, 550)),
    )


def _ears(animal: str, main: str, pale: str) -> Parts:
    one: Parts
    if animal == "rabbit":
        one = (rounded(oval(330, 230, 46, 150), main), fill(oval(330, 240, 22, 112), pale))
        return (*turned(one, -9, (330, 380)), *mirrored(turned(one, -9, (330, 380))))
    if animal == "fox":
        one = (
            fill(poly((262, 380), (270, 210), (384, 320)), main),
            fill(poly((286, 350), (288, 260), (346, 322)), dark(main, 0.55)),
        )
        return (*one, *mirrored(one))
    if animal == "sheep":
        one = turned((rounded(oval(250, 430, 62, 30), "#5C4132"),), 20, (250, 430))
        return (*one, *mirrored(one))
    one = (rounded(oval(290, 310, 58), main), fill(oval(290, 312, 32), pale))
    return (*one, *mirrored(one))


def _tail(animal: str, main: str, pale: str) -> Parts:
    if animal != "fox":
        return ()
    return (
        fill(
            curve("M 540 780 C 700 780 720 600 650 520 C 640 620 600 680 530 700 Z"),
            dark(main, 0.08),
        ),
        fill(
            curve(
                "M 672 560 C 666 536 660 528 650 520 C 648 560 640 590 628 616 C 650 606"
                " 666 590 672"
                " 560 Z"
            ),
            pale,
        ),
    )


def _head(animal: str, main: str, pale: str) -> Parts:
    face = "#5C4132" if animal == "sheep" else main
    wool: Parts = ()
    if animal == "sheep":
        wool = tuple(
            fill(oval(400 + 112 * math.cos(a), 380 + 92 * math.sin(a), 52), light(main, 0.2))
            for a in (math.tau * at / 10 for at in range(10))
        )
        shape = oval(400, 440, 96, 110)
    else:
        shape = oval(400, 424, 160, 140)
    muzzle = () if animal == "sheep" else (fill(oval(400, 482, 82, 64), pale),)
    return (
        *wool,
        rounded(shape, face),
        *muzzle,
        *(fill(oval(x, 410, 14), EYE if animal != "sheep" else "#F6EEDC") for x in (342, 458)),
        *(fill(oval(x, 410, 6), EYE) for x in (342, 458) if animal == "sheep"),
        *(fill(oval(x - 4, 405, 4), "#FFFFFF") for x in (342, 458)),
        fill(
            curve(
                "M 372 454 C 384 444 416 444 428 454 C 424 476 408 482 400 484 C 392 482"
                " 376 476 372 454"
                " Z"
            ),
            EYE if animal != "sheep" else "#D9ABA0",
        ),
        line(curve("M 400 484 C 400 510 370 516 360 506"), EYE, 5),
        line(curve("M 400 484 C 400 510 430 516 440 506"), EYE, 5),
    )


def _seal(look: Look) -> Parts:
    main, pale = look.main, look.second("#F6EEDC")
    body = curve(
        "M 190 440 C 190 310 290 260 370 280 C 460 300 480 380 500 470 C 540 610 640 660 690 640"
        " C 720 700 660 740 600 740 C 540 800 340 800 260 760 C 180 720 190 560 190 440 Z"
    )
    return (
        rounded(
            curve("M 620 690 C 680 640 740 630 760 580 C 790 650 760 720 690 750 Z"),
            dark(main, 0.1),
        ),
        rounded(body, main),
        clip(body, fill(oval(280, 680, 130, 190), pale)),
        rounded(
            curve("M 240 690 C 180 720 150 770 160 800 C 220 800 290 770 310 720 Z"),
            dark(main, 0.12),
        ),
        rounded(
            curve("M 400 720 C 400 770 430 800 500 806 C 520 770 490 720 450 690 Z"),
            dark(main, 0.12),
        ),
        fill(oval(290, 450, 66, 48), pale),
        *(fill(oval(x, 396, 20), EYE) for x in (236, 344)),
        *(fill(oval(x - 6, 389, 6), "#FFFFFF") for x in (236, 344)),
        fill(oval(290, 428, 26, 18), EYE),
        *(
            line(route((290 + way * 40, 456), (290 + way * 120, 446 + at * 16)), dark(main, 0.4), 3)
            for way in (-1, 1)
            for at in range(3)
        ),
        line(curve("M 268 470 C 280 480 300 480 312 470"), EYE, 5),
    )


def _gull(look: Look) -> Parts:
    main, wing = look.main, look.second("#C3C9CB")
    return (
        *(line(route((x, 740), (x, 840)), "#D29E35", 14) for x in (360, 440)),
        *(fill(poly((x, 820), (x - 46, 850), (x + 30, 850)), "#D29E35") for x in (360, 440)),
        fill(poly((590, 620), (720, 690), (560, 720)), dark(wing, 0.5)),
        rounded(oval(420, 620, 200, 150), main),
        rounded(oval(290, 410, 122, 116), main),
        rounded(curve("M 200 420 C 190 560 240 640 340 640 L 400 470 Z"), main),
        fill(
            curve(
                "M 380 560 C 480 520 580 570 640 660 C 560 720 430 710 390 650 C 376 620"
                " 370 590 380 560"
                " Z"
            ),
            wing,
        ),
        fill(poly((180, 400), (96, 430), (188, 452)), "#D29E35"),
        fill(oval(116, 430, 8), PAINTS[0]),
        fill(oval(250, 392, 17), EYE),
        fill(oval(245, 386, 5), "#FFFFFF"),
        line(curve("M 200 506 C 260 560 340 540 380 490"), PAINTS[2], 26),
    )


def doll(look: Look) -> Parts:
    """A rag doll with plaits and a patterned dress."""
    dress, hair = look.main, look.second("#7D573C")
    skin = look.third("#D9A87E")
    gown = curve("M 340 470 L 460 470 L 570 760 C 500 790 300 790 230 760 Z")
    return (
        *(rounded(box(x, 740, 52, 110, 22), "#F6EEDC") for x in (326, 422)),
        *(rounded(box(x, 820, 64, 40, 18), dark(hair, 0.2)) for x in (318, 420)),
        *turned((rounded(box(250, 480, 44, 200, 22), skin),), 24, (290, 490)),
        *turned((rounded(box(506, 480, 44, 200, 22), skin),), -24, (510, 490)),
        sheet(gown, dress, depth=0.08),
        clip(gown, *slanted(220, 640, 360, 150, colour=light(dress, 0.5), count=9)),
        *(line(route((x, 300), (x + way * 30, 500)), hair, 36) for x, way in ((280, -1), (520, 1))),
        *(fill(oval(x, 506, 17), PAINTS[0]) for x in (250, 550)),
        fill(oval(400, 290, 136, 130), hair),
        fill(oval(400, 330, 112, 116), skin),
        fill(
            curve(
                "M 286 330 C 290 230 400 210 410 250 C 430 210 510 230 514 330 C 480 290"
                " 440 280 410 276"
                " C 370 280 320 290 286 330 Z"
            ),
            hair,
        ),
        *(fill(oval(x, 342, 11), EYE) for x in (356, 444)),
        *(fill(oval(x, 378, 19), "#DB8069", 0.6) for x in (334, 466)),
        line(curve("M 374 390 C 386 406 414 406 426 390"), PAINTS[0], 6),
        *stitches((344, 486), (456, 486), light(dress, 0.6), width=4),
    )


def rattle(look: Look) -> Parts:
    """A grasping ring with wooden beads."""
    main, wood = look.main, look.second("#DDB88A")
    beads = []
    for at in range(7):
        angle = math.pi * (0.15 + at * 0.117)
        beads.append(
            rounded(
                oval(400 + 190 * math.cos(angle), 480 + 190 * math.sin(angle), 46),
                PAINTS[at % 6] if at % 2 else main,
            )
        )
    return (
        line(oval(400, 480, 190), dark(wood, 0.1), 40),
        line(oval(396, 474, 190), light(wood, 0.3), 10),
        *beads,
        rounded(oval(400, 290, 62), wood),
        *(fill(oval(x, 282, 7), EYE) for x in (380, 420)),
        line(curve("M 384 306 C 392 314 408 314 416 306"), EYE, 4),
    )


KINDS = {
    "softtoy": kind(softtoy, "Stofftier", "soft toy", size=0.98),
    "doll": kind(doll, "Stoffpuppe mit Zöpfen", "rag doll with plaits", lying=True, size=1.02),
    "rattle": kind(
        rattle, "Greifring mit Holzperlen", "grasping ring with wooden beads", lying=True, size=0.92
    ),
}
