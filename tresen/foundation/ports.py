"""A shelf of named outside services. Filled once, by tresen.config.wiring, at start-up."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class NotOnShelf(LookupError):
    """No service of that name is switched on. Remedy: see tresen.config.wiring."""


class Shelf(Generic[T]):
    """Named services of one port."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._held: dict[str, T] = {}

    def put(self, name: str, service: T) -> None:
        self._held[name] = service

    def take(self, name: str) -> T:
        if name not in self._held:
            raise NotOnShelf(f"no {self.what} named {name!r}; there are: {sorted(self._held)}")
        return self._held[name]

    def names(self) -> tuple[str, ...]:
        return tuple(self._held)
