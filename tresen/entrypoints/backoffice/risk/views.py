"""The queue of orders to check, one case, the decisions about it, and the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tresen.domains.catalog.queries import list_category_defs
from tresen.domains.orders.queries import get_order, numbers_of
from tresen.domains.risk.commands import put_ruleset
from tresen.domains.risk.queries import (
    NoSuchReview,
    ReviewFilter,
    assessments_of,
    current_ruleset,
    find_assessment,
    get_review,
    list_appeals_of,
    list_last_assessments,
    list_reviews,
)
from tresen.domains.risk.rules import preview_of
from tresen.domains.risk.types import AppealRow, Preview, Reason, ReviewRow, Ruleset
from tresen.entrypoints.backoffice.kit.cursors import read_cursor, written_cursor
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import hidden_fields, render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.types import (
    Crumb,
    FormField,
    FormPage,
    FormSection,
    Found,
    ListQuery,
)
from tresen.entrypoints.backoffice.risk import rows
from tresen.entrypoints.backoffice.risk.forms import VERBS, DecisionForm, RulesForm
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record, record_read
from tresen.foundation.ids import BadId, inner
from tresen.foundation.refusals import Refusal
from tresen.workflows.weighing.decide_review import (
    answer_appeal,
    ask_safer_payment,
    refuse_order,
    release_order,
)

Decide = Callable[[UUID, Reason, datetime, Actor], None]


@list_screen(rows.REVIEWS)
def reviews(request: HttpRequest, asked: ListQuery) -> Found[rows.ReviewLine]:  # noqa: ARG001
    """Open ones by their clock, else the newest first."""
    narrow = ReviewFilter(
        state=asked.one("state"),
        is_open=bool(asked.one("open")),
        with_appeal=bool(asked.one("appeal")),
    )
    found = list_reviews(narrow=narrow, before=_seek(asked.after), limit=asked.limit + 1)
    shown = found[: asked.limit]
    order_ids = [review.order_id for review in shown if review.order_id]
    numbers, said, now = numbers_of(order_ids), assessments_of(order_ids), clock.now()
    lines = [
        rows.ReviewLine(
            review=review,
            number=numbers.get(review.order_id, "") if review.order_id else "",
            reasons=said[review.order_id].scored.reasons if review.order_id in said else (),
            now=now,
        )
        for review in shown
    ]
    return Found(lines, next_cursor=_cursor(shown, narrow) if len(found) > asked.limit else "")


@require_GET
def review(request: HttpRequest, review: str) -> HttpResponse:
    """One case with everything that was said of it."""
    row, now = _review_of(review), clock.now()
    appeals = list_appeals_of(row.id)
    _note_reading(request, row, appeals, now=now)
    page = rows.review_page(
        row,
        assessed=find_assessment(row.order_id) if row.order_id else None,
        order=get_order(row.order_id) if row.order_id else None,
        appeals=appeals,
        now=now,
    )
    return render_detail(request, page)


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, review: str, verb: str) -> HttpResponse:
    """What a decision would do, in words; then it is done."""
    row, words = _review_of(review), VERBS.get(verb)
    if words is None:
        raise Http404(verb)
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, reasons=words.reasons)
    if data is not None and form.is_valid():
        try:
            _DECIDE[verb](
                row.id, Reason(form.cleaned_data["reason"]), clock.now(), actor_of(request)
            )
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, str(words.done))
            return HttpResponseRedirect(rows.review_url(row.id))
    page = FormPage(
        title=words.title,
        form=form,
        sections=[FormSection(gettext("Reason"), [FormField(form["reason"])])],
        submit_label=words.submit,
        cancel_url=rows.review_url(row.id),
        task="trust",
        lead=words.lead,
    )
    return render_form(request, page)


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Thresholds: tried on the last orders first, kept only as they were tried."""
    current = current_ruleset()
    data = request.POST if request.method == "POST" else None
    form = RulesForm(data, categories=_categories(), initial=_initial(current))
    tried: Preview | None = None
    if data is not None and form.is_valid():
        wanted = form.ruleset(current)
        if form.cleaned_data["seen"] == form.digest():
            _keep(request, wanted, current)
            messages.success(request, gettext("Kept. From the next order on these hold."))
            return HttpResponseRedirect(reverse("backoffice:risk_rules"))
        tried = _tried(wanted)
        form = RulesForm(
            initial=form.cleaned_data | {"seen": form.digest()}, categories=_categories()
        )
    return render_form(request, _rules_page(form, tried))


def _keep(request: HttpRequest, wanted: Ruleset, current: Ruleset) -> None:
    actor, now = actor_of(request), clock.now()
    with transaction.atomic():
        version = put_ruleset(ruleset=wanted, now=now, actor=actor)
        if version != current.version:
            deed = Deed(
                action="risk_rules.change",
                actor=actor,
                object_kind="risk_rules",
                object_id=str(version),
                before=_initial(current),
                after=_initial(wanted),
            )
            record(deed, now=now)


def _rules_page(form: RulesForm, tried: Preview | None) -> FormPage:
    numbers = [
        FormField(form["stronger_from"], width="short", inputmode="numeric"),
        FormField(form["review_from"], width="short", inputmode="numeric"),
        FormField(form["hours"], width="short", unit=gettext("hours"), inputmode="numeric"),
    ]
    has_goods = bool(form.fields["resale"].choices)  # type: ignore[attr-defined]
    return FormPage(
        title=gettext("When an order is checked"),
        form=form,
        sections=[
            FormSection(gettext("Scores from 0 to 100"), [*numbers, *hidden_fields(form)]),
            *([FormSection(gettext("Goods"), [FormField(form["resale"])])] if has_goods else []),
        ],
        submit_label=gettext("Keep these thresholds") if tried else gettext("Try on past orders"),
        cancel_url=f"{reverse('backoffice:risk_reviews')}?open=1",
        task="trust",
        crumbs=[
            Crumb(gettext("Orders to check"), f"{reverse('backoffice:risk_reviews')}?open=1"),
            Crumb(gettext("Rules")),
        ],
        lead=_preview_words(tried) if tried else _rules_lead(),
    )


def _rules_lead() -> str:
    return gettext(
        "Prepayment is always offered, a VPN never counts, and only people refuse. What you"
        " change is tried on the last orders before it is kept."
    )


def _preview_words(tried: Preview) -> str:
    if not tried.orders:
        return gettext("No orders yet to try this on. It can be kept all the same.")
    return ngettext(
        "With these thresholds %(reviewed)s of the last %(orders)s order would have been to"
        " check (it was %(today)s), and %(stronger)s asked for a safer way to pay.",
        "With these thresholds %(reviewed)s of the last %(orders)s orders would have been to"
        " check (it was %(today)s), and %(stronger)s asked for a safer way to pay.",
        tried.orders,
    ) % {
        "reviewed": tried.reviewed,
        "orders": tried.orders,
        "today": tried.reviewed_today,
        "stronger": tried.stronger,
    }


def _tried(wanted: Ruleset) -> Preview:
    past = [(one.facts, one.history, one.method, one.outcome) for one in list_last_assessments()]
    return preview_of(past, ruleset=wanted)


def _initial(ruleset: Ruleset) -> dict[str, object]:
    return {
        "stronger_from": ruleset.stronger_from,
        "review_from": ruleset.review_from,
        "hours": ruleset.hours,
        "resale": sorted(ruleset.resale),
    }


def _categories() -> list[tuple[str, str]]:
    locale = (get_language() or "en")[:2]
    return [
        (found.path, found.texts[locale].name if locale in found.texts else found.path)
        for found in list_category_defs()
    ]


def _note_reading(
    request: HttpRequest, row: ReviewRow, appeals: Sequence[AppealRow], *, now: datetime
) -> None:
    """The customer's words are theirs: reading them is written down."""
    if not appeals:
        return
    record_read(
        action="risk_appeal.view",
        actor=actor_of(request),
        persons=(),
        fields=("risk_appeal.words",),
        now=now,
        object_kind="order" if row.order_id else "cart",
        object_id=str(row.order_id or row.cart_id),
    )


def _review_of(text: str) -> ReviewRow:
    try:
        return get_review(inner("rev", text))
    except (BadId, NoSuchReview) as error:
        raise Http404(text) from error


def _cursor(shown: Sequence[ReviewRow], narrow: ReviewFilter) -> str:
    last = shown[-1]
    return written_cursor(last.due_at if narrow.is_open else last.opened_at, last.id)


def _seek(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    return cast("tuple[datetime, UUID]", read_cursor(cursor, kinds=(datetime, UUID)))


_DECIDE: dict[str, Decide] = {
    "release": lambda id_, why, now, actor: release_order(
        review_id=id_, reason=why, now=now, actor=actor
    ),
    "payment": lambda id_, why, now, actor: ask_safer_payment(
        review_id=id_, reason=why, now=now, actor=actor
    ),
    "refusal": lambda id_, why, now, actor: refuse_order(
        review_id=id_, reason=why, now=now, actor=actor
    ),
    "favour": lambda id_, why, now, actor: answer_appeal(
        review_id=id_, in_favour=True, reason=why, now=now, actor=actor
    ),
    "against": lambda id_, why, now, actor: answer_appeal(
        review_id=id_, in_favour=False, reason=why, now=now, actor=actor
    ),
}
