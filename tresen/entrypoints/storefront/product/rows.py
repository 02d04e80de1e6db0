"""From a product to what its page shows: choices, price, promise, facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from babel import Locale
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from tresen.domains.catalog.types import (
    AttributeView,
    OptionView,
    PictureView,
    ProductPage,
    VariantView,
)
from tresen.domains.fulfilment.types import DeliveryKind, Offer
from tresen.domains.inventory.types import LevelRow, LocationKind
from tresen.domains.pricing.rules import unit_price_of
from tresen.domains.pricing.types import UnitPrice
from tresen.entrypoints.shared import dates
from tresen.entrypoints.shared.amounts import number_words
from tresen.entrypoints.shared.rows import (
    Availability,
    AvailabilityTone,
    Choice,
    ChoiceOption,
    FactRow,
    Link,
    Price,
)
from tresen.entrypoints.shared.rows import UnitPrice as ShownUnitPrice
from tresen.entrypoints.storefront.addresses import address_of
from tresen.foundation.ids import outer

FEW = 5
"""So few pieces are worth saying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What other domains know of the product's variants."""

    prices: Mapping[UUID, UnitPrice]
    stock: Mapping[UUID, int]
    levels: Sequence[LevelRow]
    offers: Sequence[Offer]


def product_page(
    page: ProductPage, *, facts: Facts, chosen: Mapping[str, str]
) -> dict[str, object]:
    """All that the product page needs."""
    variant = chosen_variant(page, chosen)
    stock = max(facts.stock.get(variant.variant_id, 0), 0)
    price = facts.prices.get(variant.variant_id)
    return {
        "page": page,
        "variant": variant,
        "variant_id": outer("var", variant.variant_id),
        "brand": page.brand.name if page.brand else "",
        "crumbs": _crumbs(page),
        "pictures": _pictures(page, variant),
        "choices": [_choice(page, option, variant, facts) for option in page.options],
        "price": _price(variant, price) if price else None,
        "availability": _availability(stock, facts),
        "stores": _stores(facts, variant),
        "can_buy": price is not None and stock > 0,
        "most": min(stock, variant.max_per_order) if stock else 1,
        "fact_rows": _fact_rows(page, variant),
    }


def chosen_variant(page: ProductPage, chosen: Mapping[str, str]) -> VariantView:
    """The variant that fits most of what was chosen; the default one for nothing."""
    codes = {option.code for option in page.options}
    wanted = {code: value for code, value in chosen.items() if code in codes}
    if not wanted:
        return page.default_variant
    return max(
        page.variants,
        key=lambda variant: sum(variant.choices.get(code) == v for code, v in wanted.items()),
    )


def _choice(page: ProductPage, option: OptionView, variant: VariantView, facts: Facts) -> Choice:
    return Choice(
        name=option.code,
        title=option.label,
        options=[
            ChoiceOption(
                value=value.code,
                label=value.label,
                chosen=variant.choices.get(option.code) == value.code,
                available=_can_be_had(page, option, value.code, variant, facts),
                why_not=gettext("sold out"),
            )
            for value in option.values
        ],
    )


def _can_be_had(
    page: ProductPage, option: OptionView, value: str, variant: VariantView, facts: Facts
) -> bool:
    """Whether the variant that differs only in this value is in stock."""
    wanted = {**variant.choices, option.code: value}
    return any(
        dict(other.choices) == wanted and facts.stock.get(other.variant_id, 0) > 0
        for other in page.variants
    )


def _price(variant: VariantView, price: UnitPrice) -> Price:
    shown = unit_price_of(
        price.amount,
        content_amount=variant.content_amount,
        content_unit=variant.content_unit,
    )
    reference = price.reference
    percent = None
    if reference is not None and reference.minor:
        percent = (reference.minor - price.amount.minor) * 100 // reference.minor
    return Price(
        price=price.amount,
        reference_price=reference,
        percent_off=percent,
        unit_price=ShownUnitPrice(shown.amount, shown.unit) if shown else None,
    )


def _availability(stock: int, facts: Facts) -> Availability:
    words, tone = stock_words(stock)
    parcel = next((o for o in facts.offers if o.kind is DeliveryKind.PARCEL), None)
    delivery = ""
    if stock and parcel:
        span = dates.span_words(parcel.earliest, parcel.latest, language=_language())
        delivery = gettext("With you: %(days)s") % {"days": span}
    return Availability(words=words, tone=tone, delivery_words=delivery)


def stock_words(stock: int) -> tuple[str, AvailabilityTone]:
    """Whether it can be had, in words, and the tone that underlines them."""
    if stock <= 0:
        return gettext("Sold out at the moment"), "out"
    if stock <= FEW:
        words = ngettext("Only one piece left", "Only %(count)s pieces left", stock)
        return words % {"count": stock}, "low"
    return gettext("In stock, ready to send"), "ok"


def _stores(facts: Facts, variant: VariantView) -> list[str]:
    """«In the Altona shop: 4 pieces», for each store that has some."""
    return [
        ngettext("%(store)s: one piece", "%(store)s: %(count)s pieces", level.available)
        % {"store": level.location_name, "count": level.available}
        for level in facts.levels
        if level.variant_id == variant.variant_id
        and level.kind is LocationKind.STORE
        and level.available > 0
    ]


def _pictures(page: ProductPage, variant: VariantView) -> list[PictureView]:
    """The variant's own pictures first, then those of the whole product."""
    own = [media for media in page.media if media.variant_id == variant.variant_id]
    common = [media for media in page.media if media.variant_id is None]
    return own + common or list(page.media[:1])


def _crumbs(page: ProductPage) -> list[Link]:
    shelves = [
        Link(category.name, address_of("category", category.slug)) for category in page.trail
    ]
    return [Link(gettext("Shop"), reverse("storefront:home")), *shelves, Link(page.name, "")]


def _fact_rows(page: ProductPage, variant: VariantView) -> list[FactRow]:
    rows = [FactRow(view.label, _value(view)) for view in page.attributes]
    if variant.weight_g:
        weight = f"{number_words(variant.weight_g, language=_language())} g"
        rows.append(FactRow(gettext("Weight with packaging"), weight))
    if variant.origin_country:
        names = Locale.parse(_language()).territories
        country = names.get(variant.origin_country, variant.origin_country)
        rows.append(FactRow(gettext("Country of origin"), country))
    rows.append(FactRow(gettext("Article number"), variant.sku))
    if variant.gtin:
        rows.append(FactRow("GTIN", variant.gtin))
    return rows


def _value(view: AttributeView) -> str:
    value = view.value
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Decimal):
        words = number_words(value, language=_language())
        return f"{words} {view.unit}".strip()
    if isinstance(value, date):
        return dates.date_words(value, language=_language())
    return value


def _language() -> str:
    return (get_language() or "en")[:2]
