"""From a foreign record to one of our products, as a mapping says."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

from tresen.domains.catalog.types import (
    PER_ORDER_DEFAULT,
    ContentUnit,
    JsonValue,
    Part,
    ProductDraft,
    ProductStatus,
    TextDraft,
    VariantDraft,
    Window,
)
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.workflows.supplying.catalog_files.attribute_values import (
    AttributePlan,
    plan_of,
    value_of,
)
from tresen.workflows.supplying.catalog_files.faults import (
    RecordFault,
    SameAttribute,
    SkuMissing,
)
from tresen.workflows.supplying.catalog_files.field_values import (
    FieldUnreadable,
    FieldValues,
    read_fields,
    ready,
)
from tresen.workflows.supplying.catalog_files.growth import Growth
from tresen.workflows.supplying.catalog_files.mapping_file import OPTION
from tresen.workflows.supplying.catalog_files.mapping_types import FieldRule, FileMapping
from tresen.workflows.supplying.catalog_files.records import Record
from tresen.workflows.supplying.catalog_files.shaped import (
    Definitions,
    PictureFile,
    PriceDraft,
    Shaped,
)
from tresen.workflows.supplying.catalog_files.values import Content, Paths

_PARTS: Final = {
    "summary": Part.SUMMARY,
    "description": Part.DESCRIPTION,
    "meta_title": Part.META,
    "meta_description": Part.META,
    "gtin": Part.GTIN,
    "other_gtins": Part.OTHER_GTINS,
    "brand": Part.BRAND,
    "categories": Part.CATEGORIES,
    "status": Part.STATUS,
    "tax_category": Part.TAX_CATEGORY,
    "listed_on": Part.LISTED_ON,
    "weight": Part.WEIGHT,
    "length": Part.SIZE,
    "width": Part.SIZE,
    "height": Part.SIZE,
    "origin_country": Part.ORIGIN_COUNTRY,
    "tariff_code": Part.TARIFF_CODE,
    "content": Part.CONTENT,
    "max_per_order": Part.MAX_PER_ORDER,
    "pictures": Part.MEDIA,
}
_WORDS: Final = ("slug", "summary", "description", "meta_title", "meta_description")
_TAX_CATEGORY: Final = "standard"


class MappedShaper:
    """Knows a mapping by heart: plans each field once, remembers what was defined already.

    With a channel, products that were never published are shown there from `window` on.
    """

    def __init__(self, mapping: FileMapping, *, channel: str, window: Window) -> None:
        self._mapping = mapping
        in_order = sorted(mapping.fields, key=lambda rule: rule.name != "sku")
        self._rules = [ready(rule, currency=mapping.currency) for rule in in_order]
        self._channels = {channel: window} if channel else {}
        self._plans: dict[str, AttributePlan | None] = {}
        self._growth = Growth(mapping.locale)
        self._seen: set[str] = set()

    def take_definitions(self) -> Definitions:
        """What the products shaped since the last time refer to for the first time."""
        return self._growth.take()

    @property
    def parts(self) -> frozenset[Part]:
        """What the mapping speaks of; everything else is left alone."""
        names = {rule.name for rule in self._mapping.fields} | set(self._mapping.values)
        parts = {_PARTS[name] for name in names if name in _PARTS}
        if any(name.startswith(OPTION) for name in names):
            parts |= {Part.OPTIONS, Part.CHOICES}
        if self._mapping.attributes:
            whole = self._mapping.replaces_attributes
            parts.add(Part.ATTRIBUTES_WHOLE if whole else Part.ATTRIBUTES)
        if self._channels:
            parts.add(Part.CHANNELS_IF_NEW)
        return frozenset(parts)

    def never_seen(self) -> list[FieldRule]:
        """Rules for which no record had any of their sources: a name misspelt, mostly."""
        return [rule for rule in self._mapping.fields if not self._seen & {*rule.sources}]

    def shape(self, record: Record, *, file: str) -> list[Shaped | RecordFault]:
        """A product, or why there is none."""
        return [self._one(record, file)]

    def rest(self, *, file: str) -> list[Shaped | RecordFault]:  # noqa: ARG002 (as OwnShaper)
        """Every record was a whole one."""
        return []

    def _one(self, record: Record, file: str) -> Shaped | RecordFault:
        found = FieldValues()
        line = 0
        try:
            if record.wrong is not None:
                raise record.wrong
            read_fields(record, rules=self._rules, file=file, found=found, seen=self._seen)
            return self._shaped(record, found, file)
        except FieldUnreadable as unreadable:
            refusal, line = unreadable.refusal, unreadable.rule.line
        except Refusal as refused:
            refusal = refused
        return RecordFault(
            file=file, line=record.line, sku=found.sku, refusal=refusal, mapping_line=line
        )

    def _shaped(self, record: Record, found: FieldValues, file: str) -> Shaped:
        if not found.sku:
            raise SkuMissing(field="sku")
        values = self._attributes(record, found, file)
        price = cast("Money | None", found.values.get("price"))
        stock = found.whole("stock")
        return Shaped(
            file=file,
            line=record.line,
            draft=self._draft(found, values),
            prices=(PriceDraft(sku=found.sku, amount=price),) if price else (),
            stock={} if stock is None else {found.sku: stock},
            pictures=self._pictures(found),
            notes=tuple(found.notes),
        )

    def _draft(self, found: FieldValues, values: dict[str, JsonValue]) -> ProductDraft:
        """Without a name the record is a further variant of a product that is there already."""
        return ProductDraft(
            code=found.text("product"),
            texts={
                locale: TextDraft(name=name, **{kind: found.word(kind, locale) for kind in _WORDS})
                for locale, name in found.words.get("name", {}).items()
            },
            variants=(self._variant(found),),
            brand=self._growth.brand(self._text(found, "brand")),
            status=self._status(found),
            tax_category=self._text(found, "tax_category") or _TAX_CATEGORY,
            listed_on=cast("date | None", found.values.get("listed_on")),
            options=tuple(found.options),
            categories=self._growth.categories(cast("Paths", found.values.get("categories", ()))),
            attributes=values,
            channels=self._channels,
        )

    def _text(self, found: FieldValues, name: str) -> str:
        """What the record says, else what the mapping says for all."""
        return found.text(name) or self._mapping.values.get(name, "")

    def _status(self, found: FieldValues) -> ProductStatus:
        status = cast("ProductStatus | None", found.values.get("status"))
        return status or ProductStatus(self._mapping.values.get("status") or ProductStatus.ACTIVE)

    def _variant(self, found: FieldValues) -> VariantDraft:
        content = cast("Content | None", found.values.get("content"))
        gtin = found.text("gtin")
        others = cast("tuple[str, ...]", found.values.get("other_gtins", ()))
        return VariantDraft(
            sku=found.sku,
            gtin=gtin,
            other_gtins=tuple(other for other in others if other != gtin),
            choices={
                option: self._growth.option(option, words)
                for option, words in found.options.items()
            },
            weight_g=found.whole("weight"),
            length_mm=found.whole("length"),
            width_mm=found.whole("width"),
            height_mm=found.whole("height"),
            origin_country=self._text(found, "origin_country"),
            tariff_code=found.text("tariff_code"),
            content_amount=content[0] if content else None,
            content_unit=content[1] if content else ContentUnit.NONE,
            max_per_order=found.whole("max_per_order") or PER_ORDER_DEFAULT,
        )

    def _attributes(self, record: Record, found: FieldValues, file: str) -> dict[str, JsonValue]:
        """The hottest loop of an import: a field's name is looked up, planned at its first time."""
        values: dict[str, JsonValue] = {}
        plans = self._plans
        for name, raw in record.data.items():
            plan = plans[name] if name in plans else self._plan(name)
            if plan is None:
                continue
            try:
                value = value_of(raw, plan)
            except Refusal as refusal:
                if not plan.rule.may_drop:
                    raise
                found.notes.append(_note(record, found, refusal, plan.rule.line, file))
                continue
            if value is None:
                continue
            code = plan.definition.code
            if code in values:
                raise SameAttribute(field=name, params={"field": name, "attribute": code})
            values[code] = value
        return values

    def _plan(self, name: str) -> AttributePlan | None:
        plan = self._plans[name] = plan_of(name, self._mapping)
        if plan is not None:
            self._growth.attribute(plan.definition)
        return plan

    def _pictures(self, found: FieldValues) -> tuple[PictureFile, ...]:
        """Where no words are given, the product's name describes its picture."""
        names = found.words.get("name", {})
        alt = found.words.get("picture_alt", {})
        words = {locale: alt.get(locale) or name for locale, name in names.items()}
        files = cast("tuple[str, ...]", found.values.get("pictures", ()))
        return tuple(
            PictureFile(file=file, alt=words, position=place) for place, file in enumerate(files)
        )


def _note(
    record: Record, found: FieldValues, refusal: Refusal, mapping_line: int, file: str
) -> RecordFault:
    return RecordFault(
        file=file,
        line=record.line,
        sku=found.sku,
        refusal=refusal,
        mapping_line=mapping_line,
        left_out=True,
    )
