"""Brooms, brushes, buckets, candles and lanterns."""

from tresen.operations.demo.pictures.canvas import (
    Parts,
    Shape,
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
    cup,
    dark,
    drum,
    glass,
    grain,
    light,
    metal,
    rounded,
    sheet,
    upright,
)

WICK = "#3A332C"
GLOW = "#F6C866"


def broom(look: Look) -> Parts:
    """A house broom, its head down, the stick cut short by the frame's height."""
    wood, hair = look.main, look.second("#5C4132")
    head = box(250, 700, 300, 62, 26)
    return (
        rounded(box(388, 120, 24, 590, 10), wood),
        fill(box(384, 648, 32, 62, 8), dark(wood, 0.25)),
        _bristles(262, 752, 538, 880, hair, flare=26),
        *_hairs(262, 760, 538, 876, hair, count=24, flare=26),
        sheet(head, wood),
        clip(head, *grain(250, 700, 300, 62, colour=wood, look=look)),
        fill(oval(400, 146, 5), dark(wood, 0.6)),
    )


def _bristles(x1: float, top: float, x2: float, low: float, hair: str, *, flare: float) -> Shape:
    return upright(
        poly((x1, top), (x2, top), (x2 + flare, low), (x1 - flare, low)), hair, depth=0.2
    )


def _hairs(
    x1: float, top: float, x2: float, low: float, hair: str, *, count: int, flare: float
) -> Parts:
    strands = []
    for at in range(count):
        share = at / (count - 1)
        start = x1 + (x2 - x1) * share
        end = x1 - flare + (x2 - x1 + 2 * flare) * share
        tone = light(hair, 0.24) if at % 2 else dark(hair, 0.3)
        strands.append(line(route((start, top), (end, low)), tone, 2.6, 0.7))
    return tuple(strands)


def dustpan(look: Look) -> Parts:
    """A dustpan of sheet metal with its hand brush laid across."""
    main, wood = look.main, look.second("#DDB88A")
    pan = curve(
        "M 200 560 L 240 320 C 244 300 260 290 280 290 L 520 290 C 540 290 556 300 560 320"
        " L 600 560 C 604 590 590 606 566 606 L 234 606 C 210 606 196 590 200 560 Z"
    )
    brush = (
        _bristles(220, 706, 480, 790, "#5C4132", flare=8),
        *_hairs(222, 712, 478, 788, "#5C4132", count=26, flare=8),
        upright(box(206, 656, 470, 62, 31), wood),
        fill(oval(646, 687, 10), dark(wood, 0.6)),
    )
    return (
        rounded(box(370, 130, 60, 190, 28), dark(main, 0.12)),
        fill(oval(400, 164, 13), dark(main, 0.62)),
        sheet(pan, main, depth=0.2),
        fill(
            curve(
                "M 214 566 L 586 566 C 590 590 580 596 566 596 L 234 596 C 220 596 210 590 214 566"
                " Z"
            ),
            light(main, 0.4),
        ),
        line(curve("M 276 330 L 248 530"), light(main, 0.3), 8, 0.7),
        line(curve("M 524 330 L 552 530"), dark(main, 0.3), 8, 0.5),
        *turned(brush, -14, (400, 700)),
    )


def dishbrush(look: Look) -> Parts:
    """A dish brush with a round head and a metal joint."""
    wood, hair = look.main, look.second("#EADFC9")
    handle = curve(
        "M 378 120 C 370 300 384 440 386 600 L 414 600 C 416 440 430 300 422 120"
        " C 420 96 380 96 378 120 Z"
    )
    return turned(
        (
            rounded(handle, wood),
            clip(handle, *grain(370, 100, 60, 500, colour=wood, look=look)),
            fill(oval(400, 132, 9), dark(wood, 0.6)),
            line(curve("M 400 590 L 400 640"), "#9AA4AB", 12),
            line(curve("M 326 684 C 326 620 474 620 474 684"), "#9AA4AB", 9),
            _bristles(330, 740, 470, 850, hair, flare=30),
            *_hairs(330, 744, 470, 846, dark(hair, 0.08), count=20, flare=30),
            rounded(box(312, 676, 176, 74, 30), wood),
        ),
        24,
        (400, 500),
    )


def scrubbrush(look: Look) -> Parts:
    """A scrubbing brush with a waisted back and stiff root bristles."""
    wood, hair = look.main, look.second("#BC6536")
    back = curve(
        "M 150 520 C 150 440 250 430 320 456 C 370 474 430 474 480 456"
        " C 550 430 650 440 650 520 L 650 580 L 150 580 Z"
    )
    return (
        _bristles(176, 574, 624, 720, hair, flare=20),
        *_hairs(176, 580, 624, 716, hair, count=40, flare=20),
        upright(back, wood, depth=0.16),
        clip(back, *grain(150, 430, 500, 150, colour=wood, look=look)),
        fill(box(150, 560, 500, 22, 8), dark(wood, 0.14)),
    )


def soapbar(look: Look) -> Parts:
    """A bar of soap in a paper sleeve, on its slab."""
    main, sleeve = look.main, look.second("#C8A67C")
    return (
        upright(box(180, 420, 440, 290, 60), main, depth=0.16),
        fill(box(206, 438, 388, 26, 13), light(main, 0.5), 0.7),
        sheet(box(280, 412, 240, 306, 6), sleeve, depth=0.08),
        *motif(look.detail("label", "drop"), at=(400, 545), size=124, colour=against(sleeve)),
        fill(box(330, 640, 140, 10, 5), against(sleeve), 0.7),
        *(
            fill(oval(x, y, r), "#FFFFFF", 0.7)
            for x, y, r in ((232, 380, 20), (270, 350, 12), (566, 376, 15))
        ),
    )


def flask(look: Look) -> Parts:
    """A bottle with a swing of label, for soap or oil; cap, pump or spray."""
    main, label = look.main, look.second("#F6EEDC")
    side = curve(
        "M 340 380 C 340 420 280 430 280 490 L 280 820 C 280 846 292 856 318 856"
        " L 482 856 C 508 856 520 846 520 820 L 520 490 C 520 430 460 420 460 380 Z"
    )
    return (
        *_closure(look),
        rounded(side, main, lit=0.14, shade=0.76),
        clip(side, fill(box(304, 470, 20, 370, 10), "#FFFFFF", 0.32)),
        sheet(box(300, 540, 200, 240, 4), label, depth=0.05),
        *motif(look.detail("label", "drop"), at=(400, 636), size=104, colour=dark(main, 0.1)),
        fill(box(344, 722, 112, 9, 4), dark(main, 0.1)),
        fill(box(360, 744, 80, 7, 3), dark(main, 0.1), 0.6),
    )


def _closure(look: Look) -> Parts:
    cap = look.third("#2B2E32")
    if look.detail("closure", "cap") == "pump":
        return (
            fill(box(390, 258, 20, 80), dark(cap, 0.1)),
            rounded(
                curve(
                    "M 330 232 L 460 232 C 476 232 476 266 460 266 L 352 266 L 340 296 L 318 290 Z"
                ),
                cap,
            ),
            rounded(box(344, 326, 112, 60, 10), cap),
        )
    if look.detail("closure", "cap") == "drip":
        return (
            rounded(poly((388, 190), (412, 190), (424, 300), (376, 300)), cap),
            rounded(box(346, 296, 108, 90, 10), cap),
        )
    return (
        rounded(box(338, 306, 124, 80, 12), cap),
        fill(box(338, 306, 124, 14, 7), light(cap, 0.3)),
    )


def bucket(look: Look) -> Parts:
    """A bucket with a bow handle and a wooden grip."""
    main, wood = look.main, look.second("#DDB88A")
    side = cup(400, 420, 840, 236, 176)
    return (
        line(curve("M 170 430 C 150 130 650 130 630 430"), dark(main, 0.34), 12),
        rounded(box(330, 186, 140, 40, 20), wood),
        rounded(side, main),
        clip(
            side,
            fill(drum(400, 540, 556, 236), dark(main, 0.16), 0.6),
            fill(drum(400, 720, 736, 220), dark(main, 0.16), 0.6),
        ),
        fill(oval(400, 420, 244, 34), light(main, 0.34)),
        fill(oval(400, 424, 226, 28), dark(main, 0.36)),
        *(fill(oval(x, 462, 17), dark(main, 0.3)) for x in (182, 618)),
    )


def basket(look: Look) -> Parts:
    """A woven basket with a hoop handle."""
    main, rim = look.main, look.second("#7D573C")
    side = cup(400, 520, 820, 262, 206)
    weave = []
    for row in range(9):
        for column in range(13):
            tone = light(main, 0.2) if (row + column) % 2 else dark(main, 0.16)
            weave.append(fill(box(134 + column * 42, 516 + row * 35, 40, 32, 12), tone))
    return (
        line(curve("M 158 530 C 150 120 650 120 642 530"), dark(rim, 0.15), 34),
        line(curve("M 162 520 C 160 130 640 130 638 520"), light(rim, 0.2), 12),
        rounded(side, main),
        clip(side, *weave, fill(box(560, 500, 120, 360), dark(main, 0.5), 0.18)),
        fill(oval(400, 520, 268, 40), rim),
        fill(oval(400, 518, 240, 29), dark(main, 0.5)),
    )


def blockcandle(look: Look) -> Parts:
    """Two block candles, a tall and a short one, the tall one lit."""
    main = look.main
    return (
        *_candle(320, 400, 830, 118, main, lit=True),
        *_candle(540, 610, 850, 104, look.second(light(main, 0.18)), lit=False),
    )


def _candle(cx: float, top: float, low: float, rx: float, wax: str, *, lit: bool) -> Parts:
    flame: Parts = ()
    if lit:
        flame = (
            fill(oval(cx, top - 62, 74, 96), GLOW, 0.16),
            fill(oval(cx, top - 60, 46, 68), GLOW, 0.22),
            fill(
                curve(
                    f"M {cx} {top - 130} C {cx + 34} {top - 80} {cx + 30} {top - 30} {cx} "
                    f"{top - 22} C {cx - 30} {top - 30} {cx - 34} {top - 80} {cx} {top - 130} Z"
                ),
                GLOW,
            ),
            fill(
                curve(
                    f"M {cx} {top - 84} C {cx + 16} {top - 58} {cx + 14} {top - 30} {cx} "
                    f"{top - 26} C {cx - 14} {top - 30} {cx - 16} {top - 58} {cx} {top - 84} Z"
                ),
                "#FFF3D2",
            ),
        )
    return (
        *flame,
        rounded(drum(cx, top, low, rx), wax),
        fill(oval(cx, top, rx, rx * 0.13), light(wax, 0.34)),
        fill(oval(cx, top + 2, rx * 0.62, rx * 0.08), light(wax, 0.6) if lit else dark(wax, 0.08)),
        line(route((cx, top + 3), (cx + 3, top - 32)), WICK, 6),
    )


def tapers(look: Look) -> Parts:
    """A bundle of dipped tapers tied with string."""
    main, string = look.main, look.second("#C8A67C")
    bundle = []
    for at, x in enumerate((250, 302, 354, 406, 458, 510)):
        tone = light(main, 0.12) if at % 2 else main
        lift = (18, 0, 26, 8, 22, 4)[at]
        bundle.append(
            line(
                curve(
                    f"M {x + 22} {176 + lift} C {x + 16} {150 + lift} {x + 30} "
                    f"{140 + lift} {x + 22} {118 + lift}"
                ),
                "#EFE6D2",
                6,
            )
        )
        outline = curve(
            f"M {x} {860 + lift} L {x + 6} {196 + lift} C {x + 8} {160 + lift} "
            f"{x + 38} {160 + lift} {x + 40} {196 + lift} L {x + 46} {860 + lift} Z"
        )
        bundle.append(rounded(outline, tone))
    return (
        *bundle,
        *(fill(box(240, y, 328, 9, 4), string) for y in (520, 534, 548)),
        line(curve("M 404 540 C 340 470 300 560 396 544 C 480 470 520 560 404 544"), string, 8),
        line(curve("M 400 546 C 380 600 372 620 352 650"), string, 7),
        line(curve("M 404 546 C 420 600 440 620 446 660"), string, 7),
    )


def candlestick(look: Look) -> Parts:
    """A candlestick with a burning taper."""
    main, wax = look.main, look.second("#F6EEDC")
    stem = curve(
        "M 372 620 C 372 660 390 670 384 720 C 380 760 360 770 360 800 L 440 800"
        " C 440 770 420 760 416 720 C 410 670 428 660 428 620 Z"
    )
    return (
        *_candle(400, 300, 600, 34, wax, lit=True),
        metal(drum(400, 590, 624, 52), main),
        fill(oval(400, 590, 52, 7), light(main, 0.4)),
        metal(stem, main),
        metal(drum(400, 806, 834, 168, tilt=0.14), main),
        fill(oval(400, 806, 168, 24), light(main, 0.34)),
        fill(oval(400, 802, 66, 10), dark(main, 0.16)),
        line(curve("M 560 820 C 640 780 640 880 556 838"), dark(main, 0.2), 16),
    )


def lantern(look: Look) -> Parts:
    """A storm lantern with glass and a lit wick."""
    main = look.main
    pane = drum(400, 380, 640, 118)
    return (
        line(curve("M 240 420 C 200 60 600 60 560 420"), dark(main, 0.3), 10),
        *(line(route((x, 330), (x, 690)), dark(main, 0.12), 20) for x in (252, 548)),
        glass(pane),
        fill(oval(400, 560, 100, 120), GLOW, 0.24),
        fill(curve("M 400 450 C 444 520 440 600 400 616 C 360 600 356 520 400 450 Z"), GLOW),
        fill(curve("M 400 520 C 420 556 418 596 400 606 C 382 596 380 556 400 520 Z"), "#FFF3D2"),
        fill(box(384, 608, 32, 46, 4), dark(main, 0.4)),
        fill(box(310, 390, 18, 240, 9), "#FFFFFF", 0.6),
        rounded(drum(400, 640, 670, 140), main),
        rounded(cup(400, 680, 840, 150, 186), main),
        fill(oval(400, 680, 150, 19), light(main, 0.3)),
        fill(oval(520, 740, 22), dark(main, 0.24)),
        rounded(cup(400, 300, 386, 70, 140), main),
        rounded(drum(400, 240, 300, 54), light(main, 0.06)),
        fill(oval(400, 240, 54, 8), light(main, 0.36)),
    )


KINDS = {
    "broom": kind(broom, "Stubenbesen mit Stiel", "house broom with stick", size=1.1),
    "dustpan": kind(
        dustpan, "Kehrschaufel mit Handfeger", "dustpan with hand brush", lying=True, size=1.04
    ),
    "dishbrush": kind(
        dishbrush, "Spülbürste mit rundem Kopf", "dish brush with round head", lying=True, size=1.06
    ),
    "scrubbrush": kind(
        scrubbrush, "Wurzelbürste mit Holzrücken", "scrubbing brush with wooden back"
    ),
    "soapbar": kind(
        soapbar,
        "Stück Seife mit Papierbanderole",
        "bar of soap in a paper sleeve",
        lying=True,
        size=0.92,
    ),
    "flask": kind(flask, "Flasche mit Etikett", "bottle with label"),
    "bucket": kind(bucket, "Eimer mit Bügel", "bucket with bow handle"),
    "basket": kind(basket, "geflochtener Korb mit Henkel", "woven basket with hoop handle"),
    "blockcandle": kind(blockcandle, "zwei Blockkerzen, eine brennt", "two block candles, one lit"),
    "tapers": kind(
        tapers, "sechs Stabkerzen, mit Schnur gebunden", "six tapers tied with string", lying=True
    ),
    "candlestick": kind(
        candlestick, "Kerzenständer mit brennender Kerze", "candlestick with a burning candle"
    ),
    "lantern": kind(lantern, "Sturmlaterne mit Flamme", "storm lantern with a flame", size=1.04),
}
