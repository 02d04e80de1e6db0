"""Panniers, rucksacks, sacks and baskets for the bicycle."""

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
    cup,
    dark,
    light,
    metal,
    rounded,
    sheet,
    stitches,
    upright,
)

BUCKLE = "#2B2E32"


def pannier(look: Look) -> Parts:
    """A roll-top pannier with two buckled straps and a reflector."""
    main, strap = look.main, look.second("#2B2E32")
    body = curve(
        "M 180 340 L 620 340 L 596 820 C 594 846 578 858 554 858 L 246 858"
        " C 222 858 206 846 204 820 Z"
    )
    return (
        line(curve("M 330 210 C 330 150 470 150 470 210"), strap, 20),
        upright(body, main, depth=0.12),
        fill(
            curve(
                "M 192 580 L 608 580 L 596 820 C 594 846 578 858 554 858 L 246 858"
                " C 222 858 206 846 204 820 Z"
            ),
            dark(main, 0.1),
            0.7,
        ),
        rounded(box(158, 200, 484, 96, 40), light(main, 0.08), lit=0.06, shade=0.9),
        fill(box(170, 250, 460, 10, 5), dark(main, 0.2), 0.6),
        sheet(poly((180, 290), (620, 290), (616, 420), (184, 420)), light(main, 0.04)),
        *(part for x in (262, 498) for part in _buckled(x, 286, 330, strap)),
        *motif(look.detail("label", "chevron"), at=(400, 690), size=112, colour=against(main)),
        fill(box(350, 790, 100, 26, 6), "#E8E9E4"),
    )


def _buckled(x: float, top: float, length: float, strap: str) -> Parts:
    return (
        fill(box(x, top, 40, length, 6), strap),
        fill(box(x + 6, top, 6, length, 3), light(strap, 0.2)),
        rounded(box(x - 10, top + length * 0.42, 60, 56, 8), light(BUCKLE, 0.25)),
        fill(box(x + 2, top + length * 0.42 + 16, 36, 24, 4), dark(BUCKLE, 0.3)),
    )


def barbag(look: Look) -> Parts:
    """A barrel bag for the handlebar with leather straps."""
    main, hide = look.main, look.second("#AA6E42")
    roll = box(130, 380, 540, 290, 130)
    return (
        upright(roll, main, depth=0.2),
        fill(
            curve("M 150 470 C 200 420 600 420 650 470 L 650 490 C 600 446 200 446 150 490 Z"),
            dark(main, 0.2),
            0.7,
        ),
        line(curve("M 170 480 C 260 446 540 446 630 480"), light("#C9A552", 0.1), 7),
        fill(oval(630, 480, 12), "#C9A552"),
        *(part for x in (246, 514) for part in _band(x, 340, 370, hide)),
        *motif(look.detail("label", "chevron"), at=(400, 572), size=96, colour=against(main)),
    )


def _band(x: float, top: float, length: float, hide: str) -> Parts:
    return (
        rounded(box(x, top, 44, length, 12), hide, lit=0.2, shade=0.8),
        *stitches((x + 8, top + 20), (x + 8, top + length - 14), light(hide, 0.5), width=2.6),
        *stitches((x + 36, top + 20), (x + 36, top + length - 14), light(hide, 0.5), width=2.6),
        line(box(x - 8, top + length * 0.6, 60, 46, 8), "#C9A552", 8),
    )


def bikebasket(look: Look) -> Parts:
    """A wicker basket with leather straps for the handlebar."""
    main, hide = look.main, look.second("#AA6E42")
    side = cup(400, 400, 800, 270, 210)
    rods = [
        line(route((160 + at * 40, 400), (200 + at * 34, 800)), dark(main, 0.2), 7)
        for at in range(13)
    ]
    bands = [
        line(
            curve(f"M 130 {y} C 260 {y + 36} 540 {y + 36} 670 {y}"),
            light(main, 0.26) if at % 2 else dark(main, 0.06),
            20,
        )
        for at, y in enumerate(range(420, 800, 23))
    ]
    return (
        rounded(side, main),
        clip(side, *rods, *bands, fill(box(570, 380, 140, 460), dark(main, 0.5), 0.16)),
        fill(oval(400, 400, 268, 36), dark(main, 0.55)),
        line(oval(400, 400, 268, 36), dark(main, 0.24), 26),
        line(oval(400, 396, 268, 36), light(main, 0.2), 8),
        *(part for x in (280, 476) for part in _band(x, 386, 170, hide)),
    )


def saddlebag(look: Look) -> Parts:
    """A small bag under the saddle, its flap closed by a peg."""
    main, hide = look.main, look.second("#AA6E42")
    body = curve(
        "M 150 420 C 150 390 180 380 220 380 L 580 380 C 620 380 650 390 650 420"
        " L 622 640 C 610 690 580 700 540 700 L 260 700 C 220 700 190 690 178 640 Z"
    )
    flap = curve(
        "M 144 420 C 144 380 180 370 220 370 L 580 370 C 620 370 656 380 656 420"
        " C 650 540 540 580 400 580 C 260 580 150 540 144 420 Z"
    )
    return (
        *(rounded(box(x, 280, 40, 140, 12), hide) for x in (250, 510)),
        upright(body, main, depth=0.16),
        upright(flap, light(main, 0.08), depth=0.1),
        line(
            curve("M 152 430 C 160 536 270 570 400 570 C 530 570 640 536 648 430"),
            dark(main, 0.25),
            5,
        ),
        rounded(box(378, 480, 44, 150, 14), hide),
        rounded(box(336, 596, 128, 26, 13), "#DDB88A"),
        *motif(look.detail("label", "chevron"), at=(520, 470), size=62, colour=against(main)),
    )


def rucksack(look: Look) -> Parts:
    """A rucksack with a lid, a front pocket and leather straps."""
    main, hide = look.main, look.second("#AA6E42")
    body = curve(
        "M 210 420 C 210 250 290 210 400 210 C 510 210 590 250 590 420 L 606 800"
        " C 608 850 580 866 540 866 L 260 866 C 220 866 192 850 194 800 Z"
    )
    lid = curve(
        "M 204 410 C 204 240 290 196 400 196 C 510 196 596 240 596 410"
        " C 596 450 560 466 400 466 C 240 466 204 450 204 410 Z"
    )
    return (
        line(curve("M 350 210 C 350 140 450 140 450 210"), dark(hide, 0.1), 18),
        *(
            line(
                curve(f"M {x} 320 C {x + way * 66} 460 {x + way * 60} 660 {x + way * 4} 780"),
                dark(main, 0.3),
                34,
            )
            for x, way in ((206, -1), (594, 1))
        ),
        rounded(body, main, lit=0.1, shade=0.84),
        upright(box(250, 580, 300, 240, 34), light(main, 0.07), depth=0.1),
        fill(
            curve(
                "M 250 640 L 250 614 C 250 590 262 580 284 580 L 516 580 C 538 580 550 590 550 614"
                " L 550 640 C 480 664 320 664 250 640 Z"
            ),
            dark(main, 0.16),
        ),
        upright(lid, light(main, 0.1), depth=0.16),
        *(part for x in (284, 474) for part in _band(x, 400, 170, hide)),
        *motif(look.detail("label", "chevron"), at=(400, 740), size=100, colour=against(main)),
    )


def daypack(look: Look) -> Parts:
    """A plain day bag with a zip pocket and a loop on top."""
    main, accent = look.main, look.second("#D29E35")
    body = curve(
        "M 220 400 C 220 240 300 190 400 190 C 500 190 580 240 580 400 L 590 790"
        " C 592 850 560 866 520 866 L 280 866 C 240 866 208 850 210 790 Z"
    )
    return (
        line(curve("M 352 196 C 352 130 448 130 448 196"), accent, 18),
        *(
            line(
                curve(f"M {x} 340 C {x + way * 60} 470 {x + way * 56} 650 {x + way * 2} 770"),
                dark(main, 0.25),
                32,
            )
            for x, way in ((216, -1), (584, 1))
        ),
        rounded(body, main, lit=0.12, shade=0.82),
        line(
            curve("M 240 420 C 240 300 310 236 400 236 C 490 236 560 300 560 420"),
            dark(main, 0.3),
            8,
        ),
        upright(box(256, 540, 288, 270, 40), light(main, 0.08), depth=0.1),
        line(route((280, 596), (520, 596)), dark(main, 0.35), 9),
        fill(box(506, 588, 18, 56, 8), accent),
        *motif(look.detail("label", "hills"), at=(400, 706), size=110, colour=against(main)),
    )


def drysack(look: Look) -> Parts:
    """A roll-top sack with its closing buckle."""
    main = look.main
    body = curve(
        "M 252 330 C 240 500 226 700 232 800 C 240 860 560 860 568 800 C 574 700 560 500 548 330 Z"
    )
    return (
        rounded(body, main, lit=0.14, shade=0.76),
        fill(curve("M 250 360 C 320 386 480 386 550 360 L 548 330 L 252 330 Z"), dark(main, 0.22)),
        upright(box(236, 210, 328, 130, 44), light(main, 0.1), depth=0.2),
        *(fill(box(250, level, 300, 6, 3), dark(main, 0.2), 0.5) for level in (246, 280)),
        line(curve("M 240 270 C 150 220 150 160 400 160 C 650 160 650 220 560 270"), BUCKLE, 18),
        rounded(box(356, 132, 88, 56, 12), light(BUCKLE, 0.2)),
        *motif(look.detail("label", "drop"), at=(396, 600), size=132, colour=against(main)),
        fill(box(330, 716, 140, 12, 6), against(main)),
    )


def totebag(look: Look) -> Parts:
    """A cloth bag with long handles and a printed sign."""
    main, ink = look.main, look.second("#26384A")
    body = curve(
        "M 200 420 L 600 420 L 612 840 C 612 858 600 866 586 866 L 214 866"
        " C 200 866 188 858 188 840 Z"
    )
    return (
        line(
            curve("M 288 470 C 280 180 350 130 400 130 C 450 130 520 180 512 470"),
            dark(main, 0.22),
            30,
        ),
        line(
            curve("M 300 470 C 290 220 340 160 400 160 C 460 160 510 220 500 470"),
            light(main, 0.06),
            26,
        ),
        sheet(body, main, depth=0.09),
        fill(curve("M 200 420 L 600 420 L 601 462 L 199 462 Z"), dark(main, 0.1)),
        *stitches((206, 454), (594, 454), dark(main, 0.3), width=3),
        *(fill(box(x, 420, 30, 56, 3), light(main, 0.05)) for x in (284, 488)),
        *motif(look.detail("label", "door"), at=(400, 650), size=220, colour=ink),
        line(curve("M 250 520 C 244 620 240 720 246 830"), dark(main, 0.14), 5, 0.6),
        line(curve("M 566 500 C 576 600 560 700 572 800"), dark(main, 0.14), 5, 0.6),
    )


def pouch(look: Look) -> Parts:
    """A zip case for pens or cutlery."""
    main, accent = look.main, look.second("#C9A552")
    body = curve(
        "M 130 430 C 130 400 150 390 180 390 L 620 390 C 650 390 670 400 670 430"
        " L 660 620 C 658 650 640 660 616 660 L 184 660 C 160 660 142 650 140 620 Z"
    )
    return (
        upright(body, main, depth=0.14),
        line(route((150, 424), (650, 424)), dark(main, 0.32), 18),
        line(route((150, 424), (650, 424)), accent, 5),
        metal(box(600, 412, 60, 24, 10), accent),
        line(route((648, 428), (690, 490)), accent, 10),
        *motif(look.detail("label", "nib"), at=(400, 548), size=110, colour=against(main)),
    )


KINDS = {
    "pannier": kind(pannier, "Fahrradtasche mit Rollverschluss", "roll-top pannier"),
    "barbag": kind(
        barbag,
        "Lenkertasche mit zwei Lederriemen",
        "handlebar bag with two leather straps",
        lying=True,
    ),
    "bikebasket": kind(
        bikebasket,
        "geflochtener Lenkerkorb mit Lederriemen",
        "wicker handlebar basket with leather straps",
    ),
    "saddlebag": kind(
        saddlebag,
        "kleine Satteltasche mit Knebel",
        "small saddlebag with a peg",
        lying=True,
        size=0.95,
    ),
    "rucksack": kind(
        rucksack,
        "Rucksack mit Deckel und Fronttasche",
        "rucksack with lid and front pocket",
        size=1.04,
    ),
    "daypack": kind(
        daypack, "schlichter Tagesrucksack mit Reißverschluss", "plain day bag with zip", size=1.04
    ),
    "drysack": kind(drysack, "Packsack mit Rollverschluss", "roll-top dry sack"),
    "totebag": kind(
        totebag,
        "Stoffbeutel mit langen Henkeln",
        "cloth bag with long handles",
        lying=True,
        size=1.04,
    ),
    "pouch": kind(pouch, "Mäppchen mit Reißverschluss", "zip case", lying=True, size=0.95),
}
