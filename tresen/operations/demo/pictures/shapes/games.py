"""Games of card, board and string."""

import math

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
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    dark,
    light,
    rounded,
    sheet,
)

PAINTS = ("#A8442F", "#D29E35", "#2A6787", "#4C7A55", "#DB8069", "#6E4058")
EYE = "#22272C"


def top(look: Look) -> Parts:
    """Two spinning tops with painted rings."""
    return (*_top(300, 560, 1.0, look.main), *_top(560, 638, 0.66, look.second(PAINTS[1])))


def _top(cx: float, cy: float, k: float, colour: str) -> Parts:
    body = curve(
        f"M {cx - 190 * k} {cy - 40 * k} C {cx - 150 * k} {cy + 90 * k} {cx - 50 * k} "
        f"{cy + 150 * k} {cx} {cy + 230 * k} C {cx + 50 * k} {cy + 150 * k} {cx + 150 * k} "
        f"{cy + 90 * k} {cx + 190 * k} {cy - 40 * k} Z"
    )
    return (
        rounded(body, colour),
        clip(
            body,
            fill(box(cx - 200 * k, cy + 20 * k, 400 * k, 26 * k), light(colour, 0.6)),
            fill(box(cx - 200 * k, cy + 74 * k, 400 * k, 15 * k), light(colour, 0.6)),
        ),
        fill(oval(cx, cy - 40 * k, 190 * k, 46 * k), light(colour, 0.2)),
        fill(oval(cx, cy - 40 * k, 130 * k, 30 * k), "#F6EEDC"),
        fill(oval(cx, cy - 40 * k, 70 * k, 16 * k), dark(colour, 0.1)),
        rounded(box(cx - 15 * k, cy - 190 * k, 30 * k, 150 * k, 12 * k), "#DDB88A"),
    )


def yoyo(look: Look) -> Parts:
    """A yo-yo with its string in a loop."""
    main = look.main
    return (
        line(curve("M 400 420 C 400 300 520 280 560 200 C 580 140 500 120 496 190"), "#B79F74", 9),
        sheet(oval(400, 600, 220), main, depth=0.16),
        line(oval(400, 600, 176), light(main, 0.5), 10),
        fill(oval(400, 600, 92), "#DDB88A"),
        *motif(look.detail("label", "star"), at=(400, 600), size=110, colour=main),
    )


def kite(look: Look) -> Parts:
    """A diamond kite with a tail of bows."""
    main, second = look.main, look.second("#D29E35")
    bows = [
        part
        for x, y in ((430, 700), (380, 770), (440, 840))
        for part in (
            fill(poly((x, y), (x - 36, y - 20), (x - 36, y + 20)), PAINTS[0]),
            fill(poly((x, y), (x + 36, y - 20), (x + 36, y + 20)), PAINTS[2]),
        )
    ]
    return turned(
        (
            line(
                curve("M 400 640 C 480 700 340 760 400 800 C 460 840 430 860 420 890"), "#B79F74", 7
            ),
            *bows,
            fill(poly((400, 140), (220, 340), (400, 340)), main),
            fill(poly((400, 140), (580, 340), (400, 340)), second),
            fill(poly((220, 340), (400, 640), (400, 340)), dark(second, 0.08)),
            fill(poly((580, 340), (400, 640), (400, 340)), dark(main, 0.12)),
            line(route((400, 140), (400, 640)), "#DDB88A", 9),
            line(route((220, 340), (580, 340)), "#DDB88A", 9),
            fill(oval(400, 340, 15), EYE),
        ),
        18,
        (400, 500),
    )


def puzzle(look: Look) -> Parts:
    """A jigsaw with one piece lifted out."""
    main = look.main
    field = box(170, 260, 460, 400, 8)
    scene = look.detail("label", "boat")
    cuts = [
        line(route((170, 260 + at * 100), (630, 260 + at * 100)), dark(main, 0.4), 4, 0.6)
        for at in (1, 2, 3)
    ]
    cuts += [
        line(route((170 + at * 115, 260), (170 + at * 115, 660)), dark(main, 0.4), 4, 0.6)
        for at in (1, 2, 3)
    ]
    rims = [
        line(oval(170 + at * 115, 310 + row * 100, 17), dark(main, 0.4), 4, 0.6)
        for at in (1, 2, 3)
        for row in range(4)
    ]
    piece = box(515, 560, 115, 100, 4)
    return (
        sheet(field, main, depth=0.06),
        clip(
            field,
            fill(box(170, 520, 460, 150), dark(main, 0.2)),
            fill(oval(540, 340, 50), "#EACF86"),
            *motif(scene, at=(370, 450), size=250, colour="#F6EEDC"),
            *cuts,
            *rims,
        ),
        fill(piece, "#1B2530", 0.5),
        *turned(
            (
                sheet(box(570, 690, 112, 96, 6), dark(main, 0.2), depth=0.06),
                fill(oval(570, 738, 19), dark(main, 0.2)),
                fill(oval(626, 690, 19), dark(main, 0.2)),
                fill(oval(640, 730, 20), "#F6EEDC"),
            ),
            16,
            (626, 738),
        ),
    )


def dominoes(look: Look) -> Parts:
    """A row of domino stones, the last ones falling."""
    wood = look.main
    stones: list[Parts] = []
    for at, (x, angle, ends) in enumerate(
        ((150, 0, (3, 2)), (262, 0, (5, 1)), (374, 7, (4, 6)), (490, 19, (2, 2)), (612, 36, (6, 3)))
    ):
        tone = wood if at % 2 == 0 else dark(wood, 0.08)
        stone = box(x, 420, 96, 210, 16)
        stones.append(
            turned(
                (
                    rounded(stone, tone, lit=0.1, shade=0.9),
                    line(route((x + 14, 525), (x + 82, 525)), dark(tone, 0.4), 5),
                    *_pips(x + 48, 472, ends[0]),
                    *_pips(x + 48, 578, ends[1]),
                ),
                angle,
                (x + 48, 630),
            )
        )
    return tuple(part for stone in stones for part in stone)


def _pips(cx: float, cy: float, count: int) -> Parts:
    spots = {
        1: ((0, 0),),
        2: ((-1, -1), (1, 1)),
        3: ((-1, -1), (0, 0), (1, 1)),
        4: ((-1, -1), (1, 1), (-1, 1), (1, -1)),
        5: ((-1, -1), (1, 1), (-1, 1), (1, -1), (0, 0)),
        6: ((-1, -1), (1, 1), (-1, 1), (1, -1), (-1, 0), (1, 0)),
    }[count]
    return tuple(fill(oval(cx + x * 24, cy + y * 26, 9), PAINTS[(count - 1) % 6]) for x, y in spots)


def boardgame(look: Look) -> Parts:
    """A round track game with pegs and a die."""
    main, field = look.main, look.second("#F6EEDC")
    steps = []
    for at in range(20):
        angle = math.tau * at / 20
        tone = PAINTS[at % 4] if at % 5 == 0 else field
        steps.append(fill(oval(390 + 178 * math.cos(angle), 480 + 178 * math.sin(angle), 20), tone))
    pegs = [
        part
        for x, y, tone in ((300, 640, PAINTS[0]), (352, 668, PAINTS[1]), (230, 420, PAINTS[2]))
        for part in (
            rounded(
                curve(f"M {x - 28} {y} C {x - 20} {y - 50} {x + 20} {y - 50} {x + 28} {y} Z"), tone
            ),
            fill(oval(x, y - 58, 20), light(tone, 0.15)),
        )
    ]
    return (
        sheet(box(150, 240, 480, 480, 20), main, depth=0.08),
        line(box(168, 258, 444, 444, 14), light(main, 0.3), 5),
        *steps,
        *motif(look.detail("label", "boat"), at=(390, 480), size=130, colour=light(main, 0.5)),
        *pegs,
        *turned(
            (sheet(box(560, 640, 110, 110, 20), "#FBF7EC"), *_pips(615, 695, 5)), 14, (615, 695)
        ),
    )


KINDS = {
    "top": kind(top, "zwei Kreisel", "two spinning tops", size=0.96),
    "yoyo": kind(yoyo, "Jo-Jo mit Schnur", "yo-yo with string", lying=True, size=0.9),
    "kite": kind(
        kite, "Drachen mit Schleifenschwanz", "kite with a tail of bows", lying=True, size=1.04
    ),
    "puzzle": kind(
        puzzle, "Puzzle mit einem gelösten Teil", "jigsaw with one piece lifted out", lying=True
    ),
    "dominoes": kind(
        dominoes, "Reihe fallender Dominosteine", "row of falling dominoes", size=1.06
    ),
    "boardgame": kind(
        boardgame, "Brettspiel mit Figuren und Würfel", "board game with pegs and a die", lying=True
    ),
}
