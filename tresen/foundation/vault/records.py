"""What becomes of whole rows about people, beside the columns in a `personal.py`.

One engine (workflows/trusting) reads, erases and lets expire whatever is declared, so that no
domain writes any of that for itself. Where a row has a key of a class, most is done by the keys:
`profile` is destroyed by an erasure, what law keeps is restricted and ends with its year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tresen.foundation.vault.classes import KeyClass

Origin = Literal["provided", "observed", "derived", "ours"]
"""Provided by the person, observed while they used the shop, derived (scores), or our own papers.

Portability (Art. 20 GDPR) covers the first two only.
"""

Erasure = Literal["delete", "lock", "key", "keep"]
"""What an erasure does to a row. It goes; it is kept by law and locked with its key; only its key
decides, column by column; or it stays, because it holds fingerprints only, as proof."""

AtEnd = Literal["delete", "key"]
"""What happens when its time is over: the row goes, or the key of its year does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRows:
    """The rows of one table.

    `person` leads from a row to whose it is: a column, or over another table
    ("order_id>orders_order.person_id"); `by_email` names a column with the fingerprint of the
    address instead. `born` is the column with the moment from which the class counts (empty: the
    row goes with another one); `only` narrows to rows `t` for which this holds; `unfinished` is a
    condition under which a row is kept whatever its age (`boundary.day` is the day before which
    rows are due). `shows` are plain columns that a copy adds; `parts` columns of other tables
    (`table.column`) whose rows go with these. `own_key`: each row is a subject of its own.
    """

    table: str
    retention: KeyClass
    origin: Origin
    erasure: Erasure
    person: str = "person_id"
    by_email: str = ""
    key: str = "id"
    born: str = ""
    at_end: AtEnd = "delete"
    only: str = ""
    unfinished: str = ""
    shows: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    own_key: bool = False
