"""Mugs, plates, bowls and glasses."""

from tresen.operations.demo.pictures.canvas import Parts, box, clip, curve, fill, line, oval
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    against,
    cup,
    dark,
    drum,
    glass,
    light,
    mouth,
    rounded,
    sheet,
    slanted,
    speckles,
    stripes,
    upright,
)

COFFEE = "#4A2F22"


def mug(look: Look) -> Parts:
    """A straight mug with a handle; glazed above, or striped, dotted or speckled."""
    main = look.main
    side = drum(370, 380, 790, 190, tilt=0.12)
    return (
        line(curve("M 556 470 C 700 450 710 710 548 700"), dark(main, 0.24), 46),
        line(curve("M 556 464 C 684 448 694 694 550 690"), light(main, 0.1), 22),
        rounded(side, main),
        clip(side, *_surface(look, 180, 380, 380, 430)),
        *mouth(370, 380, 190, main, inside=COFFEE, tilt=0.12),
    )


def _surface(look: Look, x: float, y: float, w: float, h: float) -> Parts:
    accent = look.second(light(look.main, 0.5))
    pattern = look.detail("pattern", "speckle")
    if pattern == "band":
        return (fill(drum(x + w / 2, y + h * 0.62, y + h, w / 2, tilt=0.12), accent, 0.92),)
    if pattern == "stripes":
        return stripes(x, y + h * 0.3, w, h * 0.3, colour=accent, count=3)
    if pattern == "mark":
        name = look.detail("label", "wave")
        return motif(name, at=(x + w * 0.46, y + h * 0.56), size=150, colour=accent)
    if pattern == "slant":
        return slanted(x, y, w, h, colour=accent, count=9)
    return speckles(x, y, w, h, colour=against(look.main), look=look)


def enamelmug(look: Look) -> Parts:
    """A camping mug of enamel with a coloured rim."""
    main, rim = look.main, look.second("#26384A")
    side = cup(370, 420, 790, 200, 188)
    return (
        line(curve("M 560 500 C 690 480 700 710 552 700"), rim, 26),
        rounded(side, main),
        clip(side, *motif(look.detail("label", "hills"), at=(356, 620), size=150, colour=rim)),
        *mouth(370, 420, 200, rim, inside=light(main, 0.2), tilt=0.12),
        line(oval(370, 420, 200, 24), rim, 12),
        clip(side, fill(drum(370, 770, 800, 200, tilt=0.1), rim, 0.25)),
    )


def cupsaucer(look: Look) -> Parts:
    """A cup on its saucer."""
    main = look.main
    bowl = curve("M 236 470 C 240 640 300 730 400 730 C 500 730 560 640 564 470 Z")
    return (
        upright(oval(400, 770, 290, 54), dark(main, 0.1)),
        fill(oval(400, 758, 290, 50), light(main, 0.18)),
        fill(oval(400, 760, 150, 24), dark(main, 0.18)),
        line(curve("M 552 510 C 660 490 656 640 526 640"), dark(main, 0.22), 30),
        line(curve("M 552 506 C 646 490 642 630 528 632"), light(main, 0.12), 12),
        fill(oval(400, 734, 90, 14), dark(main, 0.26)),
        rounded(bowl, main),
        clip(bowl, *_surface(look, 236, 450, 328, 290)),
        *mouth(400, 470, 164, main, inside=COFFEE, tilt=0.15),
    )


def plate(look: Look) -> Parts:
    """A plate from above with a rim in its second colour."""
    main = look.main
    rim = look.second(dark(main, 0.16))
    ring = oval(400, 500, 300)
    return (
        sheet(ring, main, depth=0.1),
        clip(ring, *speckles(100, 200, 600, 600, colour=against(main), look=look, count=110)),
        line(oval(400, 500, 293), rim, 14),
        fill(oval(404, 506, 206), dark(main, 0.14), 0.7),
        sheet(oval(400, 500, 203), light(main, 0.12), depth=0.07),
        clip(oval(400, 500, 203), *speckles(200, 300, 400, 400, colour=against(main), look=look)),
    )


def bowl(look: Look) -> Parts:
    """A wide bowl with a foot, its inside lighter."""
    main = look.main
    inside = look.second(light(main, 0.42))
    side = curve("M 150 480 C 160 660 260 780 400 780 C 540 780 640 660 650 480 Z")
    return (
        rounded(drum(400, 770, 800, 104), dark(main, 0.1)),
        rounded(side, main),
        clip(side, *speckles(150, 480, 500, 300, colour=against(main), look=look, count=80)),
        fill(oval(400, 480, 250, 50), light(main, 0.3)),
        fill(oval(400, 484, 236, 43), inside),
        clip(oval(400, 484, 236, 43), fill(oval(430, 500, 220, 40), light(inside, 0.3))),
    )


def tumbler(look: Look) -> Parts:
    """Two tumblers, one before the other, with water; fluted or plain."""
    tint = look.main
    return (*_tumbler(540, 450, 816, tint, look), *_tumbler(300, 480, 830, tint, look))


def _tumbler(cx: float, top: float, low: float, tint: str, look: Look) -> Parts:
    side = cup(cx, top, low, 128, 102)
    water = cup(cx, top + (low - top) * 0.42, low - 12, 114, 94)
    flutes = tuple(
        fill(box(cx - 100 + at * 33, top + 170, 7, low - top - 170, 3), "#FFFFFF", 0.55)
        for at in range(7)
    )
    level = top + (low - top) * 0.42
    return (
        glass(side, tint),
        fill(water, "#BFDCE6", 0.6),
        fill(oval(cx, level, 114, 14), "#DDEFF4", 0.9),
        *(clip(side, *flutes) for _ in range(look.detail("cut", "plain") == "fluted")),
        line(side, dark(tint, 0.3), 3, 0.35),
        line(oval(cx, top, 128, 16), light(tint, 0.5), 6),
        fill(box(cx - 92, top + 50, 14, low - top - 110, 7), "#FFFFFF", 0.7),
    )


def carafe(look: Look) -> Parts:
    """A carafe with a cork ball and water in it."""
    tint, cork = look.main, look.second("#C9A074")
    side = curve(
        "M 340 330 C 340 440 250 520 240 680 C 236 800 280 850 400 850"
        " C 520 850 564 800 560 680 C 550 520 460 440 460 330 Z"
    )
    water = curve(
        "M 254 620 C 240 660 240 690 240 700 C 240 806 290 838 400 838"
        " C 510 838 560 806 560 700 C 560 690 560 660 546 620 Z"
    )
    return (
        glass(side, tint),
        clip(side, fill(water, "#BFDCE6", 0.75), fill(oval(400, 620, 148, 18), "#E2F1F5", 0.95)),
        clip(
            side,
            fill(
                curve("M 300 560 C 270 620 262 700 276 790 L 298 790 C 290 700 300 620 330 560 Z"),
                "#FFFFFF",
                0.6,
            ),
        ),
        line(oval(400, 330, 60, 9), light(tint, 0.4), 8),
        rounded(oval(400, 288, 64), cork),
        *speckles(352, 240, 96, 96, colour=dark(cork, 0.4), look=look, count=18),
    )


def butterdish(look: Look) -> Parts:
    """A butter dish: a domed box on its tray."""
    main, tray = look.main, look.second("#BE9160")
    hood = curve(
        "M 210 690 L 222 530 C 226 500 250 490 280 490 L 520 490 C 550 490 574 500 578 530"
        " L 590 690 Z"
    )
    return (
        upright(box(140, 688, 520, 58, 18), tray),
        fill(box(140, 688, 520, 14, 7), light(tray, 0.3)),
        rounded(hood, main, lit=0.1, shade=0.82),
        clip(hood, *speckles(200, 480, 400, 220, colour=against(main), look=look)),
        fill(box(226, 500, 348, 12, 6), light(main, 0.45), 0.7),
        rounded(box(346, 442, 108, 52, 20), tray),
    )


def vase(look: Look) -> Parts:
    """A slim vase with two stalks of grass."""
    main = look.main
    side = curve(
        "M 352 500 C 352 560 270 620 270 730 C 270 820 320 860 400 860"
        " C 480 860 530 820 530 730 C 530 620 448 560 448 500 Z"
    )
    stalks = ("M 396 500 C 392 380 370 290 330 200", "M 404 500 C 408 400 430 280 486 220")
    return (
        *(line(curve(words), "#7D7A45", 7) for words in stalks),
        *(
            fill(oval(x, y, 9, 20), "#C9A552")
            for x, y in (
                (330, 200),
                (344, 232),
                (322, 246),
                (356, 270),
                (486, 220),
                (468, 240),
                (480, 262),
                (454, 274),
            )
        ),
        rounded(side, main),
        clip(side, *_surface(look, 260, 520, 280, 340)),
        *mouth(400, 500, 48, main, inside=dark(main, 0.5), tilt=0.2),
    )


KINDS = {
    "mug": kind(mug, "Becher mit Henkel", "mug with handle", size=0.95),
    "enamelmug": kind(
        enamelmug, "Emaillebecher mit farbigem Rand", "enamel mug with coloured rim", size=0.92
    ),
    "cupsaucer": kind(cupsaucer, "Tasse auf Untertasse", "cup on saucer"),
    "plate": kind(plate, "Teller von oben", "plate from above", lying=True, size=1.05),
    "bowl": kind(bowl, "weite Schale auf niedrigem Fuß", "wide bowl on a low foot"),
    "tumbler": kind(tumbler, "zwei Trinkgläser mit Wasser", "two tumblers with water"),
    "carafe": kind(carafe, "Karaffe mit Kugelstopfen", "carafe with ball stopper"),
    "butterdish": kind(butterdish, "Butterdose auf Holztablett", "butter dish on a wooden tray"),
    "vase": kind(vase, "Vase mit zwei Gräsern", "vase with two stalks of grass"),
}
