"""Blankets, cushions, towels and bed linen, and what they are made of."""

from tresen.operations.demo.pictures.canvas import (
    Part,
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
from tresen.operations.demo.pictures.shapes.wear import pattern
from tresen.operations.demo.pictures.solids import (
    Look,
    dark,
    light,
    rounded,
    sheet,
    stitches,
    upright,
)


def blanket(look: Look) -> Parts:
    """A folded blanket with fringes at its front edge."""
    main = look.main
    layers = []
    for at in range(4):
        fold = box(160, 700 - at * 84, 480, 90, 44)
        tone = dark(main, 0.08) if at % 2 else main
        layers.append(upright(fold, tone, depth=0.16))
    top = curve(
        "M 166 470 C 166 380 190 350 230 350 L 570 350 C 610 350 634 380 634 470 L 634 640"
        " L 166 640 Z"
    )
    fringe = tuple(
        line(route((178 + at * 18.5, 636), (176 + at * 18.5, 690)), light(main, 0.3), 7)
        for at in range(25)
    )
    return (
        *layers,
        *fringe,
        sheet(top, main, depth=0.07),
        clip(top, *pattern(look, 160, 350, 480, 290)),
        *stitches((178, 626), (622, 626), light(main, 0.5), width=3),
        sheet(box(560, 560, 52, 40, 3), "#F6EEDC"),
        *motif(look.detail("label", "cross"), at=(586, 580), size=24, colour="#5C4132"),
    )


def cushion(look: Look) -> Parts:
    """A plump cushion with piping."""
    main = look.main
    pad = curve(
        "M 170 260 C 260 300 540 300 630 260 C 650 250 666 266 656 290 C 616 390 616 610 656"
        " 710 C 666 734 650 750 630 740 C 540 700 260 700 170 740 C 150 750 134 734 144 710"
        " C 184 610 184 390 144 290 C 134 266 150 250 170 260 Z"
    )
    return (
        sheet(pad, main, depth=0.14),
        clip(pad, *pattern(look, 140, 250, 520, 500)),
        line(pad, dark(main, 0.24), 9),
        line(curve("M 200 310 C 240 330 260 350 270 380"), dark(main, 0.2), 7, 0.5),
        line(curve("M 600 690 C 560 670 540 650 530 620"), dark(main, 0.2), 7, 0.5),
    )


def towel(look: Look) -> Parts:
    """A stack of folded towels, the topmost with a woven band."""
    main, second = look.main, look.second(light(look.main, 0.4))
    stack: list[Part] = []
    for at, tone in enumerate((dark(main, 0.08), second, main)):
        fold = box(170, 690 - at * 130, 460, 130, 60)
        stack.append(upright(fold, tone, depth=0.16))
        stack.append(
            clip(
                fold,
                fill(box(170, 752 - at * 130, 460, 6), dark(tone, 0.24), 0.7),
                fill(box(520, 680 - at * 130, 26, 150), light(tone, 0.5), 0.8),
                fill(box(556, 680 - at * 130, 10, 150), light(tone, 0.5), 0.8),
            )
        )
    loop = line(curve("M 240 430 C 240 380 290 380 290 430"), light(main, 0.4), 10)
    return (loop, *stack)


def teatowel(look: Look) -> Parts:
    """A tea towel hanging from its loop, folded lengthwise."""
    main = look.main
    cloth = curve(
        "M 250 240 L 550 240 L 562 820 C 520 836 450 812 400 828 C 350 840 280 812 238 826 Z"
    )
    return (
        line(curve("M 380 244 C 370 180 430 180 420 244"), dark(main, 0.3), 10),
        fill(oval(400, 190, 15), "#7D573C"),
        sheet(cloth, main, depth=0.06),
        clip(
            cloth,
            *pattern(look, 236, 240, 330, 590),
            line(curve("M 400 240 C 392 440 410 640 398 830"), dark(main, 0.22), 7, 0.6),
            line(curve("M 320 240 C 326 440 312 640 320 830"), dark(main, 0.14), 5, 0.5),
            line(curve("M 480 240 C 474 440 490 640 482 830"), dark(main, 0.14), 5, 0.5),
        ),
        *stitches((252, 256), (548, 256), dark(main, 0.25), width=3),
    )


def bedlinen(look: Look) -> Parts:
    """A made bed seen from above: cover turned back, one pillow."""
    main, inside = look.main, look.second("#FCFBF8")
    cover = curve(
        "M 180 440 L 620 440 L 626 830 C 626 846 616 850 604 850 L 196 850"
        " C 184 850 174 846 174 830 Z"
    )
    pillow = curve(
        "M 230 230 C 300 214 500 214 570 230 C 586 236 590 250 584 270 C 576 310 576 350"
        " 584 390 C 590 410 582 420 566 424 C 500 436 300 436 234 424 C 218 420 210 410"
        " 216 390 C 224 350 224 310 216 270 C 210 250 214 236 230 230 Z"
    )
    turn = curve("M 178 470 L 622 440 L 623 560 L 177 590 Z")
    return (
        sheet(pillow, main, depth=0.1),
        clip(pillow, *pattern(look, 210, 210, 390, 220)),
        line(curve("M 240 250 C 260 262 270 270 276 284"), dark(main, 0.2), 6, 0.5),
        sheet(cover, main, depth=0.07),
        clip(
            cover,
            *pattern(look, 170, 440, 460, 420),
            line(curve("M 240 640 C 300 660 320 740 300 850"), dark(main, 0.16), 7, 0.5),
            line(curve("M 540 620 C 500 680 520 760 500 850"), dark(main, 0.16), 7, 0.5),
        ),
        sheet(turn, inside, depth=0.04),
        line(route((177, 590), (623, 560)), dark(inside, 0.16), 5),
    )


def napkins(look: Look) -> Parts:
    """Two folded napkins, one turned over the other."""
    main, other = look.main, look.second(light(look.main, 0.5))
    lower = box(210, 260, 400, 400, 6)
    upper = poly((200, 380), (560, 380), (560, 740), (200, 740))
    return (
        *turned(
            (sheet(lower, other, depth=0.05), *stitches((224, 640), (596, 640), dark(other, 0.2))),
            9,
            (410, 460),
        ),
        sheet(upper, main, depth=0.07),
        clip(upper, *pattern(look, 200, 380, 360, 360)),
        line(route((380, 380), (380, 740)), dark(main, 0.16), 5, 0.6),
        line(route((200, 560), (560, 560)), dark(main, 0.16), 5, 0.6),
        *stitches((214, 394), (546, 394), light(main, 0.4)),
        *stitches((214, 726), (546, 726), light(main, 0.4)),
        *motif(look.detail("label", "cross"), at=(500, 680), size=50, colour=light(main, 0.6)),
    )


def yarn(look: Look) -> Parts:
    """A skein of wool twisted on itself, with a paper band and needles."""
    main, band = look.main, look.second("#F6EEDC")
    hank = box(240, 290, 320, 440, 150)
    strands = [
        line(
            curve(
                f"M {236 + at * 44} 280 C {300 + at * 44} 420 {160 + at * 44} 600 "
                f"{236 + at * 44} 740"
            ),
            light(main, 0.26) if at % 2 else dark(main, 0.2),
            12,
            0.8,
        )
        for at in range(9)
    ]
    needles = [
        part
        for angle, x in ((-14, 360), (12, 440))
        for part in turned(
            (rounded(box(x, 150, 16, 660, 8), "#DDB88A"), fill(oval(x + 8, 150, 19), "#7D573C")),
            angle,
            (400, 500),
        )
    ]
    return (
        *needles,
        rounded(hank, main),
        clip(hank, *strands),
        sheet(box(226, 450, 348, 130, 6), band, depth=0.05),
        *motif(look.detail("label", "knot"), at=(400, 515), size=84, colour=dark(main, 0.1)),
    )


def hotwater(look: Look) -> Parts:
    """A hot-water bottle in a knitted cover."""
    main, rubber = look.main, look.second("#A8442F")
    body = curve(
        "M 340 330 C 230 340 210 400 214 480 L 224 760 C 226 830 260 856 320 856 L 480 856"
        " C 540 856 574 830 576 760 L 586 480 C 590 400 570 340 460 330 Z"
    )
    return (
        rounded(box(352, 180, 96, 70, 16), rubber),
        fill(box(370, 160, 60, 30, 8), dark(rubber, 0.3)),
        rounded(box(340, 240, 120, 110, 20), dark(main, 0.12)),
        *(fill(box(348 + at * 16, 244, 7, 100), dark(main, 0.3), 0.7) for at in range(7)),
        rounded(body, main, lit=0.12, shade=0.8),
        clip(body, *pattern(look, 200, 360, 400, 500)),
        *motif(look.detail("label", "knot"), at=(400, 610), size=130, colour=light(main, 0.6)),
    )


KINDS = {
    "blanket": kind(blanket, "gefaltete Decke mit Fransen", "folded blanket with fringes"),
    "cushion": kind(cushion, "Kissen mit Paspel", "cushion with piping", lying=True),
    "towel": kind(towel, "Stapel gefalteter Handtücher", "stack of folded towels"),
    "teatowel": kind(
        teatowel, "hängendes Geschirrtuch", "hanging tea towel", lying=True, size=1.04
    ),
    "bedlinen": kind(
        bedlinen,
        "Bettwäsche mit aufgeschlagener Decke",
        "bed linen with the cover turned back",
        lying=True,
        size=1.04,
    ),
    "napkins": kind(napkins, "zwei gefaltete Servietten", "two folded napkins", lying=True),
    "yarn": kind(yarn, "Wollstrang mit Stricknadeln", "skein of wool with needles", lying=True),
    "hotwater": kind(
        hotwater, "Wärmflasche im Strickbezug", "hot-water bottle in a knitted cover", lying=True
    ),
}
