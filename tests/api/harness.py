"""Sends generated requests to every operation of the store API and says what was wrong.

In process, by WSGI. A share of the requests carries true ids and articles, so that more than
«not found» is examined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import schemathesis.openapi
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

DOCUMENT = "/api/store/v1/openapi.json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SEED = 20261121
EXAMPLES_OF_READS = 30
EXAMPLES_OF_WRITES = 120
"""With 40 the planted bug of the control stayed hidden."""
_NUMBERS = st.one_of(
    st.integers(1, 999), st.sampled_from([-1, 0, 1_000, 2**31, 2**63, 10**30, 1.5, 3.0])
)
"""Spread evenly, and the ends of what machines can count; generators prefer small ones."""
_FILLED = 3
_FILL: Mapping[str, tuple[str, ...]] = {
    "addLine": ("sku", "quantity"),
    "setQuantity": ("quantity",),
}
"""What may be left out and mostly is."""

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Examined:
    """How many requests were answered with which status, and each failure's words."""

    statuses: Mapping[int, int]
    failures: list[str]


def examine(
    app: App,
    *,
    key: str,
    truths: Mapping[str, str],
    only: frozenset[str] = frozenset(),
) -> Examined:
    """`truths` are values by the name of the field or path part that they fit."""
    document = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    statuses: dict[int, int] = {}
    failures: list[str] = []
    for found in document.get_all_operations():
        operation = found.ok()
        if only and operation.definition.raw["operationId"] not in only:
            continue
        try:
            _try(operation, key=key, truths=truths, statuses=statuses)
        except* Failure as group:
            failures += [f"{operation.label}: {error}" for error in _flat(group)]
    return Examined(statuses, failures)


def _try(
    operation: Any,
    *,
    key: str,
    truths: Mapping[str, str],
    statuses: dict[int, int],
) -> None:
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES_OF_WRITES if operation.body else EXAMPLES_OF_READS,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), true=st.integers(0, 3), number=_NUMBERS)
    def send(case: Any, true: int, number: float) -> None:
        if true:
            case.path_parameters = _told(case.path_parameters, truths)
            case.body = _told(case.body, truths)
        if true == _FILLED and isinstance(case.body, dict):
            filled = _FILL.get(operation.definition.raw["operationId"], ())
            case.body |= {name: truths.get(name, number) for name in filled}
        headers = {"X-Publishable-Key": key, "Accept-Language": "de"}
        response = case.call(headers=headers)
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        case.validate_response(response, checks=CHECKS)

    send()


def _told(value: Any, truths: Mapping[str, str]) -> Any:
    """The same, with true values where their names stand."""
    if isinstance(value, dict):
        return {
            name: truths[name] if name in truths and isinstance(part, str) else _told(part, truths)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_told(part, truths) for part in value]
    return value


def _flat(group: BaseException) -> list[BaseException]:
    if isinstance(group, BaseExceptionGroup | FailureGroup):
        return [leaf for error in group.exceptions for leaf in _flat(error)]
    return [group]
