"""Definitions that a foreign file brings along: brands, shelves, options, attributes."""

from __future__ import annotations

from tresen.domains.catalog.rules.codes import code_from, name_from, shown
from tresen.domains.catalog.rules.refusals import CodeUnsound
from tresen.domains.catalog.types import (
    AttributeDef,
    BrandDef,
    CategoryDef,
    CategoryText,
    Choice,
    OptionDef,
)
from tresen.workflows.supplying.catalog_files.attribute_values import label_from
from tresen.workflows.supplying.catalog_files.shaped import Definitions
from tresen.workflows.supplying.catalog_files.values import Paths


class Growth:
    """Gives codes to names, and remembers what has not been handed on yet."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._codes: dict[tuple[str, str], str] = {}
        self.definitions = Definitions()

    def take(self) -> Definitions:
        """What is new since the last time."""
        taken, self.definitions = self.definitions, Definitions()
        return taken

    def brand(self, name: str) -> str:
        """The code of the brand of that name."""
        if not name:
            return ""
        key = ("brand", name)
        if key not in self._codes:
            code = _required(code_from(name), name, "brand")
            self._codes[key] = code
            self.definitions.brands.setdefault(code, BrandDef(code=code, name=name))
        return self._codes[key]

    def categories(self, paths: Paths) -> tuple[str, ...]:
        """The paths of the shelves of those names; each shelf above them comes along."""
        return tuple(self._category(names) for names in paths)

    def option(self, option: str, words: str) -> str:
        """The code of an option's value."""
        key = (option, words)
        if key not in self._codes:
            code = _required(name_from(words), words, f"option.{option}")
            self._codes[key] = code
            value = Choice(code=code, labels={self._locale: words})
            known = self.definitions.options.get(option)
            values = (*(known.values if known else ()), value)
            labels = {self._locale: label_from(option)}
            self.definitions.options[option] = OptionDef(code=option, labels=labels, values=values)
        return self._codes[key]

    def attribute(self, definition: AttributeDef) -> None:
        key = ("attribute", definition.code)
        if key not in self._codes:
            self._codes[key] = definition.code
            self.definitions.attributes[definition.code] = definition

    def _category(self, names: tuple[str, ...]) -> str:
        path = ""
        for name in names:
            code = _required(code_from(name), name, "categories")
            path = f"{path}/{code}" if path else code
            key = ("category", path)
            if key not in self._codes:
                self._codes[key] = path
                texts = {self._locale: CategoryText(name=name)}
                self.definitions.categories[path] = CategoryDef(path=path, texts=texts)
        return path


def _required(code: str, words: str, field: str) -> str:
    if not code:
        raise CodeUnsound(field=field, params={"value": shown(words)})
    return code
