"""Are filters, order and page size such as we know them? Limits are in types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tresen.domains.discovery.types import (
    CODE_LENGTH_MAX,
    FILTER_VALUES_MAX,
    FILTERS_MAX,
    PAGE_MAX,
    PRICE_MINOR_MAX,
    Filters,
    Sort,
)
from tresen.foundation.refusals import Refusal


class BadFilter(Refusal):
    """A filter with too many or too long values, or a price that is none."""

    code = "bad_filter"
    message = "This filter is not possible.\nPlease remove it or choose another value."


class BadSort(Refusal):
    """An order that this list does not have."""

    code = "bad_sort"
    message = "Please choose one of these orders: %(known)s."


class BadLimit(Refusal):
    """A page of no or of too many entries."""

    code = "bad_limit"
    message = "Please choose between 1 and %(max)s entries per page."


def sound_filters(
    *,
    brands: Iterable[str] = (),
    attributes: Mapping[str, Iterable[str]] | None = None,
    price_min: int | None = None,
    price_max: int | None = None,
    in_stock: bool = False,
) -> Filters:
    """The same filters in one order, doubles and empty values dropped. Raises BadFilter."""
    wanted = attributes or {}
    if len(wanted) > FILTERS_MAX:
        raise BadFilter(field="attr")
    chosen = {
        _code(code, field="attr"): _values(values, field=f"attr.{code[:40]}")
        for code, values in sorted(wanted.items())
    }
    if price_min is not None and price_max is not None and price_min > price_max:
        raise BadFilter(field="price_max")
    return Filters(
        brands=_values(brands, field="brand"),
        attributes={code: values for code, values in chosen.items() if values},
        price_min=_price(price_min, field="price_min"),
        price_max=_price(price_max, field="price_max"),
        in_stock=in_stock,
    )


def sound_sort(text: str, *, is_search: bool) -> Sort:
    """An empty text is the usual order. Raises BadSort."""
    known = [sort for sort in Sort if is_search or sort is not Sort.RELEVANCE]
    if not text:
        return Sort.RELEVANCE if is_search else Sort.RANK
    found = next((sort for sort in known if sort.value == text), None)
    if found is None:
        raise BadSort(field="sort", params={"known": ", ".join(known)})
    return found


def sound_limit(limit: int) -> int:
    """Raises BadLimit."""
    if not 1 <= limit <= PAGE_MAX:
        raise BadLimit(field="limit", params={"max": PAGE_MAX})
    return limit


def _values(values: Iterable[str], *, field: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(_code(value, field=field) for value in values if value))
    if len(chosen) > FILTER_VALUES_MAX:
        raise BadFilter(field=field)
    return chosen


def _code(text: str, *, field: str) -> str:
    if not text or len(text) > CODE_LENGTH_MAX or not _is_sendable(text):
        raise BadFilter(field=field)
    return text


def _is_sendable(text: str) -> bool:
    """PostgreSQL takes no NUL and no half of a surrogate pair."""
    return "\0" not in text and text.encode(errors="ignore").decode() == text


def _price(minor: int | None, *, field: str) -> int | None:
    if minor is not None and not 0 <= minor <= PRICE_MINOR_MAX:
        raise BadFilter(field=field)
    return minor
