"""What a picture shows, in words: alt texts made from the very details that were drawn."""

from tresen.operations.demo.goods_types import LocalizedText
from tresen.operations.demo.pictures.colours import COLOURS
from tresen.operations.demo.pictures.motifs import MOTIFS
from tresen.operations.demo.pictures.shapes.kinds import Kind

PATTERNS = {
    "stripes": LocalizedText(de="gestreift", en="striped"),
    "fine": LocalizedText(de="fein gestreift", en="finely striped"),
    "checks": LocalizedText(de="kariert", en="checked"),
    "dots": LocalizedText(de="gepunktet", en="dotted"),
    "slant": LocalizedText(de="schräg gestreift", en="slant-striped"),
    "speckle": LocalizedText(de="gesprenkelt", en="speckled"),
    "band": LocalizedText(de="mit farbigem Band", en="with a coloured band"),
}
EXTRAS = {
    ("ruling", "plain"): LocalizedText(de="blanko", en="plain sheets"),
    ("ruling", "dotted"): LocalizedText(de="mit Punktraster", en="dotted sheets"),
    ("ruling", "ruled"): LocalizedText(de="liniert", en="ruled sheets"),
    ("ruling", "squared"): LocalizedText(de="kariert", en="squared sheets"),
    ("band", "yes"): LocalizedText(de="mit Gummiband", en="with an elastic band"),
    ("bobble", "yes"): LocalizedText(de="mit Bommel", en="with a bobble"),
    ("blade", "long"): LocalizedText(de="lange Klinge", en="long blade"),
    ("blade", "short"): LocalizedText(de="kurze Klinge", en="short blade"),
    ("closure", "pump"): LocalizedText(de="mit Pumpe", en="with a pump"),
    ("closure", "drip"): LocalizedText(de="mit Tropfspitze", en="with a drip nozzle"),
    ("cut", "fluted"): LocalizedText(de="mit Rillen", en="fluted"),
    ("case", "wood"): LocalizedText(de="mit Holzmaserung", en="wood-grained"),
    ("paint", "no"): LocalizedText(de="unbemalt", en="unpainted"),
    ("persons", "n1"): LocalizedText(de="schmal", en="narrow"),
    ("persons", "n3"): LocalizedText(de="breit", en="wide"),
    ("animal", "bear"): LocalizedText(de="Bär", en="bear"),
    ("animal", "rabbit"): LocalizedText(de="Hase", en="rabbit"),
    ("animal", "sheep"): LocalizedText(de="Schaf", en="sheep"),
    ("animal", "fox"): LocalizedText(de="Fuchs", en="fox"),
    ("animal", "seal"): LocalizedText(de="Robbe", en="seal"),
    ("animal", "gull"): LocalizedText(de="Möwe", en="gull"),
    ("pieces", "p12"): LocalizedText(de="zwölf Stifte", en="twelve pencils"),
    ("pieces", "p24"): LocalizedText(de="vierundzwanzig Stifte", en="twenty-four pencils"),
}
SUBJECTS = frozenset({"animal"})
"""Details that say what the thing is and therefore stand before its colour."""


def describe(
    kind: Kind, *, colours: tuple[str, ...], details: tuple[tuple[str, str], ...]
) -> LocalizedText:
    """«Becher mit Henkel, Hafenblau, gesprenkelt»: the thing, its colours, its details."""
    return LocalizedText(
        de=_sentence("de", kind, colours, details), en=_sentence("en", kind, colours, details)
    )


def _sentence(
    language: str,
    kind: Kind,
    colours: tuple[str, ...],
    details: tuple[tuple[str, str], ...],
) -> str:
    extras = [(name, EXTRAS[name, value]) for name, value in details if (name, value) in EXTRAS]
    subjects = [text.in_language(language) for name, text in extras if name in SUBJECTS]
    others = [text.in_language(language) for name, text in extras if name not in SUBJECTS]
    names = list(dict.fromkeys(COLOURS[code].name.in_language(language) for code in colours))
    given = dict(details)
    parts = [kind.name.in_language(language), *subjects, _listed(names, language), *others]
    if given.get("pattern") in PATTERNS:
        parts.append(PATTERNS[given["pattern"]].in_language(language))
    if given.get("label") in MOTIFS:
        shown = MOTIFS[given["label"]].name.in_language(language)
        parts.append(f"darauf {shown}" if language == "de" else f"with {shown} on it")
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:]


def _listed(names: list[str], language: str) -> str:
    """«Klarglas, Stahl und Buche»."""
    *front, last = names
    joiner = " und " if language == "de" else " and "
    return f"{', '.join(front)}{joiner}{last}" if front else last
