"""From products to the kit's lists and details."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.catalog.types import (
    ProductDraft,
    ProductEditRow,
    ProductListRow,
    ProductStatus,
    VariantDraft,
)
from tresen.domains.inventory.types import LevelRow
from tresen.domains.pricing.types import PriceRow
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Filter,
    FilterChoice,
    Linked,
    ListSpec,
    Section,
    Table,
)
from tresen.foundation.ids import outer


def product_url(product_id: UUID) -> str:
    return reverse("backoffice:product", args=[outer("prod", product_id)])


def status_chip(status: ProductStatus) -> Chip:
    return {
        ProductStatus.DRAFT: Chip(pgettext("product", "draft"), "attention"),
        ProductStatus.ACTIVE: Chip(pgettext("product", "sold"), "ok"),
        ProductStatus.ARCHIVED: Chip(pgettext("product", "archived"), "quiet"),
    }[status]


PRODUCTS: ListSpec[ProductListRow] = ListSpec(
    name="products",
    export_needs_proof=False,
    title=_("Goods"),
    task="products",
    columns=[
        Column(
            "name",
            _("Name"),
            lambda row: Linked(row.name, product_url(row.product_id)),
            sortable=True,
        ),
        Column("sku", _("SKU"), lambda row: row.sku),
        Column("brand", _("Brand"), lambda row: row.brand),
        Column("variants", _("Variants"), lambda row: row.variant_count, kind="number"),
        Column("status", _("State"), lambda row: [status_chip(row.status)], kind="chips"),
        Column("channels", _("Channels"), lambda row: ", ".join(row.channels)),
        Column("changed", _("Changed"), lambda row: row.changed_at, sortable=True),
    ],
    row_id=lambda row: outer("prod", row.product_id),
    row_url=lambda row: product_url(row.product_id),
    empty=Empty(
        _("No goods here"), _("Import a catalogue with «tresen import catalog», or look wider.")
    ),
    sort="name",
    search_hint=_("Name, article number or GTIN"),
    filters=[
        Filter(
            "status",
            _("State"),
            choices=[
                FilterChoice(ProductStatus.ACTIVE, _("sold")),
                FilterChoice(ProductStatus.DRAFT, _("draft")),
                FilterChoice(ProductStatus.ARCHIVED, _("archived")),
            ],
            many=False,
        )
    ],
)


def product_page(
    row: ProductEditRow,
    draft: ProductDraft,
    *,
    prices: Sequence[PriceRow],
    levels: Sequence[LevelRow],
) -> DetailPage:
    """A product with what is said, sold and stored of it."""
    locale = (get_language() or "en")[:2]
    name = next(
        (draft.texts[code].name for code in (locale, "de", "en") if code in draft.texts), row.code
    )
    return DetailPage(
        title=name,
        task="products",
        crumbs=[Crumb(gettext("Goods"), reverse("backoffice:products")), Crumb(name)],
        chips=[status_chip(row.status)],
        next_action=Action(gettext("Edit words"), _url("product_words", row), tone="primary"),
        actions=[Action(gettext("Edit prices"), _url("product_prices", row)), _switch(row)],
        sections=[*_words(draft), _variants(row, draft, prices, levels), _facts(draft)],
    )


def _switch(row: ProductEditRow) -> Action:
    if row.status is ProductStatus.ACTIVE:
        return Action(
            gettext("Take out of the shop"),
            _url("product_status", row),
            method="post",
            tone="danger",
            confirm=gettext("Nobody can buy it any more; orders that name it stay as they are."),
            fields={"archive": "1"},
        )
    return Action(gettext("Sell it"), _url("product_status", row), method="post")


def _words(draft: ProductDraft) -> list[Section]:
    languages = {"de": gettext("German"), "en": gettext("English")}
    return [
        Section(
            f"words-{code}",
            languages.get(code, code),
            facts=[
                Fact(gettext("Name"), text.name),
                Fact(gettext("In one line"), text.summary),
                Fact(gettext("Description"), strip_tags(text.description)),
                Fact(gettext("Address"), text.slug),
            ],
        )
        for code, text in sorted(draft.texts.items())
    ]


def _variants(
    row: ProductEditRow,
    draft: ProductDraft,
    prices: Sequence[PriceRow],
    levels: Sequence[LevelRow],
) -> Section:
    amounts = {price.variant_id: price.amount for price in prices if price.min_quantity == 1}
    stock: dict[UUID, int] = {}
    for level in levels:
        stock[level.variant_id] = stock.get(level.variant_id, 0) + level.available

    def variant_id(variant: VariantDraft) -> UUID:
        return row.variant_ids[variant.sku]

    columns: list[Column[VariantDraft]] = [
        Column("sku", gettext("SKU"), lambda variant: variant.sku),
        Column("choices", gettext("Options"), lambda v: ", ".join(v.choices.values())),
        Column("gtin", "GTIN", lambda variant: variant.gtin),
        Column("price", gettext("Price"), lambda v: amounts.get(variant_id(v)), kind="money"),
        Column(
            "stock",
            gettext("Available"),
            lambda v: Linked(str(stock.get(variant_id(v), 0)), _stock_url(variant_id(v))),
            kind="number",
        ),
    ]
    return Section("variants", gettext("Variants"), tables=[Table(columns, draft.variants)])


def _facts(draft: ProductDraft) -> Section:
    return Section(
        "facts",
        gettext("Facts"),
        facts=[
            Fact(gettext("Code"), draft.code),
            Fact(gettext("Brand"), draft.brand),
            Fact(gettext("Shelves"), ", ".join(draft.categories)),
            Fact(gettext("Tax category"), draft.tax_category),
            Fact(gettext("Pictures"), len(draft.media)),
            Fact(gettext("Channels"), ", ".join(draft.channels)),
        ],
    )


def _url(name: str, row: ProductEditRow) -> str:
    return reverse(f"backoffice:{name}", args=[outer("prod", row.product_id)])


def _stock_url(variant_id: UUID) -> str:
    return reverse("backoffice:variant_stock", args=[outer("var", variant_id)])
