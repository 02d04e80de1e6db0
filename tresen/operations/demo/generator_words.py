"""The words from which the generator makes names, read once from the TOML file beside it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

WORDS_FILE = Path(__file__).with_suffix(".toml")


class Pair(NamedTuple):
    """The same words in both languages."""

    de: str
    en: str


class Make(NamedTuple):
    """What a thing is made of or for: «Holz» before «Löffel», «wooden» before «spoon»."""

    code: str
    first: str
    before: str
    label: Pair


class Family(NamedTuple):
    """A category of generated goods with its plausible range of prices and weights."""

    code: str
    group: str
    name: Pair
    price_from: int
    price_to: int
    weight_g: int
    tariff_code: str
    nouns: tuple[Pair, ...]


class Group(NamedTuple):
    """A top category with the makes that suit its things."""

    code: str
    name: Pair
    makes: tuple[str, ...]


class Words(NamedTuple):
    """Everything the generator knows."""

    groups: tuple[Group, ...]
    families: tuple[Family, ...]
    makes: tuple[Make, ...]
    colours: tuple[tuple[str, Pair], ...]
    series: tuple[str, ...]
    brand_heads: tuple[str, ...]
    brand_tails: tuple[str, ...]
    origins: tuple[str, ...]
    phrases: tuple[Pair, ...]


@cache
def read_words() -> Words:
    """All words; the file is part of the package and is trusted."""
    table = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return Words(
        groups=tuple(
            Group(row["code"], _pair(row), tuple(row["variants"])) for row in table["group"]
        ),
        families=tuple(_family(row) for row in table["family"]),
        makes=tuple(
            Make(row["code"], row["first"], row["before"], _pair(row)) for row in table["variants"]
        ),
        colours=tuple((row["code"], _pair(row)) for row in table["colours"]),
        series=tuple(table["series"]),
        brand_heads=tuple(table["brand_heads"]),
        brand_tails=tuple(table["brand_tails"]),
        origins=tuple(table["origins"]),
        phrases=tuple(_pair(row) for row in table["phrases"]),
    )


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(de=row["de"], en=row["en"])


def _family(row: dict[str, Any]) -> Family:
    price_from, price_to = row["price"]
    return Family(
        code=row["code"],
        group=row["group"],
        name=_pair(row),
        price_from=price_from,
        price_to=price_to,
        weight_g=row["weight"],
        tariff_code=row["tariff"],
        nouns=tuple(_pair(noun) for noun in row["nouns"]),
    )
