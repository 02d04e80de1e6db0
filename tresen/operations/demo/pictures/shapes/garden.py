"""What a garden or a balcony needs."""

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
)


def wateringcan(look: Look) -> Parts:
    """A watering can with a rose and an arched handle."""
    main = look.main
    return (
        line(curve("M 300 420 C 300 230 560 250 600 470"), dark(main, 0.2), 30),
        line(curve("M 306 416 C 310 246 548 262 592 466"), light(main, 0.14), 10),
        line(curve("M 620 520 C 720 540 700 720 610 740"), dark(main, 0.25), 26),
        fill(poly((330, 690), (330, 590), (130, 350), (96, 374)), light(main, 0.05)),
        fill(poly((330, 690), (110, 364), (96, 374), (300, 720)), dark(main, 0.16)),
        fill(oval(104, 358, 30, 62), dark(main, 0.1)),
        *(
            fill(oval(100 + x, 352 + y, 4), dark(main, 0.55))
            for x, y in ((0, -34), (-8, -12), (8, -10), (-6, 14), (8, 16), (2, 38))
        ),
        rounded(drum(460, 430, 800, 164), main),
        fill(oval(460, 430, 164, 22), light(main, 0.3)),
        fill(
            curve("M 300 434 C 330 412 460 408 500 412 L 470 446 C 400 450 320 448 300 434 Z"),
            dark(main, 0.4),
        ),
        *(fill(drum(460, y, y + 8, 164), dark(main, 0.18)) for y in (500, 750)),
        *motif(look.detail("label", "leaf"), at=(450, 640), size=96, colour=against(main)),
    )


def trowel(look: Look) -> Parts:
    """A trowel and a hand fork with wooden handles."""
    wood, steel = look.main, look.second("#9AA5AC")
    return (
        *turned(_tool(wood, steel, look, blade=True), 7, (400, 500)),
        *turned(_tool(wood, steel, look, blade=False), -7, (400, 500)),
    )


def _tool(wood: str, steel: str, look: Look, *, blade: bool) -> Parts:
    x = 280 if blade else 520
    head: Parts
    if blade:
        shape = curve(
            f"M {x - 72} 560 C {x - 72} 520 {x + 72} 520 {x + 72} 560 C {x + 74} 690 {x + 40} 780"
            f" {x} 840 C {x - 40} 780 {x - 74} 690 {x - 72} 560 Z"
        )
        head = (
            sheet(shape, steel, depth=0.25),
            line(route((x, 560), (x, 790)), dark(steel, 0.3), 6),
        )
    else:
        head = tuple(
            part
            for at in (-1, 0, 1)
            for part in (
                line(
                    curve(f"M {x} 560 C {x + at * 60} 570 {x + at * 62} 640 {x + at * 58} 800"),
                    dark(steel, 0.06),
                    22,
                ),
                fill(
                    poly((x + at * 58 - 11, 800), (x + at * 58 + 11, 800), (x + at * 58, 836)),
                    dark(steel, 0.06),
                ),
            )
        )
    grip = box(x - 32, 150, 64, 290, 30)
    return (
        metal(box(x - 11, 430, 22, 130, 5), steel),
        *head,
        rounded(grip, wood),
        clip(grip, *grain(x - 32, 150, 64, 290, colour=wood, look=look)),
        metal(box(x - 30, 420, 60, 40, 8), steel),
        line(curve(f"M {x} 168 C {x - 26} 110 {x + 26} 110 {x} 168"), "#AA6E42", 8),
    )


def planter(look: Look) -> Parts:
    """A clay pot with a herb growing in it."""
    main = look.main
    leaf_tones = ("#4C7A55", "#5F8F66", "#3F6B4A")
    sprigs = []
    for at, (x, y, angle) in enumerate(
        (
            (330, 380, -34),
            (470, 370, 30),
            (400, 330, 0),
            (360, 440, -60),
            (446, 436, 58),
            (376, 390, -14),
            (428, 396, 16),
        )
    ):
        blade = curve(
            f"M {x} {y + 70} C {x - 52} {y + 20} {x - 40} {y - 60} {x} {y - 90} C {x + 40} "
            f"{y - 60} {x + 52} {y + 20} {x} {y + 70} Z"
        )
        sprigs += list(
            turned(
                (
                    fill(blade, leaf_tones[at % 3]),
                    line(route((x, y + 60), (x, y - 70)), light(leaf_tones[at % 3], 0.3), 4),
                ),
                angle,
                (400, 520),
            )
        )
    return (
        *sprigs,
        rounded(cup(400, 560, 840, 176, 128), main),
        rounded(box(206, 500, 388, 84, 12), light(main, 0.06)),
        fill(box(206, 574, 388, 12), dark(main, 0.2), 0.6),
        rounded(drum(400, 842, 858, 178, tilt=0.08), dark(main, 0.12)),
        *motif(look.detail("label", "wave"), at=(390, 710), size=90, colour=dark(main, 0.22)),
    )


def birdhouse(look: Look) -> Parts:
    """A nesting box with a pitched roof and a round hole."""
    main, roof = look.main, look.second("#2B2E32")
    front = poly((250, 420), (400, 300), (550, 420), (550, 830), (250, 830))
    return (
        sheet(front, main, depth=0.06),
        clip(
            front,
            *grain(250, 300, 300, 540, colour=main, look=look),
            *(fill(box(250, y, 300, 5), dark(main, 0.26), 0.6) for y in (470, 590, 710)),
        ),
        fill(oval(400, 530, 62), dark(main, 0.4)),
        fill(oval(400, 534, 52), "#26221E"),
        rounded(box(388, 640, 24, 70, 10), dark(main, 0.24)),
        fill(oval(400, 706, 13), light(main, 0.16)),
        fill(poly((400, 240), (196, 400), (226, 442), (400, 306)), light(roof, 0.14)),
        fill(poly((400, 240), (604, 400), (574, 442), (400, 306)), dark(roof, 0.1)),
        fill(box(236, 820, 328, 26, 6), dark(main, 0.24)),
        line(oval(400, 226, 18), "#C9A552", 7),
    )


KINDS = {
    "wateringcan": kind(wateringcan, "Gießkanne mit Brause", "watering can with rose", size=1.04),
    "trowel": kind(
        trowel, "Pflanzkelle und Handgabel", "trowel and hand fork", lying=True, size=1.04
    ),
    "planter": kind(planter, "Tontopf mit Kraut", "clay pot with a herb"),
    "birdhouse": kind(birdhouse, "Nistkasten mit Spitzdach", "nesting box with pitched roof"),
}
