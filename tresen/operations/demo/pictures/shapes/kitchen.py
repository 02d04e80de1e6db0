"""Pots, pans, knives and boards."""

from tresen.operations.demo.pictures.canvas import (
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    oval,
    poly,
    turned,
)
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    cup,
    dark,
    drum,
    grain,
    light,
    metal,
    mouth,
    rounded,
    sheet,
    upright,
)


def pot(look: Look) -> Parts:
    """A stock pot with lid and two loop handles."""
    steel, knob = look.main, look.second("#7D573C")
    side = drum(400, 460, 780, 232, tilt=0.1)
    return (
        *(
            line(curve(f"M {x} 520 C {x + way * 86} 506 {x + way * 86} 620 {x} 604"), tone, width)
            for x, way in ((172, -1), (628, 1))
            for tone, width in ((dark(steel, 0.34), 26), (light(steel, 0.3), 8))
        ),
        metal(side, steel),
        clip(side, fill(drum(400, 760, 776, 232, tilt=0.1), dark(steel, 0.22), 0.7)),
        metal(drum(400, 440, 468, 242, tilt=0.1), steel),
        fill(oval(400, 440, 242, 25), light(steel, 0.42)),
        upright(
            curve(
                "M 178 436 C 230 372 320 352 400 352 C 480 352 570 372 622 436"
                " C 540 462 260 462 178 436 Z"
            ),
            light(steel, 0.16),
        ),
        fill(
            curve("M 240 420 C 270 388 330 370 380 366 C 330 386 290 404 264 432 Z"),
            light(steel, 0.7),
            0.8,
        ),
        fill(box(386, 322, 28, 36, 6), dark(steel, 0.3)),
        rounded(box(352, 282, 96, 48, 24), knob),
    )


def pan(look: Look) -> Parts:
    """A skillet from above, its handle to the lower right."""
    iron = look.main
    parts = (
        sheet(box(560, 466, 330, 68, 34), dark(iron, 0.1), depth=0.14),
        fill(oval(846, 500, 15), light(iron, 0.5)),
        fill(poly((236, 470), (180, 500), (236, 530)), dark(iron, 0.15)),
        sheet(oval(400, 500, 226), light(iron, 0.14), depth=0.12),
        fill(oval(400, 500, 206), dark(iron, 0.32)),
        sheet(oval(402, 504, 192), light(iron, 0.04), depth=0.1),
        *(line(oval(402, 504, r), light(iron, 0.2), 2.2, 0.4) for r in (176, 150, 122, 92, 60)),
        fill(
            curve("M 258 420 C 290 366 350 336 410 336 C 350 356 304 392 284 448 Z"),
            "#FFFFFF",
            0.13,
        ),
    )
    return turned(parts, 38, (400, 500))


def milkpot(look: Look) -> Parts:
    """An enamelled milk pot with a dark rim and one long handle."""
    main, rim = look.main, look.second("#26384A")
    side = cup(370, 440, 780, 196, 176, belly=6)
    return (
        fill(curve("M 540 500 L 760 440 C 786 434 794 476 768 484 L 552 560 Z"), dark(main, 0.12)),
        fill(curve("M 540 500 L 760 440 C 772 438 778 446 778 452 L 546 524 Z"), light(main, 0.16)),
        fill(oval(752, 460, 11), dark(main, 0.55)),
        fill(poly((190, 440), (136, 414), (200, 520)), main),
        rounded(side, main),
        *mouth(370, 440, 196, rim, inside=light(main, 0.62)),
        fill(poly((196, 428), (136, 414), (186, 452)), rim),
        clip(
            side,
            *motif(
                look.detail("label", "stripes"), at=(360, 640), size=120, colour=light(main, 0.62)
            ),
        ),
    )


def knife(look: Look) -> Parts:
    """A knife on the paper, its point up; long for cooking, short for peeling."""
    wood, steel = look.main, look.second("#C8CFD3")
    if look.detail("blade", "long") == "long":
        blade = "M 352 590 L 352 130 C 420 180 470 330 470 560 L 470 590 Z"
        edge = "M 352 130 C 420 180 470 330 470 560 L 470 590 L 446 590 C 446 400 420 250 352 150 Z"
    else:
        blade = "M 362 590 L 362 330 C 404 346 432 440 434 590 Z"
        edge = "M 362 330 C 404 346 432 440 434 590 L 418 590 C 416 470 394 380 362 352 Z"
    grip = curve(
        "M 350 606 L 428 606 C 434 660 424 700 428 760 C 432 810 440 850 424 884"
        " C 402 902 370 902 352 884 C 344 800 356 700 350 606 Z"
    )
    parts = (
        sheet(curve(blade), steel, depth=0.2),
        fill(curve(edge), light(steel, 0.55)),
        *motif("peak", at=(392, 548), size=34, colour=dark(steel, 0.3)),
        fill(box(346, 584, 96, 30, 8), dark(steel, 0.24)),
        rounded(grip, wood),
        clip(grip, *grain(346, 606, 90, 290, colour=wood, look=look)),
        *(fill(oval(389, y, 10), light(steel, 0.2)) for y in (664, 750, 836)),
    )
    return turned(parts, 24, (400, 520))


def board(look: Look) -> Parts:
    """A cutting board with a hanging hole and a juice groove."""
    wood = look.main
    slab = box(190, 210, 420, 640, 46)
    return (
        sheet(slab, wood, depth=0.08),
        clip(slab, *grain(190, 210, 420, 640, colour=wood, look=look)),
        clip(slab, *(fill(box(x, 200, 3, 660), dark(wood, 0.14), 0.5) for x in (296, 402, 508))),
        line(box(226, 310, 348, 504, 26), dark(wood, 0.22), 9, 0.7),
        line(box(228, 313, 348, 504, 26), light(wood, 0.3), 3, 0.7),
        fill(box(346, 240, 108, 34, 17), dark(wood, 0.62)),
    )


def spoons(look: Look) -> Parts:
    """Three wooden spoons as a fan: round, slotted and flat."""
    wood = look.main
    parts: list[Parts] = []
    for angle, tone in ((-24, dark(wood, 0.06)), (24, light(wood, 0.1)), (0, wood)):
        parts.append(turned(_spoon(tone, angle, look), angle, (400, 900)))
    return tuple(part for spoon in parts for part in spoon)


def _spoon(tone: str, angle: int, look: Look) -> Parts:
    handle = curve("M 386 420 L 414 420 L 420 860 C 420 884 380 884 380 860 Z")
    if angle > 0:
        head = curve("M 336 180 L 464 200 L 452 380 C 440 430 360 430 348 380 Z")
    else:
        head = oval(400, 300, 74, 132)
    hollow: Parts = (sheet(oval(400, 294, 50, 104), dark(tone, 0.2), depth=0.12),)
    if angle < 0:
        slots = (fill(box(x, 230, 13, 126, 6), dark(tone, 0.5)) for x in (366, 394, 422))
        hollow = tuple(slots)
    return (
        rounded(handle, tone),
        sheet(head, light(tone, 0.05)),
        clip(head, *grain(326, 160, 150, 270, colour=tone, look=look)),
        *(() if angle > 0 else hollow),
    )


def ladle(look: Look) -> Parts:
    """A soup ladle hanging from its hook."""
    steel, grip = look.main, look.second("#7D573C")
    return (
        metal(box(388, 330, 24, 400, 10), steel),
        rounded(box(374, 180, 52, 200, 26), grip),
        line(oval(400, 156, 20), dark(steel, 0.2), 11),
        upright(
            curve("M 250 700 C 250 850 330 900 410 900 C 490 900 570 850 570 700 Z"),
            steel,
            depth=0.3,
        ),
        fill(
            curve("M 270 720 C 280 820 320 870 380 884 C 330 840 304 790 300 712 Z"),
            light(steel, 0.7),
        ),
        fill(oval(410, 700, 160, 34), light(steel, 0.5)),
        fill(oval(410, 704, 142, 26), dark(steel, 0.3)),
    )


def peppermill(look: Look) -> Parts:
    """A turned mill with a metal collar and a knob."""
    wood, steel = look.main, look.second("#BAC3C9")
    trunk = curve(
        "M 330 520 C 330 590 366 620 366 680 C 366 760 300 780 296 868"
        " C 296 892 504 892 504 868 C 500 780 434 760 434 680"
        " C 434 620 470 590 470 520 Z"
    )
    head = curve(
        "M 322 470 C 300 420 322 330 400 330 C 478 330 500 420 478 470 C 470 492 330 492 322 470 Z"
    )
    return (
        rounded(trunk, wood),
        clip(trunk, *grain(290, 500, 220, 390, colour=wood, look=look)),
        metal(drum(400, 486, 516, 74), steel),
        rounded(head, wood),
        clip(head, *grain(300, 330, 200, 150, colour=wood, look=look)),
        metal(oval(400, 310, 26, 26), steel),
    )


def rollingpin(look: Look) -> Parts:
    """A rolling pin laid slantwise."""
    wood, grip = look.main, look.second("#A8442F")
    roll = box(220, 430, 360, 130, 30)
    parts = (
        upright(box(100, 466, 600, 58, 29), grip, depth=0.2),
        upright(roll, wood, depth=0.18),
        clip(roll, *grain(220, 430, 360, 130, colour=wood, look=look)),
        fill(box(206, 452, 18, 86, 6), dark(wood, 0.3)),
        fill(box(576, 452, 18, 86, 6), dark(wood, 0.3)),
    )
    return turned(parts, -36, (400, 495))


def scale(look: Look) -> Parts:
    """A flat kitchen scale with a bowl, its display a row of bars."""
    main, bowl = look.main, look.second("#BAC3C9")
    display = [fill(box(330 + at * 26, 742, 14, 34, 4), "#B9D8C9") for at in range(6)]
    return (
        metal(cup(400, 460, 620, 236, 120), bowl),
        fill(oval(400, 460, 236, 30), light(bowl, 0.5)),
        fill(oval(400, 465, 218, 24), dark(bowl, 0.3)),
        rounded(drum(400, 616, 640, 150), dark(main, 0.2)),
        rounded(box(170, 640, 460, 170, 40), main),
        fill(box(304, 720, 192, 76, 12), "#22303A"),
        *display,
        fill(oval(556, 758, 17), light(main, 0.4)),
    )


KINDS = {
    "pot": kind(pot, "Kochtopf mit Deckel und zwei Griffen", "pot with lid and two handles"),
    "pan": kind(
        pan,
        "Pfanne von oben, der Stiel nach rechts unten",
        "pan from above, its handle to the lower right",
        lying=True,
        size=1.08,
    ),
    "milkpot": kind(milkpot, "emaillierter Milchtopf mit Stiel", "enamelled milk pot with handle"),
    "knife": kind(
        knife, "Messer mit genietetem Griff", "knife with riveted handle", lying=True, size=1.1
    ),
    "board": kind(
        board,
        "Schneidebrett mit Saftrille und Griffloch",
        "cutting board with groove and hand hole",
        lying=True,
    ),
    "spoons": kind(
        spoons, "drei Kochlöffel, gefächert", "three wooden spoons, fanned", lying=True, size=1.06
    ),
    "ladle": kind(ladle, "Schöpfkelle mit Haken", "soup ladle with hook", lying=True, size=1.06),
    "peppermill": kind(peppermill, "gedrechselte Mühle", "turned mill"),
    "rollingpin": kind(
        rollingpin,
        "schräg liegendes Nudelholz",
        "rolling pin laid slantwise",
        lying=True,
        size=1.08,
    ),
    "scale": kind(scale, "Küchenwaage mit Schüssel", "kitchen scale with bowl"),
}
