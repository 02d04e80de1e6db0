"""Makes any number of plausible products from a seed: for benchmarks, never for the demo shop."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tresen.operations.demo.generator_words import Family, Group, Make, Pair, Words, read_words
from tresen.operations.demo.goods_types import (
    AttributeKind,
    DemoAttribute,
    DemoCategory,
    DemoChoice,
    LocalizedText,
)

PRODUCTS_MAX = 9_999_999
LOCATIONS = ("rothenburgsort", "altona", "eimsbuettel")
_MASK = (1 << 64) - 1
_MODELS = 90


class GeneratedProduct(NamedTuple):
    """One product with one variant; texts in pairs, money in euro cents gross, sizes in mm."""

    number: int
    sku: str
    gtin: str
    slug_de: str
    slug_en: str
    name_de: str
    name_en: str
    description_de: str
    description_en: str
    brand: str
    category: str
    tariff_code: str
    tax_category: str
    origin: str
    price_minor: int
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    attributes: tuple[tuple[str, str | Decimal | bool], ...]
    stock: tuple[int, int, int]


class GeneratedBrand(NamedTuple):
    """An invented brand."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class GeneratedFrame:
    """What must exist before the products: their brands, categories, attributes and places."""

    brands: tuple[GeneratedBrand, ...]
    categories: tuple[DemoCategory, ...]
    attributes: tuple[DemoAttribute, ...]
    locations: tuple[str, ...]


def generate_products(count: int, seed: int) -> Iterator[GeneratedProduct]:
    """Streams products 1 to `count`; the same seed gives the same product at every number."""
    assert 0 <= count <= PRODUCTS_MAX
    ready = _ready()
    for number in range(1, count + 1):
        yield _product(number, seed, ready)


def generated_frame() -> GeneratedFrame:
    """200 brands, 12 groups with 60 categories, and the attributes that products carry."""
    words = read_words()
    return GeneratedFrame(
        brands=_brands(words),
        categories=_categories(words),
        attributes=_attributes(words),
        locations=LOCATIONS,
    )


class _Kind(NamedTuple):
    """One noun of a family joined with one make, ready to be put into names."""

    name: Pair
    slug: Pair
    family: Family
    make: str
    sku: str


class _Ready(NamedTuple):
    """Words prepared once, so that a product costs only a few divisions and joins."""

    kinds: tuple[_Kind, ...]
    brands: tuple[GeneratedBrand, ...]
    series: tuple[tuple[str, str], ...]
    colours: tuple[tuple[str, Pair], ...]
    phrases: tuple[Pair, ...]
    origins: tuple[str, ...]


def _product(number: int, seed: int, ready: _Ready) -> GeneratedProduct:
    dice = _mixed(number * 0x9E3779B97F4A7C15 + seed * 0xD1342543DE82EF95)
    more = _mixed(dice ^ 0x2545F4914F6CDD1D)
    dice, at = divmod(dice, len(ready.kinds))
    kind = ready.kinds[at]
    dice, at = divmod(dice, len(ready.series))
    series, series_slug = ready.series[at]
    dice, at = divmod(dice, len(ready.brands))
    brand = ready.brands[at]
    dice, model = divmod(dice, _MODELS)
    colour_code, colour = ready.colours[dice % len(ready.colours)]
    more, at = divmod(more, len(ready.phrases))
    phrase = ready.phrases[at]
    more, spread = divmod(more, 1000)
    family = kind.family
    weight = family.weight_g * (600 + more % 800) // 1000
    side = 40 + weight % 300
    tail = f"{series_slug}-{number}"
    return GeneratedProduct(
        number=number,
        sku=f"{kind.sku}-{number:07d}",
        gtin=_gtin_of(number),
        slug_de=f"{kind.slug.de}-{tail}",
        slug_en=f"{kind.slug.en}-{tail}",
        name_de=f"{kind.name.de} {series} {model + 10}, {colour.de}",
        name_en=f"{kind.name.en} {series} {model + 10}, {colour.en}",
        description_de=f"{kind.name.de} von {brand.name} aus der Reihe {series}. {phrase.de}",
        description_en=f"{kind.name.en} by {brand.name} from the {series} series. {phrase.en}",
        brand=brand.code,
        category=f"gen-{family.code}",
        tariff_code=family.tariff_code,
        tax_category="standard",
        origin=ready.origins[(more >> 10) % len(ready.origins)],
        price_minor=_price(family, spread),
        weight_g=weight,
        length_mm=side,
        width_mm=side * 3 // 4,
        height_mm=side // 2,
        attributes=(
            ("gen_colour", colour_code),
            ("gen_make", kind.make),
            ("gen_guarantee", _months(2 + (more >> 20) % 4)),
            ("gen_repairable", (more >> 24) & 1 == 1),
        ),
        stock=_stock(more >> 25),
    )


def _price(family: Family, spread: int) -> int:
    """Cheap things are commoner than dear ones; every price ends in 90 cents."""
    span = family.price_to - family.price_from
    price = family.price_from + span * spread * spread // 1_000_000
    return price // 100 * 100 + 90


def _mixed(value: int) -> int:
    """SplitMix64's finaliser: spreads neighbouring numbers evenly over 64 bits."""
    value &= _MASK
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & _MASK
    return value ^ (value >> 31)


def _gtin_of(number: int) -> str:
    """A GTIN-13 of the internal range 21, whose own two digits weigh 2 + 3 × 1 = 5."""
    rest, total = number, 5
    weight = 3
    while rest:
        rest, digit = divmod(rest, 10)
        total += digit * weight
        weight = 4 - weight
    return f"21{number:010d}{-total % 10}"


@cache
def _months(years: int) -> Decimal:
    return Decimal(years * 12)


def _stock(dice: int) -> tuple[int, int, int]:
    """Most things lie in the warehouse, some in a shop, one in sixteen nowhere."""
    if dice & 15 == 0:
        return 0, 0, 0
    dice >>= 4
    return dice & 127, (dice >> 7) & 7, (dice >> 10) & 7


@cache
def _ready() -> _Ready:
    words = read_words()
    makes = {make.code: make for make in words.makes}
    suited = {group.code: group.makes for group in words.groups}
    kinds = tuple(
        _kind(noun, make=makes[code], family=family, sku=f"G{place:02d}{at}{code[:3].upper()}")
        for place, family in enumerate(words.families)
        for at, noun in enumerate(family.nouns)
        for code in suited[family.group]
    )
    return _Ready(
        kinds=kinds,
        brands=_brands(words),
        series=tuple((word, _slug(word)) for word in words.series),
        colours=words.colours,
        phrases=words.phrases,
        origins=words.origins,
    )


def _kind(noun: Pair, *, make: Make, family: Family, sku: str) -> _Kind:
    glue = "-" if "-" in noun.de else ""
    last = noun.de if glue else noun.de[0].lower() + noun.de[1:]
    name = Pair(de=f"{make.first}{glue}{last}", en=f"{make.before} {noun.en}")
    return _Kind(name, Pair(_slug(name.de), _slug(name.en)), family, make.code, sku)


_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "-", "'": "", ",": ""})


def _slug(words: str) -> str:
    return words.lower().translate(_PLAIN)


def _brands(words: Words) -> tuple[GeneratedBrand, ...]:
    return tuple(
        GeneratedBrand(code=f"gen-{head.lower()}{tail}", name=f"{head}{tail}")
        for head, tail in itertools.product(words.brand_heads, words.brand_tails)
    )


def _categories(words: Words) -> tuple[DemoCategory, ...]:
    shelves: tuple[Group | Family, ...] = (*words.groups, *words.families)
    return tuple(_category(shelf, position) for position, shelf in enumerate(shelves, 1))


def _category(shelf: Group | Family, position: int) -> DemoCategory:
    de, en = shelf.name
    return DemoCategory(
        code=shelf.code if isinstance(shelf, Group) else f"gen-{shelf.code}",
        parent=None if isinstance(shelf, Group) else shelf.group,
        position=position,
        name=LocalizedText(de=de, en=en),
        slug=LocalizedText(de=f"{_slug(de)}-{position}", en=f"{_slug(en)}-{position}"),
        summary=LocalizedText(de=f"Alles aus {de}.", en=f"Everything in {en}."),
    )


def _attributes(words: Words) -> tuple[DemoAttribute, ...]:
    colours = tuple(_choice(code, label) for code, label in words.colours)
    makes = tuple(_choice(make.code, make.label) for make in words.makes)
    return (
        _attribute("gen_colour", Pair("Farbe", "Colour"), AttributeKind.CHOICE, choices=colours),
        _attribute("gen_make", Pair("Ausführung", "Make"), AttributeKind.CHOICE, choices=makes),
        _attribute("gen_guarantee", Pair("Garantie", "Guarantee"), AttributeKind.NUMBER, unit="M."),
        _attribute("gen_repairable", Pair("Reparierbar", "Repairable"), AttributeKind.BOOLEAN),
    )


def _choice(code: str, label: Pair) -> DemoChoice:
    return DemoChoice(code=code, label=LocalizedText(de=label.de, en=label.en))


def _attribute(
    code: str,
    name: Pair,
    kind: AttributeKind,
    *,
    unit: str | None = None,
    choices: tuple[DemoChoice, ...] = (),
) -> DemoAttribute:
    label = LocalizedText(de=name.de, en=name.en)
    return DemoAttribute(code, label, kind, unit, filterable=True, choices=choices)
