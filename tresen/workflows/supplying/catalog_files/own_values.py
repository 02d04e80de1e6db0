"""Taking plain JSON values apart; what is not as it should be is refused by its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import NoReturn, TypeVar

from tresen.domains.catalog.rules.codes import shown
from tresen.workflows.supplying.catalog_files.faults import ValueUnreadable

T = TypeVar("T")


class Taken:
    """The values of one JSON object, asked for by name and kind."""

    def __init__(self, value: object, *, field: str) -> None:
        if not isinstance(value, dict):
            _refuse(value, "{ … }", field)
        self._values: dict[str, object] = value
        self._field = field

    def text(self, name: str) -> str:
        value = self._values.get(name, "")
        return value if isinstance(value, str) else self.wrong(name, "text")

    def whole(self, name: str) -> int | None:
        value = self._values.get(name)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if value is None or is_whole:
            return value  # type: ignore[return-value]  # just checked
        return self.wrong(name, "1, 2, 3 …")

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        return value if isinstance(value, bool) else self.wrong(name, "true, false")

    def decimal(self, name: str) -> Decimal | None:
        text = self.text(name)
        try:
            return Decimal(text) if text else None
        except InvalidOperation:
            return self.wrong(name, "12.34")

    def day(self, name: str) -> date | None:
        return self._parsed(name, date.fromisoformat, "2026-12-31")

    def moment(self, name: str) -> datetime | None:
        """Aware; without a zone it counts as UTC."""
        found = self._parsed(name, datetime.fromisoformat, "2026-12-31T00:00:00+00:00")
        return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(name, "[ … ]")
        return tuple(value)

    def words(self, name: str) -> dict[str, str]:
        value = self._values.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self.wrong(name, "{ … }")
        return value

    def values(self, name: str) -> dict[str, object]:
        value = self._values.get(name, {})
        return value if isinstance(value, dict) else self.wrong(name, "{ … }")

    def text_lists(self, name: str) -> dict[str, tuple[str, ...]]:
        lists = Taken(self._values.get(name, {}), field=f"{self._field}{name}.")
        return {key: lists.texts(key) for key in self.values(name)}

    def many(self, name: str) -> list[Taken]:
        value = self._values.get(name, [])
        if not isinstance(value, list):
            self.wrong(name, "[ … ]")
        return [Taken(one, field=f"{self._field}{name}[{at}].") for at, one in enumerate(value)]

    def named(self, name: str) -> dict[str, Taken]:
        return {
            key: Taken(value, field=f"{self._field}{name}.{key}.")
            for key, value in self.values(name).items()
        }

    def one_of(self, name: str, kinds: Callable[[str], T]) -> T:
        try:
            return kinds(self.text(name))
        except ValueError:
            return self.wrong(name, getattr(kinds, "__name__", "…"))

    def _parsed(self, name: str, parse: Callable[[str], T], wanted: str) -> T | None:
        text = self.text(name)
        try:
            return parse(text) if text else None
        except ValueError:
            return self.wrong(name, wanted)

    def wrong(self, name: str, wanted: str) -> NoReturn:
        """Refuse the value of that name."""
        _refuse(self._values.get(name), wanted, f"{self._field}{name}")


def _refuse(value: object, wanted: str, field: str) -> NoReturn:
    raise ValueUnreadable(field=field, params={"value": shown(value), "wanted": wanted})
