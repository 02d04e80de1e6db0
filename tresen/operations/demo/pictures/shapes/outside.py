"""Tents, sleeping bags and hammocks."""

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
    against,
    dark,
    light,
    rounded,
    sheet,
    slanted,
    stitches,
    upright,
)

STEEL = "#BAC3C9"
ROPE = "#E8DCC0"
GRASS = "#6E8A5B"


def tent(look: Look) -> Parts:
    """A ridge tent, its door open, pegged on a strip of grass."""
    main, inside = look.main, look.second("#EACF86")
    wide = {"n1": 0.8, "n2": 1.0, "n3": 1.14}.get(look.detail("persons", "n2"), 1.0)
    left, right = 400 - 250 * wide, 400 + 250 * wide
    return (
        fill(oval(400, 760, 300 * wide, 26), GRASS),
        line(route((400, 330), (left - 60, 750)), ROPE, 4),
        line(route((400, 330), (right + 60, 750)), ROPE, 4),
        fill(poly((400, 320), (left, 750), (400, 750)), light(main, 0.14)),
        fill(poly((400, 320), (400, 750), (right, 750)), dark(main, 0.14)),
        fill(poly((400, 330), (400 - 96 * wide, 750), (400 + 96 * wide, 750)), dark(main, 0.6)),
        fill(poly((400, 350), (400 - 40 * wide, 750), (400 + 66 * wide, 750)), inside),
        fill(poly((400, 330), (400 - 110 * wide, 750), (400 - 150 * wide, 750), (392, 330)), main),
        fill(
            poly((400, 330), (400 + 110 * wide, 750), (400 + 150 * wide, 750), (408, 330)),
            dark(main, 0.24),
        ),
        *(
            line(route((400, 330), (x, 748)), dark(main, 0.3), 4, 0.5)
            for x in (left + 70 * wide, right - 70 * wide)
        ),
        line(route((400, 300), (400, 340)), dark("#DDB88A", 0.3), 11),
        *motif(
            look.detail("label", "hills"),
            at=(left + 104 * wide, 690),
            size=52,
            colour=against(main),
        ),
        *(
            line(route((x, 750), (x + way * 16, 778)), dark(STEEL, 0.3), 8)
            for x, way in ((left - 60, -1), (right + 60, 1))
        ),
    )


def tarp(look: Look) -> Parts:
    """A tarpaulin stretched between two poles."""
    main = look.main
    return (
        fill(oval(400, 790, 310, 24), GRASS),
        *(line(route((x, 380), (x, 786)), "#B08A5C", 14) for x in (250, 560)),
        line(route((250, 390), (110, 780)), ROPE, 5),
        line(route((560, 390), (690, 780)), ROPE, 5),
        fill(
            curve("M 250 370 C 340 420 470 420 560 370 L 680 620 C 540 560 260 560 130 640 Z"), main
        ),
        fill(
            curve("M 250 370 C 340 420 470 420 560 370 L 590 432 C 470 476 330 480 222 440 Z"),
            light(main, 0.2),
        ),
        line(curve("M 250 370 C 340 420 470 420 560 370"), dark(main, 0.3), 7),
        *stitches((136, 630), (670, 612), light(main, 0.5), width=3),
        *(fill(oval(x, y, 9), "#C9A552") for x, y in ((140, 628), (400, 580), (668, 610))),
    )


def sleepingbag(look: Look) -> Parts:
    """A mummy sleeping bag, its upper corner turned back."""
    main, inside = look.main, look.second("#DB8069")
    bag = curve(
        "M 280 260 C 280 170 520 170 520 260 C 560 330 566 420 556 520 C 546 660 520 800 490 850"
        " C 470 884 330 884 310 850 C 280 800 254 660 244 520 C 234 420 240 330 280 260 Z"
    )
    seams = [
        line(curve(f"M 220 {y} Q 400 {y + 36} 580 {y}"), dark(main, 0.22), 6, 0.7)
        for y in range(330, 850, 64)
    ]
    return (
        sheet(bag, main, depth=0.1),
        clip(bag, *seams),
        fill(
            curve(
                "M 306 262 C 306 196 494 196 494 262 C 500 320 450 340 400 340 C 350 340"
                " 300 320 306"
                " 262 Z"
            ),
            inside,
        ),
        fill(
            curve(
                "M 330 270 C 330 226 470 226 470 270 C 472 304 440 314 400 314 C 360 314"
                " 328 304 330"
                " 270 Z"
            ),
            dark(inside, 0.4),
        ),
        fill(curve("M 494 262 C 540 320 560 400 556 500 C 510 440 470 380 450 330 Z"), inside),
        line(curve("M 450 330 C 470 400 500 560 488 800"), light(main, 0.4), 7),
        *motif(look.detail("label", "hills"), at=(370, 690), size=86, colour=light(main, 0.55)),
    )


def mat(look: Look) -> Parts:
    """A sleeping mat, partly rolled."""
    main = look.main
    return (
        upright(
            poly((180, 640), (560, 640), (640, 780), (140, 780)), light(main, 0.12), depth=0.08
        ),
        *(
            line(route((180 + at * 48, 640), (140 + at * 62, 780)), dark(main, 0.14), 5)
            for at in range(9)
        ),
        upright(box(170, 440, 400, 230, 115), main, depth=0.22),
        *(
            line(
                curve(
                    f"M {230 + at * 46} 446 C {220 + at * 46} 520 {220 + at * 46} 590"
                    f" {230 + at * 46}"
                    " 664"
                ),
                dark(main, 0.2),
                5,
                0.6,
            )
            for at in range(7)
        ),
        fill(oval(560, 555, 62, 114), light(main, 0.2)),
        *(line(oval(560, 555, 62 * k, 114 * k), dark(main, 0.25), 6) for k in (0.88, 0.62, 0.36)),
        *(rounded(box(x, 432, 28, 246, 10), "#2B2E32") for x in (250, 440)),
    )


def hammock(look: Look) -> Parts:
    """A hammock between two trunks."""
    main, accent = look.main, look.second("#EACF86")
    cloth = curve("M 190 470 C 260 720 540 720 610 470 C 540 560 260 560 190 470 Z")
    return (
        fill(oval(400, 806, 340, 22), GRASS),
        *(rounded(box(x, 220, 62, 590, 8), "#8A6848") for x in (90, 648)),
        *(line(route((x, 440), (x2, 470)), ROPE, 7) for x, x2 in ((130, 192), (670, 608))),
        *(
            line(route((x, 440 + at * 6), (x2, 466 + at * 14)), ROPE, 3)
            for x, x2 in ((140, 210), (660, 590))
            for at in range(4)
        ),
        upright(
            curve("M 190 470 C 250 640 550 640 610 470 C 560 620 240 620 190 470 Z"),
            dark(main, 0.4),
        ),
        upright(cloth, main, depth=0.12),
        clip(cloth, *slanted(180, 460, 440, 260, colour=accent, count=9)),
        line(curve("M 190 470 C 260 720 540 720 610 470"), dark(main, 0.2), 6),
    )


KINDS = {
    "tent": kind(
        tent, "aufgebautes Zelt mit offenem Eingang", "pitched tent with open door", size=1.06
    ),
    "tarp": kind(
        tarp, "zwischen Stangen gespannte Plane", "tarpaulin stretched between poles", size=1.06
    ),
    "sleepingbag": kind(
        sleepingbag,
        "Mumienschlafsack, oben geöffnet",
        "mummy sleeping bag, top open",
        lying=True,
        size=1.06,
    ),
    "mat": kind(mat, "halb aufgerollte Liegematte", "half-rolled sleeping mat"),
    "hammock": kind(
        hammock, "Hängematte zwischen zwei Stämmen", "hammock between two trunks", size=1.08
    ),
}
