"""How a domain says which of its rows belong to a person, beside the columns in its personal.py.

One engine (workflows/trusting) reads, erases and lets expire whatever is declared here, so that
no domain writes any of that for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Origin = Literal["provided", "observed", "derived", "ours"]
"""Provided by the person, observed while they used the shop, derived (scores), or our own papers.

Portability (Art. 20 GDPR) covers the first two only.
"""
Erasure = Literal["delete", "shred", "restrict", "keep"]
"""What an erasure does: the row goes; its personal parts become unreadable; it is kept under the
tax key for its statutory time and shown to nobody without `tax_audit`; or it stays, because it
holds fingerprints only, as proof."""
AtEnd = Literal["delete", "shred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRows:
    """The rows of one table.

    `person` is an SQL expression over the row `t` that gives the person's id; `born` the column
    with the moment from which the class `retention` counts (empty: the row goes with another);
    `only` narrows to rows for which this holds; `shows` are plain columns that an export adds to
    the declared personal ones. `marks`: the table has restricted_until, restricted_law and
    shredded_at, because screens show its rows. `unfinished` is a condition under which a row is
    kept whatever its age.
    """

    table: str
    person: str = "t.person_id"
    key: str = "id"
    born: str = ""
    retention: str
    origin: Origin
    erasure: Erasure
    at_end: AtEnd = "delete"
    only: str = ""
    unfinished: str = ""
    shows: tuple[str, ...] = ()
    marks: bool = False
