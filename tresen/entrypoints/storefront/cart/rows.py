"""From a quote to what cart page, checkout and their partials show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, gettext, ngettext

from tresen.domains.fulfilment.types import DeliveryKind
from tresen.entrypoints.shared import dates
from tresen.entrypoints.shared.amounts import number_words, percent_words
from tresen.entrypoints.shared.rows import ReceiptLine, TotalLine
from tresen.entrypoints.storefront.addresses import address_of
from tresen.foundation.ids import outer
from tresen.foundation.money import Money
from tresen.workflows.buying.quote_cart import Problem, Quote, QuotedLine


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by one address, for small places."""

    url: str
    alt: str
    width: int = 320
    height: int = 400

    @property
    def urls(self) -> dict[int, str]:
        return {self.width: self.url}


@dataclass(frozen=True, slots=True, kw_only=True)
class CartRow:
    """One line of the cart page."""

    variant: str
    title: str
    url: str
    facts: str
    picture: Picture | None
    quantity: int
    most: int
    unit_price: Money | None
    total: Money
    problem: str


def cart_page(quote: Quote | None) -> dict[str, object]:
    """All that the cart page needs."""
    if quote is None or not quote.lines:
        return {"lines": [], "totals": [], "can_order": False}
    return {
        "lines": [cart_row(line) for line in quote.lines],
        "totals": totals(quote),
        "can_order": not quote.has_problems,
        "free_from": _missing_for_free(quote),
    }


def cart_row(line: QuotedLine) -> CartRow:
    """A line with what may be wrong with it, in words."""
    goods = line.goods
    return CartRow(
        variant=outer("var", line.variant_id),
        title=goods.title if goods else gettext("An article that is no longer sold"),
        url=address_of("product", goods.slug) if goods else "",
        facts=goods.options if goods else "",
        picture=_picture(line),
        quantity=line.quantity,
        most=min(max(line.available, 1), 999),
        unit_price=line.price.amount if line.price else None,
        total=line.gross,
        problem=_problem_words(line),
    )


def receipt_line(line: QuotedLine) -> ReceiptLine:
    """A line of the review, with the essential characteristics the law asks for."""
    goods, price = line.goods, line.price
    assert goods is not None
    assert price is not None
    return ReceiptLine(
        title=goods.title,
        quantity=line.quantity,
        unit_price=price.amount,
        total=line.gross,
        url=address_of("product", goods.slug),
        picture=_picture(line),
        facts=goods.options,
        note=_problem_words(line),
    )


def totals(quote: Quote) -> list[TotalLine]:
    """Goods, delivery, total, and the tax that is in it."""
    lines = [TotalLine(gettext("Goods"), quote.goods), delivery_total(quote)]
    lines.append(TotalLine(gettext("Total"), quote.gross, kind="sum"))
    language = (get_language() or "en")[:2]
    for group in quote.tax.groups if quote.tax else ():
        words = rate_words(group.rate_bp, language=language)
        lines.append(TotalLine(gettext("incl. VAT %(rate)s") % {"rate": words}, group.tax))
    return lines


def delivery_total(quote: Quote) -> TotalLine:
    """What delivery costs, as a line; pick-up and free delivery in words."""
    label = gettext("Delivery")
    if quote.delivery is None:
        return TotalLine(label, words=gettext("not possible"))
    if quote.delivery.kind is DeliveryKind.PICKUP:
        label = gettext("Pick-up")
    if quote.delivery_price.minor == 0:
        return TotalLine(label, words=gettext("free"), note=span_words(quote))
    return TotalLine(label, quote.delivery_price, note=span_words(quote))


def rate_words(rate_bp: int, *, language: str) -> str:
    """19 % or 25,5 %, as the language writes it."""
    if rate_bp % 100 == 0:
        return percent_words(rate_bp // 100, language=language)
    whole = percent_words(0, language=language)
    return whole.replace("0", number_words(Decimal(rate_bp).scaleb(-2), language=language))


def span_words(quote: Quote) -> str:
    """By when, in words: the promise."""
    if quote.delivery is None:
        return ""
    language = (get_language() or "en")[:2]
    span = dates.span_words(quote.delivery.earliest, quote.delivery.latest, language=language)
    return f"{quote.delivery.name}: {span}"


def _missing_for_free(quote: Quote) -> Money | None:
    free_from = quote.delivery.free_from if quote.delivery else None
    if free_from is None or quote.goods.minor >= free_from.minor:
        return None
    return free_from - quote.goods


def _picture(line: QuotedLine) -> Picture | None:
    goods = line.goods
    if goods is None or not goods.picture_url:
        return None
    return Picture(goods.picture_url, goods.picture_alt)


def _problem_words(line: QuotedLine) -> str:
    if line.problem is Problem.NONE:
        return ""
    if line.problem is Problem.TOO_MANY:
        return ngettext(
            "Only one piece is left. Please choose a smaller quantity.",
            "Only %(count)s pieces are left. Please choose a smaller quantity.",
            line.available,
        ) % {"count": line.available}
    if line.problem is Problem.SOLD_OUT:
        return gettext("Sold out at the moment. Please take it out to order the rest.")
    return gettext("No longer for sale. Please take it out to order the rest.")
