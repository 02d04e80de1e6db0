"""Hats, scarves, socks and mittens."""

from tresen.operations.demo.pictures.canvas import (
    Outline,
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    mirrored,
    moved,
    oval,
    route,
    turned,
)
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.shapes.wear import pattern
from tresen.operations.demo.pictures.solids import (
    Look,
    dark,
    light,
    rounded,
    sheet,
)


def beanie(look: Look) -> Parts:
    """A knitted hat with a turned-up rib."""
    main, trim = look.main, look.second(dark(look.main, 0.12))
    crown = curve("M 180 640 C 170 420 260 260 400 260 C 540 260 630 420 620 640 Z")
    rib = box(160, 590, 480, 150, 34)
    knit = [
        line(
            curve(
                f"M {250 + at * 30} 640 C {262 + at * 26} 480 {300 + at * 20} 340 "
                f"{352 + at * 10} 270"
            ),
            dark(main, 0.18),
            5,
            0.6,
        )
        for at in range(-2, 13)
    ]
    bobble: Parts = ()
    if look.detail("bobble", "no") == "yes":
        bobble = (
            fill(oval(400, 236, 66), light(trim, 0.2)),
            *(
                fill(oval(400 + x, 236 + y, 15), light(trim, 0.4))
                for x, y in ((-34, -20), (0, -40), (34, -18), (-20, 22), (22, 24), (0, 0))
            ),
        )
    return (
        *bobble,
        rounded(crown, main, lit=0.14, shade=0.78),
        clip(crown, *pattern(look, 170, 300, 460, 320), *knit),
        rounded(rib, trim, lit=0.08, shade=0.84),
        clip(
            rib, *(fill(box(174 + at * 22, 590, 9, 150), dark(trim, 0.2), 0.7) for at in range(21))
        ),
        sheet(box(470, 640, 70, 50, 4), "#F6EEDC"),
        *motif("knot", at=(505, 665), size=34, colour="#5C4132"),
    )


def scarf(look: Look) -> Parts:
    """A scarf laid in a loop, both fringed ends hanging."""
    main = look.main
    loop = curve(
        "M 220 300 C 260 180 540 180 580 300 C 600 400 540 470 400 480 C 260 470 200 400 220 300 Z"
    )
    hole = curve(
        "M 310 310 C 330 260 470 260 490 310 C 496 360 450 380 400 384 C 350 380 304 360 310 310 Z"
    )
    tails = []
    for left, angle, tone in ((318, 7, dark(main, 0.1)), (382, -6, main)):
        cloth = box(left, 420, 108, 380, 6)
        tails += list(
            turned(
                (
                    *(
                        line(route((left + 8 + at * 13, 796), (left + 8 + at * 13, 846)), tone, 6)
                        for at in range(8)
                    ),
                    sheet(cloth, tone, depth=0.05),
                    clip(cloth, *pattern(look, left, 440, 108, 360)),
                ),
                angle,
                (left + 54, 440),
            )
        )
    return (
        *tails,
        sheet(loop, light(main, 0.05), depth=0.1),
        clip(loop, *pattern(look, 200, 200, 400, 290)),
        fill(hole, dark(main, 0.5)),
        line(curve("M 240 330 C 300 440 500 450 560 330"), dark(main, 0.2), 6, 0.5),
    )


def socks(look: Look) -> Parts:
    """A pair of socks, toe and heel in the second colour."""
    main, accent = look.main, look.second(light(look.main, 0.4))
    sock = curve(
        "M 250 210 L 392 210 L 396 560 C 400 620 470 660 520 720 C 560 770 530 830 470 826"
        " C 400 820 280 740 254 660 C 240 610 252 420 250 210 Z"
    )
    one: Parts = (
        sheet(sock, main, depth=0.06),
        clip(
            sock,
            *pattern(look, 240, 300, 320, 280),
            fill(oval(500, 800, 92), accent),
            fill(oval(262, 650, 70), accent),
            fill(box(240, 200, 170, 84), accent),
            *(fill(box(252 + at * 16, 200, 6, 84), dark(accent, 0.2), 0.6) for at in range(10)),
        ),
    )
    return (*moved(turned(one, 8, (320, 500)), 130, -20), *moved(one, -40, 20))


def mittens(look: Look) -> Parts:
    """A pair of mittens joined by a string."""
    main, accent = look.main, look.second(light(look.main, 0.5))
    hand = curve(
        "M 196 420 C 180 300 220 230 286 230 C 350 230 380 300 372 420 L 366 600 L 206 600 Z"
    )
    thumb = curve("M 366 560 C 400 520 430 450 410 410 C 390 380 350 400 346 450 L 340 560 Z")
    one: Parts = (
        fill(thumb, dark(main, 0.1)),
        sheet(hand, main, depth=0.06),
        clip(
            hand,
            *pattern(look, 180, 250, 200, 340),
            *motif(look.detail("label", "star"), at=(282, 430), size=100, colour=accent),
        ),
        *_cuffed(box(198, 590, 176, 120, 14), accent),
    )
    return (
        line(curve("M 246 706 C 280 880 520 880 554 706"), accent, 10),
        *moved(turned(one, -6, (286, 500)), -48, 0),
        *moved(turned(mirrored(one), 6, (514, 500)), 48, 0),
    )


def _cuffed(band: Outline, colour: str) -> Parts:
    bars = [fill(box(198 + at * 18, 580, 8, 140), dark(colour, 0.22), 0.7) for at in range(11)]
    return (fill(band, colour), clip(band, *bars))


KINDS = {
    "beanie": kind(
        beanie, "Strickmütze mit Umschlag", "knitted hat with turned-up rib", lying=True, size=0.94
    ),
    "scarf": kind(
        scarf,
        "Schal mit Fransen, zur Schlaufe gelegt",
        "fringed scarf laid in a loop",
        lying=True,
        size=1.02,
    ),
    "socks": kind(socks, "Paar Socken", "pair of socks", lying=True),
    "mittens": kind(mittens, "Fäustlinge an einer Schnur", "mittens on a string", lying=True),
}
