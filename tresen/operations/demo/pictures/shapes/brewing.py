"""Bags, tins and jars, and the gear for coffee and tea."""

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
    drum,
    glass,
    grain,
    light,
    metal,
    mix,
    mouth,
    rounded,
    sheet,
)

BREW = "#4A2F22"
FACES = ((0.0, 0.3), (0.22, 0.62), (0.5, 0.1), (0.8, -0.3))
"""Where each face of the eight-sided pot begins, and its tone: above 0 lighter, below darker."""


def bag(look: Look) -> Parts:
    """A coffee bag: folded top with a tin tie, side gussets, a label with a sign."""
    main, label = look.main, look.second("#F4EAD6")
    front = curve(
        "M 190 250 L 610 250 C 612 420 624 640 616 860 C 612 872 604 876 594 876 L 206 876"
        " C 196 876 188 872 184 860 C 176 640 188 420 190 250 Z"
    )
    return (
        rounded(front, main, lit=0.09, shade=0.86),
        fill(curve("M 190 250 L 610 250 L 611 300 C 480 318 320 318 189 300 Z"), dark(main, 0.22)),
        sheet(box(186, 158, 428, 118, 10), light(main, 0.06)),
        fill(box(186, 158, 428, 14, 6), light(main, 0.3)),
        fill(box(170, 206, 460, 20, 10), against(main), 0.85),
        fill(oval(560, 400, 17), dark(main, 0.3)),
        fill(oval(560, 400, 8), light(main, 0.2)),
        sheet(box(268, 430, 264, 320, 6), label, depth=0.06),
        *motif(look.detail("label", "wave"), at=(400, 558), size=150, colour=_on(label, main)),
        fill(box(312, 666, 176, 12, 6), _on(label, main)),
        fill(box(342, 696, 116, 8, 4), _on(label, main), 0.6),
    )


def _on(paper: str, ink: str) -> str:
    """The ink where it can be read on the paper, otherwise a quiet contrast."""
    red_paper, red_ink = int(paper[1:3], 16), int(ink[1:3], 16)
    green_paper, green_ink = int(paper[3:5], 16), int(ink[3:5], 16)
    apart = abs(red_paper - red_ink) + abs(green_paper - green_ink)
    return ink if apart > 110 else against(paper)  # noqa: PLR2004


def tin(look: Look) -> Parts:
    """A tea caddy with a slip lid and a label that runs round."""
    main, label = look.main, look.second("#F4EAD6")
    side = drum(400, 330, 840, 190)
    return (
        rounded(side, main),
        clip(
            side,
            rounded(drum(400, 480, 740, 190), label, lit=0.13, shade=0.76),
            *motif(look.detail("label", "leaf"), at=(400, 628), size=158, colour=_on(label, main)),
            fill(drum(400, 500, 506, 190), _on(label, main)),
            fill(drum(400, 726, 732, 190), _on(label, main)),
        ),
        rounded(drum(400, 232, 336, 198), light(main, 0.08)),
        fill(oval(400, 232, 198, 26), light(main, 0.3)),
        fill(oval(400, 228, 150, 17), light(main, 0.16)),
    )


def jar(look: Look) -> Parts:
    """A honey jar with a screw lid; the honey glows through."""
    honey, lid = look.main, look.second("#6E4058")
    side = curve(
        "M 250 330 C 214 350 208 372 208 410 L 208 770 C 208 820 232 838 270 838 L 530 838"
        " C 568 838 592 820 592 770 L 592 410 C 592 372 586 350 550 330 Z"
    )
    return (
        rounded(side, honey, lit=0.1, shade=0.8),
        clip(side, fill(box(200, 320, 400, 78), light(honey, 0.62), 0.85)),
        clip(side, fill(box(232, 330, 26, 500, 13), "#FFFFFF", 0.3)),
        rounded(box(238, 236, 324, 104, 14), lid),
        *(fill(box(x, 250, 5, 80), dark(lid, 0.18), 0.6) for x in range(258, 556, 20)),
        fill(box(238, 236, 324, 16, 8), light(lid, 0.3)),
        sheet(box(272, 470, 256, 268, 8), "#FBF5E6", depth=0.04),
        *motif(look.detail("label", "flower"), at=(400, 580), size=128, colour=dark(honey, 0.2)),
        fill(box(322, 676, 156, 10, 5), lid),
    )


def carton(look: Look) -> Parts:
    """A carton seen from a corner, with a sign on its front."""
    main, paper = look.main, look.second("#FCFBF8")
    return (
        fill(poly((210, 300), (520, 330), (520, 880), (210, 830)), main),
        fill(poly((520, 330), (640, 290), (640, 822), (520, 880)), dark(main, 0.2)),
        fill(poly((210, 300), (330, 262), (640, 290), (520, 330)), light(main, 0.32)),
        fill(poly((240, 420), (490, 444), (490, 756), (240, 722)), paper),
        *motif(look.detail("label", "crystal"), at=(365, 566), size=158, colour=_on(paper, main)),
        fill(poly((290, 668), (440, 684), (440, 698), (290, 680)), _on(paper, main), 0.7),
    )


def dripper(look: Look) -> Parts:
    """A ribbed pour-over cone on its foot, above a carafe's rim."""
    main = look.main
    cone = cup(400, 330, 600, 210, 76)
    ribs = [
        line(
            curve(f"M {400 + at * 58} 352 Q {400 + at * 38} 480 {400 + at * 20} 592"), dark(main), 6
        )
        for at in (-3, -2, -1, 0, 1, 2, 3)
    ]
    return (
        line(curve("M 590 380 C 700 370 706 520 566 516"), dark(main, 0.1), 34),
        line(curve("M 590 376 C 690 368 694 506 566 506"), light(main, 0.14), 12),
        rounded(cone, main),
        clip(cone, *ribs),
        *mouth(400, 330, 210, main, inside=dark(main, 0.32)),
        rounded(drum(400, 606, 640, 96), main),
        rounded(drum(400, 640, 668, 176, tilt=0.1), light(main, 0.06)),
        fill(oval(400, 640, 176, 17), light(main, 0.3)),
        fill(oval(400, 637, 98, 9), dark(main, 0.14)),
    )


def filters(look: Look) -> Parts:
    """A fan of cone filters held by a paper band."""
    paper, band = look.main, look.second("#A8442F")
    leaves: list[Parts] = []
    for at in range(5):
        shift = at * 22
        tone = mix(light(paper, 0.22), dark(paper, 0.1), at / 5)
        cone = curve(
            f"M {190 + shift} {330 - shift} C {300 + shift} {268 - shift} {440 + shift} "
            f"{268 - shift} {560 + shift} {330 - shift} L {412 + shift} {760 - shift} "
            f"L {336 + shift} {760 - shift} Z"
        )
        leaves.append((sheet(cone, tone),))
    front = leaves[0]
    seam = line(route((216, 350), (350, 744)), dark(paper, 0.22), 4)
    belt = poly((246, 452), (516, 452), (482, 552), (282, 552))
    crimps = tuple(
        line(
            route((228 + at * 9, 366 + at * 30), (240 + at * 9, 362 + at * 30)), dark(paper, 0.3), 3
        )
        for at in range(12)
    )
    back = tuple(part for leaf in reversed(leaves[1:]) for part in leaf)
    sign = motif(look.detail("label", "drop"), at=(382, 502), size=58, colour=against(band))
    return (*back, *front, seam, *crimps, sheet(belt, band), *sign)


def handmill(look: Look) -> Parts:
    """A slim hand mill with its crank and wooden knob."""
    steel, wood = look.main, look.second("#7D573C")
    return (
        line(route((400, 236), (596, 210)), dark(steel, 0.25), 20),
        line(route((400, 232), (596, 205)), light(steel, 0.3), 6),
        fill(box(574, 132, 52, 88, 24), wood),
        fill(box(582, 140, 12, 70, 6), light(wood, 0.25)),
        metal(drum(400, 300, 580, 104), steel),
        fill(oval(400, 300, 104, 14), light(steel, 0.5)),
        metal(cup(400, 262, 300, 60, 92), steel),
        fill(oval(400, 262, 60, 8), light(steel, 0.55)),
        fill(box(388, 222, 24, 40, 6), dark(steel, 0.3)),
        rounded(drum(400, 470, 566, 107), wood),
        rounded(drum(400, 586, 860, 98), dark(steel, 0.36)),
        metal(drum(400, 584, 606, 104), steel),
        *motif(look.detail("label", "peak"), at=(390, 720), size=62, colour=light(steel, 0.3)),
    )


def kettle(look: Look) -> Parts:
    """A swan-neck kettle with a wooden handle."""
    main, wood = look.main, look.second("#DDB88A")
    is_metal = look.detail("finish", "polished") == "polished"
    paint = metal if is_metal else rounded
    neck = "M 236 700 C 120 690 190 430 108 376"
    return (
        line(curve(neck), dark(main, 0.22), 40),
        line(curve("M 240 688 C 140 676 200 436 112 368"), light(main, 0.22), 12),
        line(curve("M 540 420 C 720 390 740 720 600 760"), dark(wood, 0.22), 40),
        line(curve("M 540 414 C 706 388 726 712 600 748"), light(wood, 0.1), 24),
        paint(cup(400, 420, 812, 150, 236, belly=10), main),
        paint(drum(400, 404, 424, 156), main),
        fill(oval(400, 402, 156, 20), light(main, 0.36)),
        paint(cup(400, 350, 398, 70, 138), main),
        fill(box(388, 306, 24, 46, 8), dark(main, 0.3)),
        rounded(box(356, 272, 88, 44, 22), wood),
    )


def plunger(look: Look) -> Parts:
    """A plunger pot: glass, frame, coffee two thirds up."""
    steel, wood = look.second("#BAC3C9"), look.third("#DDB88A")
    body = drum(380, 330, 830, 170)
    marks = tuple(fill(box(470, level, 44, 6, 3), "#FFFFFF", 0.8) for level in (500, 570, 640, 710))
    return (
        line(curve("M 550 420 C 690 420 690 740 550 740"), dark(wood, 0.16), 42),
        line(curve("M 550 414 C 676 414 676 732 550 732"), light(wood, 0.14), 20),
        glass(body),
        clip(
            body, rounded(drum(380, 486, 830, 160), BREW), fill(oval(380, 486, 160, 20), "#7A5238")
        ),
        clip(body, fill(box(240, 330, 22, 520, 11), "#FFFFFF", 0.45)),
        *marks,
        metal(drum(380, 330, 352, 176), steel),
        metal(drum(380, 800, 838, 176), steel),
        *(metal(box(x, 340, 14, 480, 6), steel) for x in (214, 532)),
        metal(cup(380, 282, 332, 76, 172), steel),
        fill(oval(380, 282, 76, 10), light(steel, 0.5)),
        metal(box(373, 168, 14, 116, 6), steel),
        rounded(oval(380, 156, 36), wood),
    )


def moka(look: Look) -> Parts:
    """An eight-sided stovetop pot."""
    steel, grip = look.main, look.second("#2B2E32")
    return (
        *_facets((262, 538), (224, 576), top=560, low=820, colour=steel),
        metal(drum(400, 528, 556, 146, tilt=0.08), steel),
        *_facets((232, 568), (270, 530), top=330, low=530, colour=steel),
        fill(poly((232, 330), (180, 292), (250, 400)), light(steel, 0.2)),
        *_facets((300, 500), (226, 574), top=262, low=330, colour=light(steel, 0.1)),
        fill(box(376, 208, 48, 56, 16), grip),
        fill(
            curve(
                "M 566 318 L 690 318 C 706 318 708 334 702 350 L 650 580 L 610 572 L 640 372"
                " L 566 372 Z"
            ),
            grip,
        ),
        fill(curve("M 572 326 L 688 326 L 684 338 L 572 338 Z"), light(grip, 0.25)),
        fill(oval(300, 700, 13), dark(steel, 0.42)),
        fill(oval(298, 698, 6), light(steel, 0.4)),
    )


def _facets(
    upper: tuple[float, float], lower: tuple[float, float], *, top: float, low: float, colour: str
) -> Parts:
    """Four visible faces of an eight-sided body, each with its own tone."""
    edges = [start for start, _ in FACES] + [1.0]
    parts = []
    for at, (_, tone) in enumerate(FACES):
        x1 = upper[0] + (upper[1] - upper[0]) * edges[at]
        x2 = upper[0] + (upper[1] - upper[0]) * edges[at + 1]
        x3 = lower[0] + (lower[1] - lower[0]) * edges[at + 1]
        x4 = lower[0] + (lower[1] - lower[0]) * edges[at]
        shade = light(colour, tone) if tone >= 0 else dark(colour, -tone)
        parts.append(fill(poly((x1, top), (x2 + 0.6, top), (x3 + 0.6, low), (x4, low)), shade))
    return tuple(parts)


def teapot(look: Look) -> Parts:
    """A round teapot with spout and handle; a band in the second colour where there is one."""
    main = look.main
    belly = oval(390, 620, 228, 206)
    band = (fill(box(150, 590, 480, 46), look.colours[1]),) if len(look.colours) > 1 else ()
    return (
        line(curve("M 580 520 C 740 470 750 740 560 728"), dark(main, 0.22), 40),
        line(curve("M 582 514 C 722 472 734 724 564 716"), light(main, 0.1), 18),
        fill(
            curve("M 220 560 C 150 570 140 470 84 430 L 116 404 C 190 430 200 500 250 500 Z"),
            light(main, 0.08),
        ),
        fill(
            curve("M 220 720 C 120 700 140 500 84 430 L 150 440 C 190 540 200 600 250 620 Z"), main
        ),
        fill(oval(390, 820, 120, 18), dark(main, 0.3)),
        rounded(belly, main, lit=0.16, shade=0.74),
        clip(belly, *band, fill(oval(290, 520, 34, 60), "#FFFFFF", 0.18)),
        fill(oval(390, 432, 116, 20), dark(main, 0.25)),
        rounded(
            curve(
                "M 278 428 C 300 380 350 364 390 364 C 430 364 480 380 502 428"
                " C 460 446 320 446 278 428 Z"
            ),
            light(main, 0.05),
        ),
        rounded(oval(390, 346, 34, 28), look.second(main)),
    )


def strainer(look: Look) -> Parts:
    """A basket strainer standing in its dish."""
    steel = look.main
    basket = cup(400, 420, 700, 170, 130)
    mesh = [
        line(route((230 + at * 22, 420), (200 + at * 22, 720)), dark(steel, 0.3), 2.4)
        for at in range(18)
    ]
    mesh += [
        line(route((570 - at * 22, 420), (600 - at * 22, 720)), dark(steel, 0.3), 2.4)
        for at in range(18)
    ]
    return (
        line(curve("M 236 424 C 170 410 140 430 120 470"), dark(steel, 0.2), 16),
        line(curve("M 564 424 C 630 410 660 430 680 470"), dark(steel, 0.2), 16),
        rounded(basket, light(steel, 0.12)),
        clip(basket, *mesh),
        metal(drum(400, 414, 440, 176), steel),
        fill(oval(400, 414, 176, 24), light(steel, 0.5)),
        fill(oval(400, 416, 160, 19), dark(steel, 0.34)),
        metal(cup(400, 690, 760, 230, 150), steel),
    )


def scoop(look: Look) -> Parts:
    """A turned scoop lying on its back, seen from above."""
    wood = look.main
    handle = box(376, 420, 48, 440, 24)
    bowl = oval(400, 330, 150)
    return (
        rounded(handle, wood),
        clip(handle, *grain(376, 420, 48, 440, colour=wood, look=look)),
        fill(oval(400, 830, 9), dark(wood, 0.5)),
        sheet(bowl, light(wood, 0.06), depth=0.16),
        clip(bowl, *grain(250, 180, 300, 300, colour=wood, look=look)),
        sheet(oval(400, 330, 118), dark(wood, 0.3), depth=0.12),
        clip(oval(400, 330, 118), fill(oval(430, 380, 112), light(wood, 0.05), 0.35)),
        fill(oval(396, 352, 88, 74), BREW),
        fill(oval(380, 336, 54, 40), light(BREW, 0.12)),
    )


KINDS = {
    "bag": kind(
        bag, "Beutel mit umgeschlagener Oberkante und Etikett", "bag with folded top and label"
    ),
    "tin": kind(tin, "runde Blechdose mit Stülpdeckel", "round tin with slip lid", size=0.94),
    "jar": kind(
        jar, "Glas mit Schraubdeckel und Etikett", "jar with screw lid and label", size=0.9
    ),
    "carton": kind(carton, "Karton, über Eck gesehen", "carton seen from a corner", size=0.94),
    "dripper": kind(
        dripper, "gerippter Kaffeefilter mit Henkel", "ribbed dripper with handle", size=0.92
    ),
    "filters": kind(
        filters,
        "Fächer aus Filterpapieren mit Banderole",
        "fan of filter papers with a band",
        lying=True,
        size=0.95,
    ),
    "handmill": kind(handmill, "schmale Handmühle mit Kurbel", "slim hand mill with crank"),
    "kettle": kind(kettle, "Wasserkessel mit Schwanenhals", "kettle with swan neck"),
    "plunger": kind(plunger, "Stempelkanne aus Glas mit Kaffee", "glass plunger pot with coffee"),
    "moka": kind(moka, "achteckiger Espressokocher", "eight-sided stovetop pot", size=0.95),
    "teapot": kind(teapot, "runde Teekanne", "round teapot"),
    "strainer": kind(strainer, "Teesieb in seiner Schale", "tea strainer in its dish", size=0.85),
    "scoop": kind(
        scoop,
        "gedrechselter Löffel mit Kaffee, von oben",
        "turned scoop with coffee, from above",
        lying=True,
        size=0.95,
    ),
}
