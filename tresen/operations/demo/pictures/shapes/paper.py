"""Notebooks, books, maps and other things of paper."""

from tresen.operations.demo.pictures.canvas import (
    Part,
    Parts,
    box,
    clip,
    curve,
    fill,
    line,
    moved,
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
    checks,
    dark,
    dots,
    light,
    rounded,
    sheet,
    slanted,
    stitches,
    stripes,
)

PAGE = "#FBF7EC"
RULE = "#B9C4C9"


def notebook(look: Look) -> Parts:
    """A notebook, slightly turned, lying on a ruled sheet of its own paper."""
    main, label = look.main, look.second(PAGE)
    page = box(250, 230, 390, 560, 6)
    cover = box(196, 220, 400, 580, 16)
    return (
        *turned(
            (sheet(page, PAGE, depth=0.03), clip(page, *_ruling(look.detail("ruling", "ruled")))),
            9,
            (440, 780),
        ),
        *turned(
            (
                fill(box(204, 226, 400, 580, 16), "#E9E1CE"),
                sheet(cover, main, depth=0.07),
                fill(box(196, 220, 52, 580, 14), dark(main, 0.2)),
                *stitches((236, 236), (236, 786), light(main, 0.5), dash=20, width=4),
                *_plate(look, label, main),
                fill(box(548, 220, 16, 580), dark(main, 0.4))
                if look.detail("band", "no") == "yes"
                else fill(box(560, 770, 14, 14, 3), dark(main, 0.2)),
            ),
            -4,
            (400, 500),
        ),
    )


def _plate(look: Look, label: str, main: str) -> Parts:
    ink = dark(main, 0.1)
    return (
        sheet(box(300, 320, 210, 150, 8), label, depth=0.03),
        *motif(look.detail("label", "nib"), at=(405, 372), size=66, colour=ink),
        fill(box(335, 424, 140, 7, 3), ink, 0.6),
        fill(box(355, 442, 100, 7, 3), ink, 0.4),
    )


def _ruling(name: str) -> Parts:
    if name == "plain":
        return ()
    if name == "dotted":
        return dots(262, 250, 380, 540, colour=RULE, pitch=26, size=2.6)
    rows = tuple(line(route((250, y), (640, y)), RULE, 2.4) for y in range(262, 790, 26))
    if name == "ruled":
        return rows
    return (*rows, *(line(route((x, 230), (x, 790)), RULE, 2.4) for x in range(262, 640, 26)))


def pocketset(look: Look) -> Parts:
    """Three thin pocket notebooks held by a paper band."""
    colours = (look.main, look.second("#F6EEDC"), look.third("#A8442F"))
    stack: list[Parts] = []
    for at, (tone, angle) in enumerate(zip(reversed(colours), (9, 3, -4), strict=True)):
        cover = box(246, 210, 320, 520, 14)
        booklet = (
            sheet(cover, tone, depth=0.06),
            fill(box(246, 210, 24, 520, 10), dark(tone, 0.14)),
            *(fill(box(254, y, 6, 40, 3), light(tone, 0.6)) for y in (330, 560)),
        )
        stack.append(moved(turned(booklet, angle, (400, 480)), (1 - at) * 10, (1 - at) * 6))
    band = turned(
        (
            sheet(box(226, 470, 360, 110, 4), "#E9DFC8", depth=0.04),
            *motif(look.detail("label", "nib"), at=(406, 525), size=72, colour="#26384A"),
        ),
        -4,
        (400, 480),
    )
    return (*(part for booklet in stack for part in booklet), *band)


def spiralpad(look: Look) -> Parts:
    """A wire-bound pad with a sketch on its cover."""
    main = look.main
    cover = box(190, 230, 420, 580, 10)
    rings = [
        part
        for x in range(222, 600, 38)
        for part in (
            fill(oval(x, 258, 8), dark(main, 0.6)),
            line(
                curve(
                    f"M {x} 258 C {x - 18} 226 {x - 14} 196 {x} 198 C {x + 12} 200 {x + 8} "
                    f"230 {x + 3} 250"
                ),
                "#8C969D",
                6,
            ),
        )
    ]
    return (
        fill(box(200, 242, 418, 578, 10), "#E7DEC9"),
        sheet(cover, main, depth=0.06),
        clip(
            cover,
            *motif(look.detail("label", "boat"), at=(400, 520), size=230, colour=against(main)),
            line(
                curve("M 250 650 C 330 630 380 668 450 648 C 500 636 530 652 560 644"),
                against(main),
                6,
                0.6,
            ),
        ),
        *rings,
    )


def calendar(look: Look) -> Parts:
    """A wall calendar with a picture above and a grid of days below."""
    main, accent = look.main, look.second("#A8442F")
    days = [
        fill(
            box(238 + column * 48, 606 + row * 40, 30, 22, 4),
            accent if (row, column) == (2, 3) else dark(PAGE, 0.2),
            1.0 if row or column else 0.5,
        )
        for row in range(5)
        for column in range(7)
    ]
    top = box(210, 250, 380, 300)
    return (
        sheet(box(196, 220, 408, 610, 8), PAGE, depth=0.02),
        fill(top, light(main, 0.5)),
        clip(
            top,
            fill(oval(500, 330, 44), accent),
            fill(
                curve(
                    "M 210 470 C 280 400 340 420 400 460 C 460 420 540 410 590 450 L 590 560"
                    " L 210 560 Z"
                ),
                main,
            ),
            fill(
                curve("M 210 510 C 300 470 420 520 590 490 L 590 560 L 210 560 Z"), dark(main, 0.3)
            ),
        ),
        *days,
        *(fill(box(x, 206, 9, 34, 4), "#8C969D") for x in range(230, 590, 27)),
        line(curve("M 396 206 C 380 170 420 170 404 206"), "#8C969D", 6),
    )


def letterset(look: Look) -> Parts:
    """Writing paper and envelopes, lined in colour."""
    main = look.main
    sheet_of_paper = box(230, 180, 330, 450, 4)
    lining = poly((216, 520), (584, 520), (400, 660))
    return (
        *turned(
            (
                sheet(sheet_of_paper, PAGE, depth=0.03),
                *motif(look.detail("label", "gull"), at=(395, 250), size=56, colour=main),
                *(fill(box(270, y, 250, 4, 2), RULE) for y in range(330, 560, 34)),
            ),
            -5,
            (400, 500),
        ),
        sheet(box(200, 500, 400, 290, 6), light(main, 0.64), depth=0.03),
        fill(lining, main),
        clip(lining, *slanted(200, 500, 400, 160, colour=light(main, 0.3), count=18)),
        line(route((204, 786), (370, 640)), dark(main, 0.1), 3, 0.5),
        line(route((596, 786), (430, 640)), dark(main, 0.1), 3, 0.5),
        line(route((216, 522), (400, 662), (584, 522)), dark(main, 0.3), 3, 0.7),
    )


def book(look: Look) -> Parts:
    """A bound book standing at an angle; its cover shows one sign and bars for the title."""
    main, accent = look.main, look.second("#F6EEDC")
    cover = poly((250, 200), (600, 230), (600, 860), (250, 830))
    return (
        fill(poly((250, 200), (214, 214), (214, 840), (250, 830)), dark(main, 0.3)),
        fill(poly((214, 214), (250, 200), (600, 230), (566, 240)), "#EFE7D4"),
        sheet(cover, main, depth=0.08),
        clip(cover, *_jacket(look, accent)),
        fill(poly((250, 200), (264, 201), (264, 831), (250, 830)), dark(main, 0.18)),
    )


def _jacket(look: Look, accent: str) -> Parts:
    style = look.detail("jacket", "sign")
    name = look.detail("label", "boat")
    bars = (
        fill(poly((300, 296), (548, 318), (548, 342), (300, 320)), accent),
        fill(poly((300, 346), (460, 360), (460, 376), (300, 362)), accent, 0.7),
    )
    if style == "stripes":
        field = slanted(250, 540, 360, 330, colour=accent, count=8)
    elif style == "dots":
        field = dots(270, 460, 340, 400, colour=accent, pitch=58, size=13)
    elif style == "waves":
        field = tuple(
            line(
                curve(
                    f"M 240 {y} C 320 {y - 40} 380 {y + 40} 440 {y} C 500 {y - 36} 560 {y + 30} 610"
                    f" {y}"
                ),
                accent,
                10,
            )
            for y in range(560, 860, 48)
        )
    else:
        field = ()
    disc = light(look.main, 0.16) if style == "sign" else look.main
    if style != "waves":
        field = (*field, fill(oval(424, 600, 132), disc))
    return (*bars, *field, *motif(name, at=(424, 600), size=170, colour=accent))


def folio(look: Look) -> Parts:
    """A folded map, half opened, with roads and water."""
    main = look.main
    panels: list[Part] = []
    for at in range(3):
        x = 150 + at * 170
        lift = 40 if at % 2 else 0
        shape = poly((x, 300 + lift), (x + 170, 340 - lift), (x + 170, 740 - lift), (x, 700 + lift))
        tone = "#EEF0E2" if at % 2 == 0 else "#E2E5D5"
        panels.append(fill(shape, tone))
        panels.append(clip(shape, *_land(main)))
        if at % 2:
            panels.append(fill(shape, "#1B2530", 0.08))
    cover = poly((560, 300), (700, 322), (700, 722), (560, 700))
    return (
        *panels,
        fill(cover, main),
        *motif(look.detail("label", "wheel"), at=(630, 500), size=90, colour=light(main, 0.75)),
        fill(poly((584, 370), (676, 384), (676, 400), (584, 386)), light(main, 0.75)),
    )


def _land(main: str) -> Parts:
    return (
        line(curve("M 120 640 C 260 560 330 660 430 560 C 520 470 600 520 720 420"), "#8FB8CC", 40),
        line(curve("M 120 420 C 240 400 330 480 430 430 C 520 390 600 400 720 360"), main, 8),
        line(curve("M 260 280 C 280 420 320 560 300 760"), "#C9A552", 7),
        line(curve("M 480 280 C 460 420 520 560 500 760"), "#C9A552", 5),
        *(fill(oval(x, y, 13), main) for x, y in ((300, 440), (470, 420), (560, 520))),
        *(
            fill(oval(x, y, r), "#B9CFA9")
            for x, y, r in ((200, 520, 40), (380, 350, 34), (420, 680, 46))
        ),
    )


def cards(look: Look) -> Parts:
    """A fan of postcards or playing cards, each with a sign."""
    main, back = look.main, look.second("#A8442F")
    fan: list[Parts] = []
    names = look.detail("signs", "boat,gull,fish,star").split(",")
    for at, name in enumerate(names):
        angle = -27 + at * (54 / (len(names) - 1))
        tone = PAGE if at % 2 == 0 else light(main, 0.8)
        card = (
            sheet(box(290, 250, 220, 330, 18), tone, depth=0.02),
            line(box(304, 264, 192, 302, 12), main if at % 2 else back, 5, 0.7),
            *motif(name, at=(400, 415), size=110, colour=main if at % 2 else back),
        )
        fan.append(turned(card, angle * 1.25, (400, 760)))
    return tuple(part for card in fan for part in card)


def gamebox(look: Look) -> Parts:
    """A flat box with a sign and a border, its lid a little open."""
    main, accent = look.main, look.second("#EACF86")
    lid = box(170, 260, 460, 460, 14)
    border = box(196, 286, 408, 408, 8)
    style = look.detail("border", "dots")
    if style == "stripes":
        trim = stripes(170, 260, 460, 460, colour=accent, count=16)
    elif style == "checks":
        trim = checks(170, 260, 460, 460, colour=accent, pitch=58)
    else:
        trim = dots(176, 268, 460, 460, colour=accent, pitch=46, size=8)
    return (
        sheet(box(190, 286, 460, 460, 14), dark(main, 0.3)),
        sheet(lid, main, depth=0.06),
        clip(lid, *trim),
        fill(border, light(main, 0.1)),
        line(border, accent, 6),
        *motif(look.detail("label", "star"), at=(400, 470), size=220, colour=accent),
        fill(box(290, 620, 220, 22, 8), accent),
        fill(box(330, 654, 140, 12, 6), accent, 0.7),
    )


def envelope(look: Look) -> Parts:
    """A seed packet: a flat paper envelope with a sign."""
    main, accent = look.main, look.second("#7D7A45")
    return turned(
        (
            sheet(box(250, 220, 300, 460, 6), main, depth=0.05),
            fill(poly((250, 220), (550, 220), (550, 270), (250, 270)), dark(main, 0.12)),
            fill(box(274, 300, 252, 250, 6), light(main, 0.55)),
            *motif(look.detail("label", "flower"), at=(400, 425), size=180, colour=accent),
            rounded(box(300, 590, 200, 16, 8), accent),
            fill(box(330, 622, 140, 10, 5), accent, 0.6),
        ),
        -7,
        (400, 450),
    )


KINDS = {
    "notebook": kind(
        notebook,
        "Heft mit Fadenbindung auf einem seiner Blätter",
        "thread-sewn notebook on one of its sheets",
        lying=True,
        size=1.02,
    ),
    "pocketset": kind(
        pocketset,
        "drei schmale Hefte mit Banderole",
        "three slim notebooks with a band",
        lying=True,
    ),
    "spiralpad": kind(spiralpad, "Block mit Drahtbindung", "wire-bound pad", lying=True),
    "calendar": kind(
        calendar, "Wandkalender mit Landschaft", "wall calendar with a landscape", lying=True
    ),
    "letterset": kind(
        letterset,
        "Briefbogen und gefütterter Umschlag",
        "writing paper and lined envelope",
        lying=True,
    ),
    "book": kind(book, "gebundenes Buch", "bound book", size=0.98),
    "folio": kind(folio, "halb entfaltete Landkarte", "half-folded map", lying=True, size=1.06),
    "cards": kind(cards, "Fächer aus Karten", "fan of cards", lying=True, size=1.02),
    "gamebox": kind(gamebox, "flache Spieleschachtel", "flat game box", lying=True),
    "envelope": kind(envelope, "Samentüte", "seed packet", lying=True, size=0.92),
}
