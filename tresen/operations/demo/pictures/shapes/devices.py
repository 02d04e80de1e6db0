"""Radios, speakers and headphones."""

from tresen.operations.demo.pictures.canvas import (
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    oval,
    route,
    turned,
)
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    against,
    dark,
    dots,
    grain,
    light,
    metal,
    rounded,
    sheet,
    upright,
)

BLACK = "#2B2E32"
STEEL = "#BAC3C9"


def radio(look: Look) -> Parts:
    """A table radio with grille, dial and two knobs."""
    main, cloth = look.main, look.second("#EADFC9")
    case = box(130, 400, 540, 330, 46)
    grille = box(160, 432, 290, 266, 26)
    return (
        line(curve("M 240 410 C 240 300 560 300 560 410"), dark(main, 0.25), 20),
        line(route((600, 400), (660, 190)), STEEL, 7),
        fill(oval(660, 190, 9), STEEL),
        *(fill(box(x, 724, 70, 22, 8), BLACK) for x in (180, 550)),
        upright(case, main, depth=0.14),
        *(
            clip(case, *grain(130, 400, 540, 330, colour=main, look=look))
            for _ in range(look.detail("case", "plain") == "wood")
        ),
        fill(grille, cloth),
        clip(grille, *dots(164, 440, 290, 266, colour=dark(cloth, 0.4), pitch=20, size=4.4)),
        sheet(box(480, 440, 160, 84, 12), "#F7F1E0", depth=0.05),
        *(
            line(route((494 + at * 19, 456), (494 + at * 19, 474 if at % 2 else 484)), BLACK, 3)
            for at in range(8)
        ),
        line(route((566, 446), (566, 518)), "#A8442F", 5),
        *(part for x in (522, 604) for part in _knob(x, 610, 38, STEEL)),
        *motif(look.detail("label", "plug"), at=(562, 678), size=34, colour=light(main, 0.5)),
    )


def _knob(x: float, y: float, r: float, colour: str) -> Parts:
    return (
        fill(oval(x, y, r), dark(colour, 0.3)),
        fill(oval(x - 1, y - 2, r * 0.86), light(colour, 0.2)),
        line(route((x, y - r * 0.3), (x, y - r * 0.74)), BLACK, 5),
    )


def speaker(look: Look) -> Parts:
    """A rounded portable speaker with a carrying loop."""
    main, accent = look.main, look.second("#AA6E42")
    side = box(220, 300, 360, 540, 150)
    return (
        line(curve("M 560 380 C 680 380 680 560 566 560"), accent, 26),
        rounded(side, main),
        clip(side, *dots(214, 380, 380, 380, colour=dark(main, 0.34), pitch=21, size=4.4)),
        clip(
            side,
            fill(box(220, 350, 360, 12), dark(main, 0.24)),
            fill(box(220, 776, 360, 12), dark(main, 0.24)),
        ),
        *(fill(oval(x, 326, 11), light(main, 0.5)) for x in (350, 400, 450)),
        sheet(box(350, 520, 100, 76, 12), light(main, 0.2)),
        *motif(look.detail("label", "plug"), at=(400, 558), size=50, colour=dark(main, 0.3)),
    )


def headphones(look: Look) -> Parts:
    """Over-ear headphones seen from the front."""
    main, pad = look.main, look.second("#5C4132")
    band = curve("M 210 560 C 180 180 620 180 590 560")
    cups = [
        part
        for x, way in ((210, -1), (590, 1))
        for part in (
            metal(box(x - 9, 440, 18, 120, 6), STEEL),
            rounded(box(x - 62 + way * 18, 520, 124, 250, 60), main),
            rounded(box(x - 34 - way * 44, 534, 68, 222, 34), pad),
            fill(oval(x + way * 22, 645, 38, 70), dark(main, 0.18)),
        )
    ]
    return (
        line(band, dark(main, 0.2), 46),
        line(curve("M 216 540 C 190 196 610 196 584 540"), light(main, 0.1), 22),
        line(curve("M 270 330 C 320 256 480 256 530 330"), pad, 26),
        *cups,
    )


def earbuds(look: Look) -> Parts:
    """Two earbuds above their opened case."""
    main = look.main
    buds = [
        part
        for x, angle in ((320, -16), (480, 16))
        for part in turned(
            (
                rounded(box(x - 22, 330, 44, 170, 22), main),
                rounded(oval(x, 330, 60, 52), main),
                fill(oval(x, 318, 24, 18), dark(main, 0.55)),
            ),
            angle,
            (x, 400),
        )
    ]
    return (
        *buds,
        upright(
            curve("M 200 620 C 200 540 600 540 600 620 L 600 640 L 200 640 Z"), dark(main, 0.2)
        ),
        *(fill(oval(x, 640, 54, 22), dark(main, 0.6)) for x in (320, 480)),
        upright(box(190, 640, 420, 180, 84), main, depth=0.14),
        fill(box(214, 640, 372, 10, 5), dark(main, 0.3)),
        fill(oval(400, 720, 9), "#7BB58C"),
        *motif(look.detail("label", "plug"), at=(400, 772), size=42, colour=against(main)),
    )


KINDS = {
    "radio": kind(
        radio, "Tischradio mit zwei Drehknöpfen", "table radio with two knobs", size=1.04
    ),
    "speaker": kind(
        speaker, "tragbarer Lautsprecher mit Schlaufe", "portable speaker with loop", size=0.96
    ),
    "headphones": kind(headphones, "Bügelkopfhörer", "over-ear headphones", lying=True),
    "earbuds": kind(
        earbuds, "Ohrhörer über ihrer Ladeschale", "earbuds above their case", lying=True, size=0.9
    ),
}
