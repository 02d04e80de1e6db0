"""The colours of the demo shop: what they are called and how they are drawn."""

from dataclasses import dataclass

from tresen.operations.demo.goods_types import LocalizedText


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour with its name in both languages, as adjectives of nothing but itself."""

    code: str
    hex: str
    name: LocalizedText


def _colour(code: str, hex_value: str, de: str, en: str) -> tuple[str, Colour]:
    return code, Colour(code=code, hex=hex_value, name=LocalizedText(de=de, en=en))


COLOURS: dict[str, Colour] = dict(
    (
        _colour("ink", "#26384A", "Tintenblau", "ink blue"),
        _colour("harbour", "#2A6787", "Hafenblau", "harbour blue"),
        _colour("sky", "#9CC1D1", "Himmelblau", "sky blue"),
        _colour("petrol", "#2F6F73", "Petrol", "petrol"),
        _colour("mint", "#B7D3C4", "Minze", "mint"),
        _colour("pine", "#285244", "Tannengrün", "pine green"),
        _colour("moss", "#4C7A55", "Moosgrün", "moss green"),
        _colour("sage", "#A3B599", "Salbei", "sage"),
        _colour("olive", "#7D7A45", "Oliv", "olive"),
        _colour("mustard", "#D29E35", "Senfgelb", "mustard"),
        _colour("straw", "#EACF86", "Strohgelb", "straw yellow"),
        _colour("rust", "#BC6536", "Rost", "rust"),
        _colour("brick", "#A8442F", "Ziegelrot", "brick red"),
        _colour("coral", "#DB8069", "Koralle", "coral"),
        _colour("rose", "#D9ABA0", "Altrosa", "dusty rose"),
        _colour("plum", "#6E4058", "Pflaume", "plum"),
        _colour("cocoa", "#5C4132", "Kakao", "cocoa"),
        _colour("sand", "#DCC8A2", "Sand", "sand"),
        _colour("oat", "#EADFC9", "Hafer", "oat"),
        _colour("cream", "#F6EEDC", "Creme", "cream"),
        _colour("white", "#FCFBF8", "Weiß", "white"),
        _colour("fog", "#C3C9CB", "Nebelgrau", "fog grey"),
        _colour("slate", "#5F6C78", "Schiefer", "slate"),
        _colour("black", "#2B2E32", "Schwarz", "black"),
        _colour("beech", "#DDB88A", "Buche", "beech"),
        _colour("oak", "#BE9160", "Eiche", "oak"),
        _colour("walnut", "#7D573C", "Nussbaum", "walnut"),
        _colour("cork", "#C9A074", "Kork", "cork"),
        _colour("leather", "#AA6E42", "Cognac", "cognac"),
        _colour("kraft", "#C8A67C", "Packpapier", "kraft paper"),
        _colour("steel", "#BAC3C9", "Stahl", "steel"),
        _colour("copper", "#BF7A53", "Kupfer", "copper"),
        _colour("brass", "#C9A552", "Messing", "brass"),
        _colour("glass", "#D3E4E6", "Klarglas", "clear glass"),
        _colour("amber", "#C98A3A", "Bernstein", "amber"),
        _colour("honey", "#D9962F", "Honig", "honey"),
    )
)
