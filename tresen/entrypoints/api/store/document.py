"""The OpenAPI document, with what holds for every operation said once and truly.

Refusals are problem documents with a media type of their own, and some are possible everywhere:
the framework's document knows neither.
"""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

_JSON, _PROBLEM = "application/json", "application/problem+json"
_REFUSED_FROM = 300
_ALWAYS = {"401": "No active publishable key"}
_WITH_BODY = {"400": "No JSON", "413": "Too large", "415": "Not said to be JSON"}
_SHAPE = {"$ref": "#/components/schemas/ProblemOut"}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Language of goods and refusals (RFC 9110); else the channel's first",
    "schema": {"type": "string"},
    "example": "de-DE, en;q=0.8",
}
_METHODS = frozenset({"get", "put", "post", "delete", "patch"})


class StoreAPI(NinjaAPI):
    """The framework's API with our document, which is made once: anybody may ask for it."""

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        known: dict[str, OpenAPISchema] = self.__dict__.setdefault("_documents", {})
        asked = repr(sorted(where.items()))
        if asked not in known:
            known[asked] = self._document(**where)
        return known[asked]

    def _document(self, **where: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**where)
        for path in document["paths"].values():
            for method in path.keys() & _METHODS:
                _finish(path[method])
        return document


def _finish(operation: dict[str, Any]) -> None:
    operation["parameters"] = [*operation.get("parameters", []), _LANGUAGE]
    responses = operation["responses"]
    known = {str(status): answer for status, answer in responses.items()}
    possible = _ALWAYS | (_WITH_BODY if "requestBody" in operation else {})
    for status, words in possible.items():
        known.setdefault(status, {"description": words, "content": {_JSON: {"schema": _SHAPE}}})
    for status, answer in known.items():
        if int(status) >= _REFUSED_FROM and _JSON in answer.get("content", {}):
            answer["content"] = {_PROBLEM: answer["content"][_JSON]}
    responses.clear()
    responses.update(sorted(known.items()))
