"""The words of the demo shop's data: frozen rows, standard library only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

LANGUAGES = ("de", "en")
TAX_CATEGORIES = frozenset({"standard", "food", "books"})
CONTENT_UNITS = frozenset({"g", "ml", "m"})


class AttributeKind(StrEnum):
    """How an attribute's value is typed: see `AttributeValue`."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"


class LocationKind(StrEnum):
    """What sort of place holds goods."""

    WAREHOUSE = "warehouse"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """The same words in both languages; neither is ever empty."""

    de: str
    en: str

    def in_language(self, code: str) -> str:
        assert code in LANGUAGES, code
        return self.de if code == "de" else self.en


AttributeValue = LocalizedText | Decimal | bool | str
"""TEXT: LocalizedText; NUMBER: Decimal in the attribute's unit; BOOLEAN: bool; CHOICE: a code."""


@dataclass(frozen=True, slots=True)
class DemoAddress:
    """A postal address; streets of the demo are invented, postcodes are real."""

    street: str
    house_number: str
    postal_code: str
    city: str
    country: str


@dataclass(frozen=True, slots=True)
class DemoHours:
    """Opening hours of one weekday (ISO: 1 is Monday), local wall time as «HH:MM»."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class DemoLocation:
    """Where goods lie; stock plans name it by its code."""

    code: str
    kind: LocationKind
    name: LocalizedText
    address: DemoAddress


@dataclass(frozen=True, slots=True)
class DemoStore:
    """A physical shop; its goods lie in the location named by `location`."""

    code: str
    location: str
    name: LocalizedText
    about: LocalizedText
    way: LocalizedText
    address: DemoAddress
    phone: str
    email: str
    hours: tuple[DemoHours, ...]


@dataclass(frozen=True, slots=True)
class DemoCategory:
    """A shelf; the tree is two deep, a top category has no parent."""

    code: str
    parent: str | None
    position: int
    name: LocalizedText
    slug: LocalizedText
    summary: LocalizedText


@dataclass(frozen=True, slots=True)
class DemoBrand:
    """An invented brand with its invented maker, as product safety law asks for one."""

    code: str
    name: str
    about: LocalizedText
    mark: str
    maker_name: str
    maker_address: DemoAddress
    maker_email: str


@dataclass(frozen=True, slots=True)
class DemoChoice:
    """One of the values that a CHOICE attribute allows."""

    code: str
    label: LocalizedText


@dataclass(frozen=True, slots=True)
class DemoAttribute:
    """A property of goods; `unit` only for numbers, `choices` only for choices."""

    code: str
    name: LocalizedText
    kind: AttributeKind
    unit: str | None
    filterable: bool
    choices: tuple[DemoChoice, ...]


@dataclass(frozen=True, slots=True)
class DemoAttributeValue:
    """What one product says about one attribute."""

    attribute: str
    value: AttributeValue


@dataclass(frozen=True, slots=True)
class DemoOptionValue:
    """One button of an option; `swatch` is a hex colour where the option is a colour."""

    code: str
    label: LocalizedText
    swatch: str | None


@dataclass(frozen=True, slots=True)
class DemoOption:
    """What a customer chooses between variants, values in the order shown."""

    code: str
    name: LocalizedText
    values: tuple[DemoOptionValue, ...]


@dataclass(frozen=True, slots=True)
class DemoContent:
    """Net content for the unit price (Grundpreis): whole g, ml or m."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class DemoStock:
    """How many pieces lie at a location when the demo opens."""

    location: str
    quantity: int


@dataclass(frozen=True, slots=True)
class DemoVariant:
    """What is sold: one SKU with gross consumer price in cents, packed weight and size."""

    sku: str
    gtin: str
    choices: tuple[tuple[str, str], ...]
    price_minor: int
    reduced_from_minor: int | None
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    content: DemoContent | None
    stock: tuple[DemoStock, ...]

    def choice_of(self, option: str) -> str | None:
        return dict(self.choices).get(option)


@dataclass(frozen=True, slots=True)
class DemoFood:
    """What food labelling wants before purchase; pure coffee and tea need no nutrition."""

    ingredients: LocalizedText
    storage: LocalizedText
    nutrition: LocalizedText | None


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """How the product is drawn: a shape of `pictures`, colours by name, details as pairs."""

    shape: str
    colours: tuple[str, ...]
    details: tuple[tuple[str, str], ...]

    def detail(self, name: str, default: str) -> str:
        return dict(self.details).get(name, default)


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """One article with everything a shop says about it; `shelf` is its top category."""

    code: str
    shelf: str
    category: str
    brand: str
    tax_category: str
    tariff_code: str
    origin: str
    listed_on: date
    slug: LocalizedText
    name: LocalizedText
    summary: LocalizedText
    description: LocalizedText
    material: LocalizedText
    care: LocalizedText
    safety: LocalizedText | None
    food: DemoFood | None
    attributes: tuple[DemoAttributeValue, ...]
    options: tuple[str, ...]
    variants: tuple[DemoVariant, ...]
    picture: DemoPicture


@dataclass(frozen=True, slots=True)
class DemoShop:
    """The whole demo shop; tuples are in the order in which a shop would show them."""

    name: str
    claim: LocalizedText
    about: LocalizedText
    legal_name: str
    legal_address: DemoAddress
    phone: str
    email: str
    vat_id: str
    register: str
    currency: str
    locations: tuple[DemoLocation, ...]
    stores: tuple[DemoStore, ...]
    categories: tuple[DemoCategory, ...]
    brands: tuple[DemoBrand, ...]
    attributes: tuple[DemoAttribute, ...]
    options: tuple[DemoOption, ...]
    products: tuple[DemoProduct, ...]
