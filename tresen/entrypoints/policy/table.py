"""The whole table: what is not in it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tresen.entrypoints.policy import (
    api,
    backoffice,
    machines,
    shoppers,
    signin,
    storefront,
    trust,
)
from tresen.entrypoints.policy.types import Rule

_PARTS = (storefront, shoppers, signin, backoffice, trust, api, machines)


def _joined() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for part in _PARTS:
        twice = found.keys() & part.ROUTES.keys()
        assert not twice, f"declared twice: {sorted(twice)}"
        found.update(part.ROUTES)
    return found


TABLE: Mapping[str, Rule] = MappingProxyType(_joined())


def find_rule(name: str) -> Rule | None:
    """By the view's name with its namespaces, or «METHOD /address» of an API's operation."""
    return TABLE.get(name)
