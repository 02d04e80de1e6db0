"""From levels and movements to the kit's lists and details: every number with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.catalog.types import VariantListRow
from tresen.domains.inventory.types import (
    CUSTOMER,
    LOSS,
    SUPPLIER,
    TRANSIT,
    Claim,
    LevelRow,
    LocationRow,
    MovementRow,
    Reason,
)
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Linked,
    ListSpec,
    Section,
    Table,
)
from tresen.foundation.ids import outer


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """A variant with its sums over all locations."""

    variant: VariantListRow
    on_hand: int
    allocated: int
    reserved: int
    available: int


def variant_url(variant_id: UUID) -> str:
    return reverse("backoffice:variant_stock", args=[outer("var", variant_id)])


STOCK: ListSpec[StockRow] = ListSpec(
    name="stock",
    export_needs_proof=False,
    title=_("Stock"),
    task="stock",
    columns=[
        Column(
            "sku",
            _("SKU"),
            lambda row: Linked(row.variant.sku, variant_url(row.variant.variant_id)),
        ),
        Column("name", _("Name"), lambda row: row.variant.name),
        Column("on_hand", _("On hand"), lambda row: row.on_hand, kind="number"),
        Column("allocated", _("For orders"), lambda row: row.allocated, kind="number"),
        Column("reserved", _("In checkouts"), lambda row: row.reserved, kind="number"),
        Column("available", _("Available"), lambda row: row.available, kind="number"),
    ],
    row_id=lambda row: outer("var", row.variant.variant_id),
    row_url=lambda row: variant_url(row.variant.variant_id),
    empty=Empty(_("No goods here"), _("Each article with an article number appears here.")),
    search_hint=_("Article number or name"),
)


def stock_rows(variants: Sequence[VariantListRow], levels: Sequence[LevelRow]) -> list[StockRow]:
    """Sums per variant."""
    return [
        StockRow(
            variant=variant,
            on_hand=sum(level.on_hand for level in _of(levels, variant)),
            allocated=sum(level.allocated for level in _of(levels, variant)),
            reserved=sum(level.reserved for level in _of(levels, variant)),
            available=sum(level.available for level in _of(levels, variant)),
        )
        for variant in variants
    ]


def variant_page(
    row: VariantListRow,
    *,
    levels: Sequence[LevelRow],
    claims: Sequence[Claim],
    movements: Sequence[MovementRow],
    locations: Sequence[LocationRow],
    orders: Collection[UUID],
) -> DetailPage:
    """Why there are so many; only `orders` are led to, others are of other stores."""
    token = outer("var", row.variant_id)
    places = _place_names(locations)
    return DetailPage(
        title=f"{row.sku} · {row.name}",
        task="stock",
        crumbs=[Crumb(gettext("Stock"), reverse("backoffice:stock")), Crumb(row.sku)],
        next_action=Action(
            gettext("Book in"),
            reverse("backoffice:stock_receipt", args=[token]),
            tone="primary",
            icon="package",
        ),
        actions=[Action(gettext("Count"), reverse("backoffice:stock_count", args=[token]))],
        sections=[
            _levels(levels),
            _claims(claims, places, orders),
            _movements(movements, places, orders),
        ],
    )


def _levels(levels: Sequence[LevelRow]) -> Section:
    columns: list[Column[LevelRow]] = [
        Column("place", gettext("Place"), lambda level: level.location_name),
        Column("on_hand", gettext("On hand"), lambda level: level.on_hand, kind="number"),
        Column("allocated", gettext("For orders"), lambda level: level.allocated, kind="number"),
        Column("reserved", gettext("In checkouts"), lambda level: level.reserved, kind="number"),
        Column("available", gettext("Available"), lambda level: level.available, kind="number"),
    ]
    sums = (
        gettext("Sum"),
        sum(level.on_hand for level in levels),
        sum(level.allocated for level in levels),
        sum(level.reserved for level in levels),
        sum(level.available for level in levels),
    )
    return Section(
        "levels",
        gettext("Where it lies"),
        tables=[Table(columns, levels, sums=sums)],
        text=gettext("Available is what lies there less what is kept for orders and checkouts."),
    )


def _claims(
    claims: Sequence[Claim], places: Mapping[str, str], orders: Collection[UUID]
) -> Section:
    columns: list[Column[Claim]] = [
        Column("who", gettext("For"), lambda claim: _claimant(claim, orders)),
        Column("place", gettext("Place"), lambda claim: places[claim.location_code]),
        Column("quantity", gettext("Pieces"), lambda claim: claim.quantity, kind="number"),
        Column("until", gettext("Until"), lambda claim: claim.until),
    ]
    return Section("claims", gettext("For whom it is kept"), tables=[Table(columns, claims)])


def _claimant(claim: Claim, orders: Collection[UUID]) -> str | Linked:
    if claim.order_id is None:
        return gettext("a cart in checkout")
    if claim.order_id not in orders:
        return gettext("an order of another store")
    url = reverse("backoffice:order", args=[outer("ord", claim.order_id)])
    return Linked(gettext("an order"), url)


def _movements(
    movements: Sequence[MovementRow], places: Mapping[str, str], orders: Collection[UUID]
) -> Section:
    columns: list[Column[MovementRow]] = [
        Column("at", gettext("When"), lambda row: row.moved_at),
        Column("why", gettext("Why"), lambda row: _cause(row, orders)),
        Column("from", gettext("From"), lambda row: places[row.from_code]),
        Column("to", gettext("To"), lambda row: places[row.to_code]),
        Column("quantity", gettext("Pieces"), lambda row: row.quantity, kind="number"),
    ]
    return Section("movements", gettext("Every movement"), tables=[Table(columns, movements)])


def _place_names(locations: Sequence[LocationRow]) -> dict[str, str]:
    """By code; the places beyond our walls in the reader's language."""
    beyond = {
        SUPPLIER: pgettext("movement", "Supplier"),
        CUSTOMER: pgettext("movement", "Customers"),
        LOSS: pgettext("movement", "Loss"),
        TRANSIT: pgettext("movement", "On the road"),
    }
    return {location.code: location.name for location in locations} | beyond


def _cause(row: MovementRow, orders: Collection[UUID]) -> str | Linked:
    words = {
        Reason.RECEIPT: pgettext("movement", "received"),
        Reason.SALE: pgettext("movement", "sold"),
        Reason.RETURN: pgettext("movement", "returned"),
        Reason.TRANSFER: pgettext("movement", "moved"),
        Reason.COUNT: pgettext("movement", "counted"),
        Reason.DAMAGE: pgettext("movement", "damaged"),
        Reason.THEFT: pgettext("movement", "stolen or lost"),
        Reason.EXPIRY: pgettext("movement", "past its date"),
    }[row.reason]
    if row.cause.kind != "order" or row.cause.id is None or row.cause.id not in orders:
        return words
    return Linked(words, reverse("backoffice:order", args=[outer("ord", row.cause.id)]))


def _of(levels: Sequence[LevelRow], variant: VariantListRow) -> list[LevelRow]:
    return [level for level in levels if level.variant_id == variant.variant_id]
