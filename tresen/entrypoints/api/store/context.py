"""What every request brings along: a publishable key, a language, perhaps an idempotency key."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja.security import APIKeyHeader

from tresen.domains.stores.queries import find_channel_by_key
from tresen.domains.stores.types import ChannelRow
from tresen.foundation.idempotency.keys import KEY_LENGTH_MAX
from tresen.foundation.ids import BadId, inner
from tresen.foundation.refusals import Refusal

KEY_HEADER = "X-Publishable-Key"
PUBLISHABLE_LENGTH_MAX = 60
KEY_PARAMETER = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": "Printable characters; the same request again, the same key",
            "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH_MAX},
        }
    ]
}
"""What the OpenAPI document says of operations that need an idempotency key."""
_PRINTABLE_FIRST, _PRINTABLE_LAST = 33, 126


class KeyNotKnown(Refusal):
    """No publishable key was sent, or it is not active."""

    code = "key_not_known"
    status = 401
    message = "Please send an active publishable key in the header X-Publishable-Key."


class IdempotencyKeyMissing(Refusal):
    """A request that changes money, stock or orders came without its key."""

    code = "idempotency_key_missing"
    status = 400
    message = "Please send a header Idempotency-Key: 1 to %(max)s printable characters."


class UnknownId(Refusal):
    """An id that names nothing here."""

    code = "not_found"
    status = 404
    message = "There is nothing with this id."


class PublishableKeyAuth(APIKeyHeader):
    """The key is shown in browsers: it says which channel is meant and opens nothing secret."""

    param_name = KEY_HEADER

    def authenticate(self, request: HttpRequest, key: str | None) -> ChannelRow:  # noqa: ARG002
        fits = key and len(key) <= PUBLISHABLE_LENGTH_MAX and key.isprintable()
        channel = find_channel_by_key(key) if key and fits else None
        if channel is None:
            raise KeyNotKnown(field=KEY_HEADER)
        return channel


def channel_of(request: HttpRequest) -> ChannelRow:
    """The channel that the key names."""
    return cast("ChannelRow", request.auth)  # type: ignore[attr-defined]


def locale_of(request: HttpRequest) -> str:
    """The language that was asked for, if the channel speaks it, else the channel's first."""
    channel = channel_of(request)
    locale = (get_language() or "")[:2]
    return locale if locale in channel.market.locales else channel.default_locale


def idempotency_key_of(request: HttpRequest) -> str:
    """The header Idempotency-Key. Raises IdempotencyKeyMissing."""
    key = request.headers.get("Idempotency-Key", "")
    fits = all(_PRINTABLE_FIRST <= ord(sign) <= _PRINTABLE_LAST for sign in key)
    if not 0 < len(key) <= KEY_LENGTH_MAX or not fits:
        raise IdempotencyKeyMissing(field="Idempotency-Key", params={"max": KEY_LENGTH_MAX})
    return key


def id_of(prefix: str, text: str, *, field: str = "id") -> UUID:
    """The inner id. Raises UnknownId, whatever is wrong with the text."""
    try:
        return inner(prefix, text)
    except BadId as error:
        raise UnknownId(field=field) from error
