"""Every route that the house answers: the resolver's, and each operation of an API in it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView


@dataclass(frozen=True, slots=True)
class Route:
    """`key` is what the table calls it; `methods` are known where the framework tells them."""

    key: str
    name: str
    address: str
    view: Callable[..., Any]
    methods: frozenset[str] = frozenset()


def every_route(patterns: Sequence[URLPattern | URLResolver] | None = None) -> Iterator[Route]:
    """Of these patterns; else of the whole shop, in the language that is active."""
    found = get_resolver().url_patterns if patterns is None else patterns
    yield from _walk(found, names=(), before="/")


def _walk(
    patterns: Sequence[URLPattern | URLResolver], *, names: tuple[str, ...], before: str
) -> Iterator[Route]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern.url_patterns, names=inner, before=address)
        else:
            yield from _routes_of(pattern, ":".join((*names, pattern.name or "")), address)


def _routes_of(pattern: URLPattern, name: str, address: str) -> Iterator[Route]:
    operations = _operations_of(pattern.callback)
    if operations is None:
        yield Route(name if pattern.name else "", name, address, pattern.callback)
        return
    for operation in operations:
        for method in operation.methods:
            key = f"{method} {address}"
            yield Route(key, name, address, pattern.callback, frozenset({method}))


def _operations_of(view: Callable[..., Any]) -> list[Any] | None:
    """What an address of the API framework does, by method; None for any other view."""
    if getattr(view, "__module__", "") != PathView.__module__:
        return None
    found = inspect.getclosurevars(view).nonlocals.get("self")
    return list(found.operations) if isinstance(found, PathView) else None
