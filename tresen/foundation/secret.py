"""Values that must not be seen: printed, logged, dumped or formatted they are `***`."""

from __future__ import annotations

import hmac
from typing import Final, NoReturn

BLOT: Final = "***"


class Secret:
    """Holds a text. Only `reveal` gives it, so that every place that uses it can be found."""

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """The text itself, for the one who needs it; not to be kept."""
        return self.__text

    def is_the_same_as(self, given: str) -> bool:
        """In a time that tells nothing. An empty secret is the same as nothing."""
        return bool(self.__text) and hmac.compare_digest(self.__text.encode(), given.encode())

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __str__(self) -> str:
        return BLOT

    def __repr__(self) -> str:
        return BLOT

    def __format__(self, _spec: str) -> str:
        return BLOT

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


class QuietText(str):
    """For libraries that need a plain text: it is one, but its look in dumps is `***`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return BLOT
