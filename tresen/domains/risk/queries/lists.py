"""The lists of abuse that were taken in."""

from __future__ import annotations

from tresen.domains.risk.types import ListName
from tresen.foundation import sql


def count_lists() -> dict[ListName, int]:
    """How many entries each list has; none for a list that was never taken in."""
    found = sql.rows(
        "SELECT list, count(*) FROM risk_listed GROUP BY list"
        " UNION ALL SELECT list, count(*) FROM risk_network GROUP BY list"
    )
    counted = {ListName(str(name)): int(str(count)) for name, count in found}
    return {name: counted.get(name, 0) for name in ListName}
