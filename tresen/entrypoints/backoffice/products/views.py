"""Find products, look at one, edit its words and prices, show or hide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
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
from tresen.foundation.audit.deeds import Deed, record
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
            _edit_words(form, request, row=row, draft=draft)
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
            _set_prices(form, request, product_id=row.product_id)
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, gettext("Saved. The shop shows the new prices at once."))
            return _back(row)
    return render_form(request, prices_page(form, row))


@require_POST
def status(request: HttpRequest, product: str) -> HttpResponse:
    """Sell it, or take it out of the shop."""
    row, draft = _product_of(product)
    wanted = ProductStatus.ARCHIVED if "archive" in request.POST else ProductStatus.ACTIVE
    try:
        _set_status(request, draft=draft, product_id=row.product_id, wanted=wanted)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("Saved."))
    return _back(row)


@transaction.atomic
def _edit_words(
    form: WordsForm, request: HttpRequest, *, row: ProductEditRow, draft: ProductDraft
) -> None:
    now, actor, texts = clock.now(), actor_of(request), form.texts()
    edit_product(
        product_id=row.product_id,
        revision=form.cleaned_data["revision"],
        draft=replace(draft, texts=texts),
        now=now,
        actor=actor,
    )
    deed = Deed(
        action="product.edit",
        actor=actor,
        object_kind="product",
        object_id=str(row.product_id),
        before=dict(draft.texts),
        after=dict(texts),
    )
    record(deed, now=now)


@transaction.atomic
def _set_status(
    request: HttpRequest, *, draft: ProductDraft, product_id: UUID, wanted: ProductStatus
) -> None:
    now, actor = clock.now(), actor_of(request)
    set_status(product_id=product_id, status=wanted, now=now, actor=actor)
    if wanted is draft.status:
        return
    deed = Deed(
        action="product.set_status",
        actor=actor,
        object_kind="product",
        object_id=str(product_id),
        before={"status": draft.status},
        after={"status": wanted},
    )
    record(deed, now=now)


@transaction.atomic
def _set_prices(form: PricesForm, request: HttpRequest, *, product_id: UUID) -> None:
    changed = list(form.changed_prices())
    _record_prices(changed, request, product_id=product_id)
    for list_code, currency, amounts in changed:
        set_prices(
            [
                NewPrice(variant_id=variant_id, amount=Money.from_amount(amount, currency))
                for variant_id, amount in amounts.items()
            ],
            list_code=list_code,
            now=clock.now(),
            actor=actor_of(request),
        )


def _record_prices(
    changed: Sequence[tuple[str, str, Mapping[UUID, Decimal]]],
    request: HttpRequest,
    *,
    product_id: UUID,
) -> None:
    """One deed however many prices the form held; none where none is another."""
    amounts = {
        f"{list_code}:{variant_id}": f"{amount} {currency}"
        for list_code, currency, amounts in changed
        for variant_id, amount in amounts.items()
    }
    if amounts:
        deed = Deed(
            action="product.set_prices",
            actor=actor_of(request),
            object_kind="product",
            object_id=str(product_id),
            after={"prices": amounts},
        )
        record(deed, now=clock.now())


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
