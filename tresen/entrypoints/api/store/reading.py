"""How a request's body is read: JSON in UTF-8, said to be JSON, and nothing that is no JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

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


class JsonParser(Parser):
    """The framework would read any content type, NaN, and other encodings, too."""

    def parse_body(self, request: HttpRequest) -> Any:
        if not _JSON.match((request.content_type or "").lower()):
            raise NotJson(field="Content-Type")
        try:
            return json.loads(request.body.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise BodyUnreadable from error


def _refuse(constant: str) -> float:
    raise ValueError(constant)
