"""Reads the TOML files of the demo goods into frozen rows and refuses faulty ones."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tresen.operations.demo.goods.checks import GoodsFaulty, faults_of
from tresen.operations.demo.goods_types import (
    AttributeKind,
    AttributeValue,
    DemoAddress,
    DemoAttribute,
    DemoAttributeValue,
    DemoBrand,
    DemoCategory,
    DemoChoice,
    DemoContent,
    DemoFood,
    DemoHours,
    DemoLocation,
    DemoOption,
    DemoOptionValue,
    DemoPicture,
    DemoProduct,
    DemoShop,
    DemoStock,
    DemoStore,
    DemoVariant,
    LocalizedText,
    LocationKind,
)
from tresen.operations.demo.pictures.colours import COLOURS

GOODS_FOLDER = Path(__file__).parent
FRAME_FILES = ("shop.toml", "brands.toml", "categories.toml", "vocabulary.toml")

Table = dict[str, Any]


def load_goods(folder: Path = GOODS_FOLDER) -> DemoShop:
    """The whole shop, checked; raises `GoodsFaulty` with every fault found."""
    frame: Table = {}
    for name in FRAME_FILES:
        frame |= _read(folder / name)
    vocabulary = {row["code"]: AttributeKind(row["kind"]) for row in frame["attribute"]}
    locations = tuple(_location(row) for row in frame["location"])
    shelf = _Shelf(
        kinds=vocabulary,
        locations=tuple(place.code for place in locations),
        parents={row["code"]: row.get("parent", "") for row in frame["category"]},
    )
    product_files = sorted(set(folder.glob("*.toml")) - {folder / name for name in FRAME_FILES})
    rows = [row for path in product_files for row in _read(path)["product"]]
    places = {row["code"]: position for position, row in enumerate(frame["category"])}
    rows.sort(key=lambda row: places.get(row["category"], len(places)))
    shop = _shop(frame, locations, tuple(shelf.product(row) for row in rows))
    faults = faults_of(shop)
    if faults:
        raise GoodsFaulty(faults)
    return shop


def _read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _shop(
    frame: Table, locations: tuple[DemoLocation, ...], products: tuple[DemoProduct, ...]
) -> DemoShop:
    shop = frame["shop"]
    return DemoShop(
        name=shop["name"],
        claim=_text(shop["claim"]),
        about=_text(shop["about"]),
        legal_name=shop["legal_name"],
        legal_address=_address(shop["legal_address"]),
        phone=shop["phone"],
        email=shop["email"],
        vat_id=shop["vat_id"],
        register=shop["register"],
        currency=shop["currency"],
        locations=locations,
        stores=tuple(_store(row) for row in frame["store"]),
        categories=tuple(_category(row, at) for at, row in enumerate(frame["category"], 1)),
        brands=tuple(_brand(row) for row in frame["brand"]),
        attributes=tuple(_attribute(row) for row in frame["attribute"]),
        options=tuple(_option(row) for row in frame["option"]),
        products=products,
    )


def _text(row: Table) -> LocalizedText:
    return LocalizedText(de=row["de"], en=row["en"])


def _maybe_text(row: Table | None) -> LocalizedText | None:
    return _text(row) if row else None


def _address(row: Table) -> DemoAddress:
    return DemoAddress(**row)


def _location(row: Table) -> DemoLocation:
    return DemoLocation(
        code=row["code"],
        kind=LocationKind(row["kind"]),
        name=_text(row["name"]),
        address=_address(row["address"]),
    )


def _store(row: Table) -> DemoStore:
    return DemoStore(
        code=row["code"],
        location=row["location"],
        name=_text(row["name"]),
        about=_text(row["about"]),
        way=_text(row["way"]),
        address=_address(row["address"]),
        phone=row["phone"],
        email=row["email"],
        hours=tuple(DemoHours(**hours) for hours in row["hours"]),
    )


def _category(row: Table, position: int) -> DemoCategory:
    return DemoCategory(
        code=row["code"],
        parent=row.get("parent"),
        position=position,
        name=_text(row["name"]),
        slug=_text(row["slug"]),
        summary=_text(row["summary"]),
    )


def _brand(row: Table) -> DemoBrand:
    return DemoBrand(
        code=row["code"],
        name=row["name"],
        about=_text(row["about"]),
        mark=row["mark"],
        maker_name=row["maker_name"],
        maker_address=_address(row["maker_address"]),
        maker_email=row["maker_email"],
    )


def _attribute(row: Table) -> DemoAttribute:
    return DemoAttribute(
        code=row["code"],
        name=_text(row["name"]),
        kind=AttributeKind(row["kind"]),
        unit=row.get("unit"),
        filterable=row["filterable"],
        choices=tuple(
            DemoChoice(code=code, label=_text(label))
            for code, label in row.get("choices", {}).items()
        ),
    )


def _option(row: Table) -> DemoOption:
    if "colours" in row:
        values = tuple(_colour_value(code) for code in row["colours"])
    else:
        values = tuple(
            DemoOptionValue(code=code, label=_text(label), swatch=None)
            for code, label in row["values"].items()
        )
    return DemoOption(code=row["code"], name=_text(row["name"]), values=values)


def _colour_value(code: str) -> DemoOptionValue:
    name = COLOURS[code].name
    label = LocalizedText(de=name.de, en=name.en[0].upper() + name.en[1:])
    return DemoOptionValue(code=code, label=label, swatch=COLOURS[code].hex)


class _Shelf:
    """Reads products; knows the attributes' kinds, the stock columns and the category tree."""

    def __init__(
        self,
        *,
        kinds: dict[str, AttributeKind],
        locations: tuple[str, ...],
        parents: dict[str, str],
    ) -> None:
        self._kinds = kinds
        self._locations = locations
        self._parents = parents

    def product(self, row: Table) -> DemoProduct:
        options = tuple(row.get("options", ()))
        listed_on = row["listed_on"]
        assert isinstance(listed_on, date)
        return DemoProduct(
            code=row["code"],
            shelf=self._parents.get(row["category"], ""),
            category=row["category"],
            brand=row["brand"],
            tax_category=row["tax"],
            tariff_code=row["tariff"],
            origin=row["origin"],
            listed_on=listed_on,
            slug=_text(row["slug"]),
            name=_text(row["name"]),
            summary=_text(row["summary"]),
            description=_text(row["description"]),
            material=_text(row["material"]),
            care=_text(row["care"]),
            safety=_maybe_text(row.get("safety")),
            food=_food(row["food"]) if "food" in row else None,
            attributes=tuple(
                DemoAttributeValue(attribute=code, value=self._value(code, value))
                for code, value in row.get("attributes", {}).items()
            ),
            options=options,
            variants=tuple(
                self._variant(variant, options, row.get("unit")) for variant in row["variants"]
            ),
            picture=_picture(row["picture"]),
        )

    def _value(self, code: str, value: Any) -> AttributeValue:
        kind = self._kinds.get(code)
        if kind is AttributeKind.TEXT:
            return _text(value)
        if kind is AttributeKind.NUMBER:
            return Decimal(str(value))
        assert isinstance(value, bool | str), f"{code}: {value!r}"
        return value

    def _variant(self, row: Table, options: tuple[str, ...], unit: str | None) -> DemoVariant:
        length, width, height = row["packed"]
        assert len(row["stock"]) == len(self._locations), row["sku"]
        return DemoVariant(
            sku=row["sku"],
            gtin=row["gtin"],
            choices=tuple((option, row[option]) for option in options),
            price_minor=row["price"],
            reduced_from_minor=row.get("reduced_from"),
            weight_g=row["weight"],
            length_mm=length,
            width_mm=width,
            height_mm=height,
            content=DemoContent(amount=row["net"], unit=unit) if unit else None,
            stock=tuple(
                DemoStock(location=location, quantity=quantity)
                for location, quantity in zip(self._locations, row["stock"], strict=True)
            ),
        )


def _food(row: Table) -> DemoFood:
    return DemoFood(
        ingredients=_text(row["ingredients"]),
        storage=_text(row["storage"]),
        nutrition=_maybe_text(row.get("nutrition")),
    )


def _picture(row: Table) -> DemoPicture:
    details = {key: value for key, value in row.items() if key not in {"shape", "colours"}}
    return DemoPicture(
        shape=row["shape"],
        colours=tuple(row["colours"]),
        details=tuple((key, str(value)) for key, value in details.items()),
    )
