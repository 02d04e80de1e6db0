"""Bottles, stoves and what one carries."""

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
    cup,
    dark,
    drum,
    grain,
    light,
    metal,
    rounded,
    sheet,
    stitches,
    upright,
)

STEEL = "#BAC3C9"


def bottle(look: Look) -> Parts:
    """A slim steel bottle with a screw cap and a loop."""
    main, cap = look.main, look.second("#2B2E32")
    side = curve(
        "M 344 330 C 344 400 290 410 290 480 L 290 820 C 290 846 304 856 330 856 L 470 856"
        " C 496 856 510 846 510 820 L 510 480 C 510 410 456 400 456 330 Z"
    )
    return (
        line(curve("M 350 236 C 350 150 450 150 450 236"), dark(cap, 0.1), 20),
        rounded(box(336, 220, 128, 96, 16), cap),
        metal(box(342, 308, 116, 28, 4), STEEL),
        rounded(side, main, lit=0.16, shade=0.74),
        clip(side, *_bottle_print(look, main)),
        metal(box(292, 838, 216, 20, 8), STEEL),
    )


def _bottle_print(look: Look, main: str) -> Parts:
    accent = look.third(against(main))
    if look.detail("pattern", "mark") == "band":
        return (fill(box(280, 660, 240, 54), accent), fill(box(280, 726, 240, 14), accent))
    return motif(look.detail("label", "hills"), at=(392, 610), size=116, colour=accent)


def thermos(look: Look) -> Parts:
    """A vacuum flask with its cup on top."""
    main, cupc = look.main, look.second(STEEL)
    return (
        line(curve("M 520 450 C 640 450 640 700 520 700"), dark(main, 0.3), 32),
        line(curve("M 520 446 C 626 448 626 692 520 692"), light(main, 0.06), 12),
        metal(cup(400, 190, 330, 96, 116), cupc),
        fill(oval(400, 190, 96, 13), light(cupc, 0.5)),
        metal(drum(400, 326, 360, 124), cupc),
        rounded(drum(400, 366, 830, 128), main),
        metal(drum(400, 820, 850, 130), cupc),
        fill(drum(400, 470, 478, 128), dark(main, 0.2)),
        *motif(look.detail("label", "peak"), at=(388, 620), size=112, colour=light(main, 0.62)),
    )


def stove(look: Look) -> Parts:
    """A gas stove with its pot and folding feet, on a cartridge."""
    can, pot = look.main, look.second(STEEL)
    return (
        line(curve("M 560 330 C 650 330 660 400 660 470"), dark(pot, 0.3), 18),
        metal(drum(380, 300, 500, 176), pot),
        fill(oval(380, 300, 184, 24), light(pot, 0.4)),
        fill(oval(380, 304, 168, 19), dark(pot, 0.35)),
        *(
            line(route((380 + x, 620), (380 + x * 3, 524)), dark(STEEL, 0.35), 15)
            for x in (-40, 0, 40)
        ),
        *(
            fill(
                curve(
                    f"M {x} 566 C {x + 14} 548 {x + 14} 534 {x} 520 C {x - 14} 534 {x - 14}"
                    f" 548 {x} 566"
                    " Z"
                ),
                "#5E97B8",
            )
            for x in (330, 363, 397, 430)
        ),
        rounded(box(330, 566, 100, 46, 10), dark(STEEL, 0.3)),
        metal(box(362, 606, 36, 60, 6), "#C9A552"),
        line(route((398, 640), (480, 640)), "#C9A552", 10),
        fill(oval(492, 640, 17), "#A8442F"),
        rounded(
            curve(
                "M 230 720 C 230 680 300 660 380 660 C 460 660 530 680 530 720 L 530 820"
                " C 530 850 230 850 230 820 Z"
            ),
            can,
        ),
        *motif(look.detail("label", "flame"), at=(372, 772), size=76, colour=light(can, 0.6)),
    )


def cutlery(look: Look) -> Parts:
    """Knife, fork and spoon in a rolled case."""
    cloth, steel = look.main, look.second(STEEL)
    return (
        metal(box(282, 400, 26, 300, 10), steel),
        sheet(oval(295, 290, 46, 76), steel, depth=0.3),
        fill(oval(292, 286, 30, 56), dark(steel, 0.2)),
        metal(box(388, 400, 26, 300, 10), steel),
        sheet(
            curve(
                "M 362 214 L 362 330 C 362 380 386 390 401 410 C 416 390 440 380 440 330 L 440 214"
                " L 426 214 L 426 310 L 408 310 L 408 214 L 394 214 L 394 310 L 376 310 L 376 214 Z"
            ),
            steel,
            depth=0.3,
        ),
        metal(box(494, 400, 26, 300, 10), steel),
        sheet(curve("M 490 410 L 490 214 C 530 230 544 310 530 410 Z"), steel, depth=0.3),
        sheet(box(220, 520, 360, 330, 14), cloth, depth=0.06),
        *(line(route((x, 530), (x, 840)), dark(cloth, 0.2), 4) for x in (342, 450)),
        *stitches((232, 534), (568, 534), light(cloth, 0.5), width=3),
        *motif(look.detail("label", "hills"), at=(510, 760), size=70, colour=against(cloth)),
        line(curve("M 580 660 C 660 640 660 720 700 700"), "#AA6E42", 13),
    )


def lunchbox(look: Look) -> Parts:
    """A clip-top box, a bamboo lid and a strap."""
    main, lid = look.main, look.second("#DDB88A")
    return (
        metal(box(170, 470, 460, 260, 54), main),
        fill(box(186, 486, 428, 14, 7), light(main, 0.5), 0.8),
        upright(box(156, 410, 488, 76, 26), lid),
        clip(box(156, 410, 488, 76, 26), *grain(156, 410, 488, 76, colour=lid, look=look)),
        *(rounded(box(x, 450, 44, 120, 12), dark(STEEL, 0.25)) for x in (196, 560)),
        rounded(box(372, 396, 56, 346, 8), look.third("#A8442F"), lit=0.1, shade=0.86),
        *motif(look.detail("label", "hills"), at=(290, 630), size=74, colour=dark(main, 0.4)),
    )


def pocketknife(look: Look) -> Parts:
    """A folding knife with wooden scales, one blade open."""
    wood = look.main
    parts: Parts = (
        sheet(curve("M 400 470 L 400 180 C 440 210 470 300 466 480 Z"), STEEL, depth=0.25),
        fill(
            curve("M 400 180 C 440 210 470 300 466 480 L 448 480 C 450 330 430 240 400 206 Z"),
            light(STEEL, 0.6),
        ),
        line(route((412, 250), (412, 330)), dark(STEEL, 0.3), 6),
        rounded(
            curve(
                "M 384 470 L 476 470 C 490 600 484 740 466 830 C 450 862 412 862 396 830"
                " C 378 740 372 600 384 470 Z"
            ),
            wood,
        ),
        clip(
            curve(
                "M 384 470 L 476 470 C 490 600 484 740 466 830 C 450 862 412 862 396 830"
                " C 378 740 372 600 384 470 Z"
            ),
            *grain(370, 470, 120, 390, colour=wood, look=look),
        ),
        metal(box(384, 460, 92, 44, 8), "#C9A552"),
        *(fill(oval(430, y, 8), "#C9A552") for y in (560, 690, 800)),
        line(oval(430, 872, 20), "#C9A552", 8),
    )
    return turned(parts, 30, (420, 520))


def headlamp(look: Look) -> Parts:
    """A head torch with its stretch band."""
    band, body = look.main, look.second("#2B2E32")
    return (
        line(oval(400, 500, 250, 190), dark(band, 0.15), 60),
        line(oval(396, 494, 250, 190), light(band, 0.3), 12, 0.7),
        line(curve("M 400 330 C 380 250 420 250 400 312"), dark(band, 0.2), 40),
        rounded(box(290, 580, 220, 170, 44), body),
        fill(oval(400, 664, 62), dark(STEEL, 0.2)),
        sheet(oval(400, 664, 52), "#FBEFC6"),
        fill(oval(400, 664, 28), "#FFF9E6"),
        fill(box(374, 592, 52, 17, 8), "#A8442F"),
        *(rounded(box(x, 610, 24, 110, 8), dark(band, 0.3)) for x in (270, 506)),
    )


def rope(look: Look) -> Parts:
    """A coil of rope with a lashed middle."""
    main, accent = look.main, look.second("#A8442F")
    rings: list[Parts] = []
    for at in range(4):
        wide, high = 120 + at * 40, 220 + at * 26
        rings.append(
            (
                line(oval(400, 500, wide, high), dark(main, 0.1), 36),
                line(oval(396, 494, wide, high), light(main, 0.3), 8, 0.7),
            )
        )
    flecks = [
        line(route((400 + x, 500 + y), (412 + x, 516 + y)), accent, 8)
        for x, y in (
            (-244, 0),
            (-238, -90),
            (-238, 90),
            (236, -60),
            (240, 40),
            (226, 120),
            (-120, -250),
            (0, -300),
            (120, -250),
            (-100, 260),
            (20, 300),
            (130, 246),
        )
    ]
    wraps = [upright(box(330, 430 + at * 30, 140, 32, 14), main, depth=0.2) for at in range(5)]
    return (
        *(part for ring in rings for part in ring),
        *flecks,
        *wraps,
        line(curve("M 400 580 C 420 700 520 720 560 800"), dark(main, 0.06), 34),
        fill(box(536, 786, 48, 30, 8), accent),
    )


KINDS = {
    "bottle": kind(bottle, "schlanke Trinkflasche mit Schraubdeckel", "slim bottle with screw cap"),
    "thermos": kind(thermos, "Isolierkanne mit Becher", "vacuum flask with cup", size=1.02),
    "stove": kind(stove, "Gaskocher mit Topf auf Kartusche", "gas stove with pot on its cartridge"),
    "cutlery": kind(
        cutlery,
        "Löffel, Gabel und Messer in einer Rolltasche",
        "spoon, fork and knife in a roll",
        lying=True,
        size=1.04,
    ),
    "lunchbox": kind(
        lunchbox, "Brotdose mit Holzdeckel und Gummiband", "lunch box with wooden lid and band"
    ),
    "pocketknife": kind(
        pocketknife,
        "Taschenmesser mit offener Klinge",
        "pocket knife with open blade",
        lying=True,
        size=1.02,
    ),
    "headlamp": kind(
        headlamp, "Stirnlampe mit Gummiband", "head torch with stretch band", lying=True, size=0.96
    ),
    "rope": kind(rope, "zusammengelegtes Seil", "coiled rope", lying=True),
}
