"""Chargers, clocks and gauges."""

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
    against,
    dark,
    grain,
    light,
    metal,
    rounded,
    sheet,
    upright,
)

BLACK = "#2B2E32"
STEEL = "#BAC3C9"


def powerbank(look: Look) -> Parts:
    """A flat battery with charge dots and a short cable."""
    main = look.main
    return (
        line(curve("M 470 250 C 470 150 640 160 640 290 C 640 380 620 420 640 470"), BLACK, 14),
        rounded(box(620, 460, 40, 70, 10), dark(STEEL, 0.2)),
        sheet(box(230, 250, 330, 570, 54), main, depth=0.08),
        fill(box(252, 272, 286, 526, 40), light(main, 0.06)),
        *(
            fill(oval(340 + at * 38, 326, 11), tone)
            for at, tone in enumerate(("#7BB58C", "#7BB58C", "#7BB58C", dark(main, 0.3)))
        ),
        *motif(look.detail("label", "plug"), at=(395, 580), size=124, colour=against(main)),
        fill(box(372, 252, 46, 13, 6), dark(main, 0.5)),
    )


def charger(look: Look) -> Parts:
    """A wall charger with two pins and two sockets."""
    main = look.main
    return (
        *(metal(box(x, 200, 34, 150, 16), STEEL) for x in (316, 450)),
        rounded(
            curve(
                "M 270 340 L 530 340 L 560 420 L 560 780 C 560 830 540 846 500 846 L 300 846"
                " C 260 846 240 830 240 780 L 240 420 Z"
            ),
            main,
        ),
        fill(box(270, 396, 260, 10, 5), dark(main, 0.16)),
        *(fill(box(310, y, 180, 44, 22), dark(main, 0.55)) for y in (620, 710)),
        *(fill(box(330, y + 15, 140, 14, 7), dark(STEEL, 0.2)) for y in (620, 710)),
        *motif(look.detail("label", "plug"), at=(400, 510), size=90, colour=against(main)),
    )


def usbcable(look: Look) -> Parts:
    """A coiled charging cable with two plugs."""
    main = look.main
    ends = [
        part
        for x, y, angle in ((250, 780, 20), (560, 790, -14))
        for part in turned(
            (
                rounded(box(x - 26, y - 60, 52, 96, 14), dark(BLACK, 0.0)),
                metal(box(x - 17, y + 34, 34, 46, 8), STEEL),
            ),
            angle,
            (x, y - 60),
        )
    ]
    return (
        *(
            line(
                oval(400, 430, 150 + at * 26, 160 + at * 24),
                main if at % 2 else dark(main, 0.16),
                19,
            )
            for at in range(4)
        ),
        line(curve("M 260 590 C 230 640 240 690 250 730"), main, 19),
        line(curve("M 560 580 C 590 640 580 690 562 740"), main, 19),
        rounded(box(210, 396, 70, 56, 10), look.second("#AA6E42")),
        *ends,
    )


def alarmclock(look: Look) -> Parts:
    """A twin-bell alarm clock with strokes for hours."""
    main, face = look.main, look.second("#FBF7EC")
    bells = [
        part
        for x, angle in ((292, -32), (508, 32))
        for part in turned(
            (
                metal(
                    curve(f"M {x - 76} 330 C {x - 70} 250 {x + 70} 250 {x + 76} 330 Z"), "#C9A552"
                ),
                fill(box(x - 8, 324, 16, 40), dark(STEEL, 0.4)),
            ),
            angle,
            (x, 340),
        )
    ]
    return (
        *bells,
        line(curve("M 340 240 C 360 170 440 170 460 240"), dark(main, 0.2), 15),
        *(
            turned((rounded(box(x, 740, 34, 110, 14), dark(main, 0.2)),), angle, (x + 17, 740))[0]
            for x, angle in ((270, 24), (496, -24))
        ),
        *_dial(560, main, face, look),
    )


def _dial(cy: float, main: str, face: str, look: Look) -> Parts:
    hours = []
    for at in range(12):
        angle = math.tau * at / 12
        cos, sin = math.cos(angle), math.sin(angle)
        reach = 132 if at % 3 == 0 else 144
        hours.append(
            line(
                route((400 + reach * cos, cy + reach * sin), (400 + 158 * cos, cy + 158 * sin)),
                BLACK,
                10 if at % 3 == 0 else 6,
            )
        )
    return (
        sheet(oval(400, cy, 220), main, depth=0.14),
        fill(oval(400, cy, 186), dark(main, 0.25)),
        fill(oval(400, cy, 180), face),
        *hours,
        line(route((400, cy), (330, cy - 64)), BLACK, 15),
        line(route((400, cy), (470, cy - 108)), BLACK, 10),
        line(route((390, cy + 40), (420, cy - 130)), look.third("#A8442F"), 5),
        fill(oval(400, cy, 15), look.third("#A8442F")),
    )


def wallclock(look: Look) -> Parts:
    """A round wall clock with strokes for hours."""
    parts = _dial(500, look.main, look.second("#FBF7EC"), look)
    return (line(oval(400, 268, 20), dark(STEEL, 0.2), 9), *parts)


def thermometer(look: Look) -> Parts:
    """A weather station with two arcs and a hand each."""
    wood = look.main
    plate = box(230, 180, 340, 660, 44)
    return (
        sheet(plate, wood, depth=0.07),
        clip(plate, *grain(230, 180, 340, 660, colour=wood, look=look)),
        *(
            part
            for y, tone, tilt in ((350, "#A8442F", -0.5), (660, "#2A6787", 0.35))
            for part in _gauge(400, y, tone, tilt)
        ),
        fill(oval(400, 208, 9), dark(wood, 0.6)),
    )


def _gauge(cx: float, cy: float, tone: str, tilt: float) -> Parts:
    ticks = []
    for at in range(17):
        angle = math.pi * (0.75 + at * 1.5 / 16)
        cos, sin = math.cos(angle), math.sin(angle)
        ticks.append(
            line(
                route((cx + 92 * cos, cy + 92 * sin), (cx + 106 * cos, cy + 106 * sin)),
                BLACK,
                5 if at % 4 == 0 else 3,
            )
        )
    end = (cx + 84 * math.sin(tilt), cy - 84 * math.cos(tilt))
    return (
        metal(oval(cx, cy, 134), "#C9A552"),
        fill(oval(cx, cy, 118), "#FBF7EC"),
        *ticks,
        line(route((cx, cy), end), tone, 9),
        fill(oval(cx, cy, 13), tone),
    )


def timer(look: Look) -> Parts:
    """A round kitchen timer to be turned."""
    main = look.main
    notches = []
    for at in range(24):
        angle = math.tau * at / 24
        cos, sin = math.cos(angle), math.sin(angle)
        notches.append(
            line(
                route((400 + 218 * cos, 500 + 218 * sin), (400 + 236 * cos, 500 + 236 * sin)),
                light(main, 0.6),
                9 if at % 6 == 0 else 5,
            )
        )
    return (
        sheet(oval(400, 500, 262), main, depth=0.16),
        *notches,
        fill(oval(404, 506, 186), dark(main, 0.3)),
        sheet(oval(400, 500, 182), light(main, 0.16), depth=0.12),
        fill(box(382, 330, 36, 330, 18), dark(main, 0.12)),
        fill(poly((400, 300), (422, 346), (378, 346)), "#F6EEDC"),
        *motif(look.detail("label", "plug"), at=(470, 590), size=48, colour=dark(main, 0.2)),
    )


def batteries(look: Look) -> Parts:
    """Four round cells in a row."""
    main = look.main
    cells = []
    for at, x in enumerate((190, 300, 410, 520)):
        cells += [
            metal(box(x + 28, 288, 34, 40, 8), STEEL),
            rounded(box(x, 316, 90, 470, 18), main),
            rounded(box(x, 316, 90, 130, 18), look.second("#C9A552")),
            *motif("plug", at=(x + 42, 600 + (at % 2) * 6), size=52, colour=light(main, 0.6)),
        ]
    return tuple(cells)


def socketstrip(look: Look) -> Parts:
    """A strip of three sockets with a cloth cable and a switch."""
    main = look.main
    sockets = [
        part
        for x in (260, 390, 520)
        for part in (
            fill(oval(x, 560, 54), dark(main, 0.16)),
            fill(oval(x, 562, 46), dark(main, 0.3)),
            fill(oval(x - 17, 562, 7), BLACK),
            fill(oval(x + 17, 562, 7), BLACK),
        )
    ]
    return turned(
        (
            line(
                curve("M 180 560 C 60 560 100 380 220 360 C 340 340 360 260 330 200"),
                look.second("#A8442F"),
                20,
            ),
            upright(box(160, 480, 500, 160, 50), main, depth=0.1),
            *sockets,
            rounded(box(592, 530, 44, 60, 12), "#A8442F"),
        ),
        -14,
        (400, 500),
    )


KINDS = {
    "powerbank": kind(
        powerbank,
        "Zusatzakku mit kurzem Kabel",
        "power bank with short cable",
        lying=True,
        size=0.96,
    ),
    "charger": kind(
        charger,
        "Steckerladegerät mit zwei Buchsen",
        "wall charger with two sockets",
        lying=True,
        size=0.92,
    ),
    "usbcable": kind(usbcable, "aufgerolltes Ladekabel", "coiled charging cable", lying=True),
    "alarmclock": kind(alarmclock, "Wecker mit zwei Glocken", "alarm clock with two bells"),
    "wallclock": kind(
        wallclock,
        "runde Wanduhr mit Stundenstrichen",
        "round wall clock with hour strokes",
        lying=True,
        size=0.98,
    ),
    "thermometer": kind(
        thermometer, "Wetterstation mit zwei Zeigern", "weather station with two hands", lying=True
    ),
    "timer": kind(timer, "runder Küchenwecker", "round kitchen timer", lying=True, size=0.9),
    "batteries": kind(batteries, "vier Rundzellen", "four round cells", lying=True, size=0.94),
    "socketstrip": kind(
        socketstrip, "Steckdosenleiste mit Textilkabel", "socket strip with cloth cable", lying=True
    ),
}
