"""Clothes, laid flat."""

from collections.abc import Callable

from tresen.operations.demo.pictures.canvas import (
    Outline,
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
)
from tresen.operations.demo.pictures.motifs import motif
from tresen.operations.demo.pictures.shapes.kinds import kind
from tresen.operations.demo.pictures.solids import (
    Look,
    checks,
    dark,
    dots,
    light,
    sheet,
    slanted,
    stitches,
    stripes,
)

TORSO = "M 300 220 C 340 262 460 262 500 220 L 590 250"


def pattern(look: Look, x: float, y: float, w: float, h: float) -> Parts:
    """The cloth's pattern over a box; to be clipped by the garment."""
    accent = look.second(light(look.main, 0.6))
    name = look.detail("pattern", "plain")
    if name == "mark":
        sign = look.detail("label", "wave")
        return motif(sign, at=(x + w / 2, y + h * 0.42), size=w * 0.26, colour=accent)
    woven: dict[str, Callable[[], Parts]] = {
        "stripes": lambda: stripes(x, y, w, h, colour=accent, count=max(4, round(h / 48))),
        "fine": lambda: stripes(x, y, w, h, colour=accent, count=max(8, round(h / 22))),
        "checks": lambda: checks(x, y, w, h, colour=accent, pitch=84),
        "dots": lambda: dots(x, y, w, h, colour=accent, pitch=54, size=8),
        "slant": lambda: slanted(x, y, w, h, colour=accent, count=16),
    }
    return woven[name]() if name in woven else ()


def _folds(colour: str) -> tuple[Part, ...]:
    tone = dark(colour, 0.2)
    return (
        line(curve("M 290 470 C 300 600 280 720 292 830"), tone, 6, 0.35),
        line(curve("M 512 500 C 500 620 520 720 508 836"), tone, 6, 0.35),
        line(curve("M 396 640 C 404 700 392 760 400 840"), tone, 5, 0.25),
    )


def tshirt(look: Look) -> Parts:
    """A T-shirt laid flat."""
    main = look.main
    body = curve(
        TORSO + " L 720 400 L 632 470 L 580 420 L 584 850 C 520 866 280 866 216 850"
        " L 220 420 L 168 470 L 80 400 L 210 250 Z"
    )
    return (
        sheet(body, main, depth=0.06),
        clip(
            body,
            *pattern(look, 80, 300, 640, 560),
            *_folds(main),
            *(
                line(route((x, 410), (x2, 470)), dark(main, 0.25), 5, 0.5)
                for x, x2 in ((224, 212), (576, 588))
            ),
        ),
        *_cuff((80, 400), (168, 470), main),
        *_cuff((720, 400), (632, 470), main),
        fill(
            curve("M 300 220 C 340 262 460 262 500 220 L 478 212 C 450 238 350 238 322 212 Z"),
            dark(main, 0.2),
        ),
        line(curve("M 294 226 C 340 276 460 276 506 226"), dark(main, 0.16), 9),
        *stitches((224, 836), (576, 836), dark(main, 0.22), width=2.6),
    )


def _cuff(start: tuple[float, float], end: tuple[float, float], colour: str) -> Parts:
    return (line(route(start, end), dark(colour, 0.18), 12),)


def longsleeve(look: Look) -> Parts:
    """A long-sleeved shirt with a ribbed neck, sleeves folded down."""
    main = look.main
    body = curve(
        TORSO + " C 640 270 660 320 664 380 L 690 760 L 606 776 L 582 470 L 584 850"
        " C 520 866 280 866 216 850 L 218 470 L 194 776 L 110 760 L 136 380"
        " C 140 320 160 270 210 250 Z"
    )
    return (
        sheet(body, main, depth=0.06),
        clip(body, *pattern(look, 100, 290, 600, 560), *_folds(main)),
        *(
            line(route(*ends), dark(main, 0.26), 6, 0.6)
            for ends in (((218, 420), (220, 560)), ((582, 420), (580, 560)))
        ),
        *_cuff((112, 748), (192, 764), main),
        *_cuff((688, 748), (608, 764), main),
        fill(
            curve("M 300 220 C 340 262 460 262 500 220 L 478 212 C 450 238 350 238 322 212 Z"),
            dark(main, 0.2),
        ),
        line(curve("M 294 226 C 340 276 460 276 506 226"), dark(main, 0.16), 10),
    )


def jumper(look: Look) -> Parts:
    """A knitted jumper with ribbed hem, cuffs and collar."""
    main = look.main
    body = curve(
        "M 300 214 C 340 244 460 244 500 214 L 580 250 C 640 270 664 330 672 400 L 710 750"
        " L 612 770 L 588 500 L 592 850 L 208 850 L 212 500 L 188 770 L 90 750 L 128 400"
        " C 136 330 160 270 220 250 Z"
    )
    cables = [
        line(
            curve(
                f"M {x} 300 "
                + " ".join(
                    f"Q {x + (24 if at % 2 else -24)} {330 + at * 60} {x} {360 + at * 60}"
                    for at in range(8)
                )
            ),
            light(main, 0.24),
            8,
            0.8,
        )
        for x in (330, 400, 470)
    ]
    knit = (
        cables
        if look.detail("pattern", "plain") == "plain"
        else list(pattern(look, 90, 280, 620, 500))
    )
    return (
        sheet(body, main, depth=0.07),
        clip(body, *knit, *_folds(main)[:2]),
        *_ribs(box(208, 786, 384, 66, 8), main, vertical=True),
        *_ribs(poly((93, 690), (191, 712), (188, 772), (90, 750)), main, vertical=True),
        *_ribs(poly((707, 690), (609, 712), (612, 772), (710, 750)), main, vertical=True),
        *_ribs(
            curve("M 292 222 C 330 180 470 180 508 222 C 470 272 330 272 292 222 Z"),
            main,
            vertical=True,
        ),
        fill(oval(400, 208, 84, 18), dark(main, 0.42)),
    )


def _ribs(band: Outline, colour: str, *, vertical: bool) -> Parts:
    bars = [
        fill(
            box(80 + at * 18, 150, 7, 720) if vertical else box(60, 150 + at * 18, 700, 7),
            dark(colour, 0.24),
            0.7,
        )
        for at in range(36)
    ]
    return (fill(band, dark(colour, 0.08)), clip(band, *bars))


def shirt(look: Look) -> Parts:
    """A buttoned shirt with collar and breast pocket."""
    main = look.main
    body = curve(
        "M 310 236 L 490 236 L 590 264 C 640 284 660 330 664 390 L 690 760 L 606 776"
        " L 582 480 L 586 850 C 540 872 430 846 400 864 C 370 846 260 872 214 850"
        " L 218 480 L 194 776 L 110 760 L 136 390 C 140 330 160 284 210 264 Z"
    )
    return (
        sheet(body, main, depth=0.06),
        clip(body, *pattern(look, 100, 230, 600, 640), *_folds(main)[:2]),
        *(
            line(route(*ends), dark(main, 0.26), 6, 0.6)
            for ends in (((218, 430), (220, 580)), ((582, 430), (580, 580)))
        ),
        fill(box(384, 260, 32, 596, 4), light(main, 0.12)),
        line(route((384, 280), (384, 850)), dark(main, 0.2), 3, 0.7),
        *(fill(oval(400, y, 8), light(main, 0.6)) for y in range(330, 840, 92)),
        sheet(box(452, 400, 92, 106, 8), light(main, 0.04)),
        line(route((452, 424), (544, 424)), dark(main, 0.2), 4),
        fill(oval(400, 236, 84, 20), dark(main, 0.34)),
        sheet(poly((312, 222), (400, 270), (352, 330), (292, 250)), light(main, 0.1)),
        sheet(poly((488, 222), (400, 270), (448, 330), (508, 250)), light(main, 0.06)),
        *_cuff((112, 744), (194, 760), main),
        *_cuff((688, 744), (606, 760), main),
    )


def raincoat(look: Look) -> Parts:
    """A hooded rain jacket with a zip and two flaps."""
    main, zipper = look.main, look.second("#26384A")
    body = curve(
        "M 300 260 L 500 260 L 590 290 C 640 310 660 350 666 410 L 700 770 L 606 786"
        " L 586 500 L 598 866 L 202 866 L 214 500 L 194 786 L 100 770 L 134 410"
        " C 140 350 160 310 210 290 Z"
    )
    hood = curve(
        "M 290 290 C 270 150 340 110 400 110 C 460 110 530 150 510 290 C 470 322 330 322 290 290 Z"
    )
    return (
        sheet(body, main, depth=0.08),
        clip(body, *_folds(main)),
        *(
            line(route(*ends), dark(main, 0.26), 7, 0.6)
            for ends in (((214, 450), (216, 600)), ((586, 450), (584, 600)))
        ),
        sheet(hood, light(main, 0.08)),
        fill(
            curve(
                "M 322 270 C 310 180 350 150 400 150 C 450 150 490 180 478 270"
                " C 450 300 350 300 322 270 Z"
            ),
            dark(main, 0.5),
        ),
        fill(box(388, 290, 24, 576, 4), dark(main, 0.2)),
        line(route((400, 296), (400, 860)), zipper, 7),
        fill(box(392, 330, 16, 36, 6), zipper),
        *(sheet(box(x, 620, 120, 34, 6), light(main, 0.12)) for x in (246, 434)),
        *(line(route((x, 300), (x, 390)), zipper, 5) for x in (352, 448)),
        *motif(look.detail("label", "drop"), at=(492, 450), size=48, colour=zipper),
        *_cuff((104, 752), (196, 768), main),
        *_cuff((696, 752), (604, 768), main),
    )


def apron(look: Look) -> Parts:
    """An apron with bib, pocket and ties."""
    main, tape = look.main, look.second("#F6EEDC")
    body = curve(
        "M 310 240 L 490 240 C 500 340 540 400 600 430 L 600 850 C 600 860 594 866 584 866"
        " L 216 866 C 206 866 200 860 200 850 L 200 430 C 260 400 300 340 310 240 Z"
    )
    return (
        line(curve("M 322 246 C 300 120 500 120 478 246"), tape, 20),
        line(curve("M 204 450 C 130 470 140 560 90 600"), tape, 18),
        line(curve("M 596 450 C 670 470 660 560 710 600"), tape, 18),
        sheet(body, main, depth=0.07),
        clip(body, *pattern(look, 200, 240, 400, 630)),
        sheet(box(290, 560, 220, 160, 14), light(main, 0.07)),
        *stitches((296, 582), (504, 582), tape, width=3),
        line(route((400, 590), (400, 716)), dark(main, 0.16), 4),
        *stitches((318, 258), (482, 258), tape, width=3),
        *motif(look.detail("label", "door"), at=(400, 380), size=96, colour=tape),
    )


KINDS = {
    "tshirt": kind(tshirt, "T-Shirt, flach ausgelegt", "T-shirt laid flat", lying=True, size=1.06),
    "longsleeve": kind(
        longsleeve,
        "langärmeliges Shirt, flach ausgelegt",
        "long-sleeved top laid flat",
        lying=True,
        size=1.06,
    ),
    "jumper": kind(
        jumper, "Strickpullover mit Bündchen", "knitted jumper with ribbing", lying=True, size=1.08
    ),
    "shirt": kind(
        shirt,
        "geknöpftes Hemd mit Brusttasche",
        "buttoned shirt with breast pocket",
        lying=True,
        size=1.06,
    ),
    "raincoat": kind(
        raincoat, "Regenjacke mit Kapuze", "rain jacket with hood", lying=True, size=1.06
    ),
    "apron": kind(
        apron, "Schürze mit Latz und Tasche", "apron with bib and pocket", lying=True, size=1.06
    ),
}
