"""How a request's body is read: JSON in UTF-8, said to be JSON, and nothing that is no JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from tresen.foundation.cards import find_cards
from tresen.foundation.refusals import Refusal

_JSON = re.compile(r"application/(?:[\w.-]+\+)?json\Z")


class NotJson(Refusal):
    """The header says that the body is something else, or says nothing."""

    code = "not_json"
    status = 415
    message = "Please send JSON with the header Content-Type: application/json."


class BodyUnreadable(Refusal):
    """No JSON (RFC 8259), or not in UTF-8."""

    code = "bad_json"
    status = 400
    message = "The body of the request is not JSON in UTF-8. Please check it."


class BodyTooLarge(Refusal):
    """More than any honest request needs."""

    code = "too_large"
    status = 413
    message = "The body of the request is too large."


class CardNumberTyped(Refusal):
    """Card numbers are typed on the page of the payment service, and never come to us."""

    code = "card_number"
    message = "This looks like a card number.\nPlease leave it out: we neither need nor keep it."


class JsonParser(Parser):
    """The framework would read any content type, NaN, and other encodings, too."""

    def parse_body(self, request: HttpRequest) -> Any:
        if not _JSON.match((request.content_type or "").lower()):
            raise NotJson(field="Content-Type")
        try:
            found = json.loads(
                request.body.decode(), parse_constant=_refuse, object_pairs_hook=_once
            )
        except (ValueError, RecursionError) as error:
            raise BodyUnreadable from error
        if field := _card_in(found):
            raise CardNumberTyped(field=field)
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values under one name are read differently by different programs: neither is taken."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _card_in(value: object, field: str = "") -> str:
    """The path of the first text with a card number in it, or nothing."""
    if isinstance(value, str):
        return field or "body" if find_cards(value) else ""
    parts: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    inner = (_card_in(part, f"{field}.{name}" if field else str(name)) for name, part in parts)
    return next(filter(None, inner), "")


def _refuse(constant: str) -> float:
    raise ValueError(constant)
