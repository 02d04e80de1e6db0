"""What lies about on a desk."""

from tresen.operations.demo.pictures.canvas import (
    Parts,
    both,
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

STEEL = "#BAC3C9"


def ruler(look: Look) -> Parts:
    """A ruler and a set square, with marks but no figures."""
    main = look.main
    bar = box(130, 600, 540, 96, 6)
    ticks = [
        line(
            route((150 + at * 16.5, 602), (150 + at * 16.5, 634 if at % 5 == 0 else 620)),
            dark(main, 0.6),
            3,
        )
        for at in range(31)
    ]
    square = both(
        poly((170, 560), (170, 200), (560, 560)), poly((226, 510), (226, 330), (420, 510))
    )
    return turned(
        (
            sheet(square, light(main, 0.12)),
            *(
                line(route((174, 230 + at * 18), (190, 230 + at * 18)), dark(main, 0.5), 3)
                for at in range(18)
            ),
            sheet(bar, main),
            clip(bar, *grain(130, 600, 540, 96, colour=main, look=look)),
            *ticks,
            fill(oval(640, 664, 11), dark(main, 0.55)),
        ),
        -12,
        (400, 480),
    )


def scissors(look: Look) -> Parts:
    """Open scissors with coloured loops."""
    main = look.main
    blade = sheet(poly((392, 160), (420, 540), (376, 560)), STEEL, depth=0.3)
    loop = line(
        curve(
            "M 398 556 C 390 640 300 640 290 730 C 284 800 350 850 400 820 C 450 790 430 660"
            " 398 556"
        ),
        main,
        36,
    )
    half = (blade, loop)
    return (
        *turned(mirrored(half), -20, (400, 520)),
        *turned(half, 20, (400, 520)),
        fill(oval(400, 530, 17), dark(STEEL, 0.3)),
        fill(oval(396, 526, 7), light(STEEL, 0.5)),
    )


def tapedispenser(look: Look) -> Parts:
    """A heavy tape dispenser with a roll in it."""
    main = look.main
    body = curve(
        "M 150 760 L 170 560 C 180 480 250 470 300 520 C 360 600 470 600 540 520 L 600 470"
        " L 640 500 L 650 760 C 650 786 630 790 610 790 L 190 790 C 160 790 148 786 150 760 Z"
    )
    return (
        line(route((470, 350), (626, 470)), "#EADFB4", 12),
        fill(oval(380, 430, 150), "#E4D8A8"),
        fill(oval(380, 430, 124), dark("#E4D8A8", 0.08)),
        fill(oval(380, 430, 92), "#F6EEDC"),
        fill(oval(380, 430, 60), dark(main, 0.2)),
        fill(oval(380, 430, 26), light(main, 0.3)),
        upright(body, main, depth=0.2),
        fill(poly((596, 472), (640, 444), (652, 500), (634, 500)), STEEL),
        *motif(look.detail("label", "nib"), at=(400, 700), size=86, colour=light(main, 0.6)),
    )


def taperoll(look: Look) -> Parts:
    """A roll of paper tape, its end curling off, printed with signs."""
    main = look.main
    tail = poly((520, 650), (700, 700), (690, 770), (500, 724))
    return (
        fill(tail, main),
        *motif(look.detail("label", "wave"), at=(620, 712), size=48, colour=light(main, 0.6)),
        fill(oval(380, 500, 230), dark(main, 0.16)),
        fill(oval(372, 490, 230), main),
        *(line(oval(372, 490, r), dark(main, 0.14), 4, 0.6) for r in (208, 186, 164)),
        fill(oval(372, 490, 140), "#C8A67C"),
        fill(oval(376, 498, 120), dark("#C8A67C", 0.45)),
        fill(oval(384, 506, 112), "#F1E6D6"),
    )


def clips(look: Look) -> Parts:
    """A box of paper clips, some spilled."""
    main, tin = look.main, look.second("#26384A")
    clip_line = "M 0 40 L 0 -40 C 0 -62 34 -62 34 -40 L 34 48 C 34 80 -14 80 -14 48 L -14 -28"
    places = (
        (240, 330, 20),
        (340, 260, -30),
        (520, 300, 70),
        (580, 420, 10),
        (200, 470, -60),
        (300, 430, 50),
        (450, 400, -12),
    )
    scattered = [
        part
        for x, y, angle in places
        for part in turned((line(_shifted(clip_line, x, y), main, 9),), angle, (x + 10, y))
    ]
    return (
        *scattered,
        sheet(box(300, 520, 330, 260, 26), dark(tin, 0.1)),
        sheet(box(316, 536, 298, 228, 18), tin),
        *motif(look.detail("label", "nib"), at=(465, 650), size=120, colour=light(main, 0.2)),
    )


def _shifted(words: str, dx: float, dy: float) -> tuple[tuple[str, tuple[float, ...]], ...]:
    return tuple(
        (letter, tuple(value + (dx if at % 2 == 0 else dy) for at, value in enumerate(numbers)))
        for letter, numbers in curve(words)
    )


def lettertray(look: Look) -> Parts:
    """Two stacked letter trays with paper in the upper one."""
    main = look.main
    paper = poly((230, 420), (560, 420), (620, 480), (190, 480))
    return (
        fill(paper, "#FBF7EC"),
        fill(poly((250, 404), (548, 404), (590, 446), (220, 446)), "#F1EBDD"),
        *(
            part
            for y in (470, 650)
            for part in (
                fill(poly((170, y - 30), (210, y - 60), (210, y), (170, y + 90)), dark(main, 0.3)),
                fill(poly((630, y - 30), (590, y - 60), (590, y), (630, y + 90)), dark(main, 0.3)),
                upright(
                    curve(
                        f"M 170 {y - 30} L 320 {y - 30} C 340 {y + 40} 460 {y + 40} 480 {y - 30}"
                        f" L 630 {y - 30} L 630 {y + 100} L 170 {y + 100} Z"
                    ),
                    main,
                    depth=0.14,
                ),
                fill(box(170, y + 88, 460, 14), dark(main, 0.2)),
            )
        ),
        *(fill(box(x, 572, 22, 60), dark(main, 0.3)) for x in (180, 598)),
        *motif(look.detail("label", "door"), at=(400, 706), size=50, colour=light(main, 0.5)),
    )


def paperroll(look: Look) -> Parts:
    """A roll of wrapping paper with a printed repeat, tied with string."""
    main, ink = look.main, look.second("#A8442F")
    roll = box(180, 380, 440, 190, 30)
    signs = [
        part
        for at in range(5)
        for row in range(2)
        for part in motif(
            look.detail("label", "fish"),
            at=(226 + at * 92 + row * 40, 430 + row * 90),
            size=52,
            colour=ink,
        )
    ]
    return turned(
        (
            upright(roll, main, depth=0.16),
            clip(roll, *signs),
            fill(oval(620, 475, 26, 95), light(main, 0.3)),
            fill(oval(622, 475, 15, 56), dark(main, 0.4)),
            *(fill(box(x, 378, 9, 194, 4), "#F6EEDC") for x in (388, 402)),
            line(
                curve("M 396 380 C 350 310 300 360 396 382 C 490 360 450 310 400 380"), "#F6EEDC", 8
            ),
        ),
        -24,
        (400, 480),
    )


def twine(look: Look) -> Parts:
    """A ball of twine with its end lying out."""
    main = look.main
    ball = oval(380, 500, 220)
    under = turned(_windings(dark(main, 0.2), 26, 190), -58, (380, 500))
    over = turned(_windings(light(main, 0.3), 24, 104), 24, (380, 500))
    belt = turned(_windings(dark(main, 0.3), 22, 60), -20, (380, 500))
    return (
        line(curve("M 520 690 C 600 780 640 680 700 740"), main, 15),
        rounded(ball, main, lit=0.16, shade=0.74),
        clip(ball, *under, *over, *belt),
    )


def _windings(tone: str, pitch: float, reach: float) -> Parts:
    """Parallel threads bowed across the ball, as far from its middle as `reach`."""
    count = int(reach * 2 / pitch)
    threads = []
    for at in range(count + 1):
        level = 500 - reach + at * pitch
        bow = (level - 500) * 0.5
        threads.append(
            line(
                curve(f"M 150 {level + bow:.1f} Q 380 {level - bow:.1f} 610 {level + bow:.1f}"),
                tone,
                7,
                0.75,
            )
        )
    return tuple(threads)


KINDS = {
    "ruler": kind(ruler, "Lineal und Winkel", "ruler and set square", lying=True),
    "scissors": kind(scissors, "geöffnete Schere", "open scissors", lying=True),
    "tapedispenser": kind(
        tapedispenser, "Klebebandabroller mit Rolle", "tape dispenser with roll", size=0.94
    ),
    "taperoll": kind(
        taperoll, "Rolle Papierklebeband", "roll of paper tape", lying=True, size=0.94
    ),
    "clips": kind(
        clips,
        "Dose mit Büroklammern, einige verstreut",
        "tin of paper clips, some scattered",
        lying=True,
        size=0.94,
    ),
    "lettertray": kind(lettertray, "zwei gestapelte Briefablagen", "two stacked letter trays"),
    "paperroll": kind(
        paperroll,
        "Rolle bedrucktes Papier mit Schnur",
        "roll of printed paper with string",
        lying=True,
    ),
    "twine": kind(
        twine, "Knäuel mit losem Ende", "ball of twine with a loose end", lying=True, size=0.92
    ),
}
