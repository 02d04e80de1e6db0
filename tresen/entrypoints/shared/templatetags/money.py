"""Amounts in the page's language: `{{ price|money }}`, `{{ count|grouped }}`."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from tresen.entrypoints.shared import amounts
from tresen.foundation.money import Money

register = template.Library()
DEFAULT_LANGUAGE = "en"


@register.filter
def money(amount: Money | None) -> str:
    """`12,34 €`; nothing for no amount."""
    if amount is None:
        return ""
    return amounts.money_words(amount, language=get_language() or DEFAULT_LANGUAGE)


@register.filter
def grouped(number: int | Decimal | None) -> str:
    """`19.406`; nothing for no number."""
    if number is None:
        return ""
    return amounts.number_words(number, language=get_language() or DEFAULT_LANGUAGE)


@register.filter
def percent(number: int | None) -> str:
    """`20 %`; nothing for no number."""
    if number is None:
        return ""
    return amounts.percent_words(number, language=get_language() or DEFAULT_LANGUAGE)
