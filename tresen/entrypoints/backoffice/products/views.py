"""Find products, look at one, edit its words and prices, show or hide it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.catalog.commands import edit_product, set_status
from tresen.domains.catalog.queries import (
    CursorUnsound,
    NoSuchProduct,
    get_draft,
    list_products,
)
from tresen.domains.catalog.types import (
    ProductDraft,
    ProductEditRow,
    ProductListRow,
    ProductSort,
    ProductStatus,
)
from tresen.domains.inventory.queries import list_levels
from tresen.domains.pricing.commands import set_prices
from tresen.domains.pricing.queries import list_prices
from tresen.domains.pricing.types import NewPrice
from tresen.entrypoints.backoffice.kit.asking import ListRefused
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.types import Found, ListQuery
from tresen.entrypoints.backoffice.products import rows
from tresen.entrypoints.backoffice.products.forms import (
    PricesForm,
    WordsForm,
    prices_page,
    words_page,
)
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal


@list_screen(rows.PRODUCTS)
def products(request: HttpRequest, asked: ListQuery) -> Found[ProductListRow]:  # noqa: ARG001
    """All products, active or not."""
    status = asked.one("status")
    try:
        page = list_products(
            locale=_locale(),
            search=asked.search,
            status=ProductStatus(status) if status else None,
            sort=ProductSort(asked.sort or "name"),
            cursor=asked.after,
            limit=asked.limit,
        )
    except CursorUnsound as error:
        raise ListRefused(field="after", remedy=text_of(error)) from error
    return Found(page.rows, next_cursor=page.next_cursor)


@require_GET
def product(request: HttpRequest, product: str) -> HttpResponse:
    """One product with its variants, prices and stock."""
    row, draft = _product_of(product)
    variant_ids = list(row.variant_ids.values())
    page = rows.product_page(
        row, draft, prices=list_prices(variant_ids), levels=list_levels(variant_ids)
    )
    return render_detail(request, page)


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, product: str) -> HttpResponse:
    """Name, summary and description in each language."""
    row, draft = _product_of(product)
    form = WordsForm(
        request.POST if request.method == "POST" else None, draft=draft, revision=row.revision
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_product(
                product_id=row.product_id,
                revision=form.cleaned_data["revision"],
                draft=replace(draft, texts=form.texts()),
                now=clock.now(),
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, gettext("Saved."))
            return _back(row)
    return render_form(request, words_page(form, row))


@require_http_methods(["GET", "POST"])
def prices(request: HttpRequest, product: str) -> HttpResponse:
    """What one piece of each variant costs."""
    row, _draft = _product_of(product)
    known = list_prices(list(row.variant_ids.values()))
    form = PricesForm(
        request.POST if request.method == "POST" else None, variants=row.variant_ids, prices=known
    )
    if request.method == "POST" and form.is_valid():
        try:
            _set_prices(form, request)
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, gettext("Saved. The shop shows the new prices at once."))
            return _back(row)
    return render_form(request, prices_page(form, row))


@require_POST
def status(request: HttpRequest, product: str) -> HttpResponse:
    """Sell it, or take it out of the shop."""
    row, _draft = _product_of(product)
    wanted = ProductStatus.ARCHIVED if "archive" in request.POST else ProductStatus.ACTIVE
    try:
        set_status(
            product_id=row.product_id, status=wanted, now=clock.now(), actor=actor_of(request)
        )
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("Saved."))
    return _back(row)


@transaction.atomic
def _set_prices(form: PricesForm, request: HttpRequest) -> None:
    for list_code, currency, amounts in form.changed_prices():
        set_prices(
            [
                NewPrice(variant_id=variant_id, amount=Money.from_amount(amount, currency))
                for variant_id, amount in amounts.items()
            ],
            list_code=list_code,
            now=clock.now(),
            actor=actor_of(request),
        )


def _product_of(text: str) -> tuple[ProductEditRow, ProductDraft]:
    try:
        product_id: UUID = inner("prod", text)
        return get_draft(product_id)
    except (BadId, NoSuchProduct) as error:
        raise Http404(text) from error


def _back(row: ProductEditRow) -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:product", args=[outer("prod", row.product_id)]))


def _locale() -> str:
    return (get_language() or "en")[:2]
