"""The registry of blind indexes: one entry per column of fingerprints, and how each is made anew.

Each app declares them in its `personal.py`: `INDEXES`, and `NOT_BLIND` for other columns of bytes
(digests of random names, signatures), with what they are. A test refuses a column in neither, so
that a change of the key reaches every fingerprint of the house. From the second version of the
key on a fingerprint carries its version as its last byte: what is old is told by looking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tresen.foundation.vault.personal import personal_modules


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindIndex:
    """The fingerprints in `place` ("table.column"), made with `purpose`.

    One of three says how they become new. `source`: a sealed column of the same row holds the
    value ("contact", or "contact/email" of a JSON text), which goes through `normal`. `address`:
    it is the fingerprint of an e-mail address without the address; it is put right for every
    address that is known. `ends`: nothing holds the value; why old ones come to an end.

    `only` narrows to rows `t`; `unique`: no two rows may have the same.
    """

    place: str
    purpose: str
    source: str = ""
    normal: Callable[[str], str] = str
    address: bool = False
    ends: str = ""
    key: str = "id"
    only: str = "true"
    unique: bool = False

    def __post_init__(self) -> None:
        ways = bool(self.source), self.address, bool(self.ends)
        assert sum(ways) == 1, f"{self.place}: how does it become new?"

    @property
    def table(self) -> str:
        return self.place.partition(".")[0]

    @property
    def column(self) -> str:
        return self.place.partition(".")[2]


@lru_cache(maxsize=1)
def index_columns() -> tuple[BlindIndex, ...]:
    """Every declared blind index of the running house."""
    return tuple(
        column for module in personal_modules() for column in getattr(module, "INDEXES", ())
    )


@lru_cache(maxsize=1)
def other_bytes() -> Mapping[str, str]:
    """`table.column` → what it is, of columns of bytes that are no blind index."""
    return {
        place: what
        for module in personal_modules()
        for place, what in getattr(module, "NOT_BLIND", {}).items()
    }
