"""The root key in a key server that speaks HashiCorp Vault's Transit API (also OpenBao).

Written to the published HTTP API (POST /v1/<mount>/encrypt|decrypt|keys/<name>/rotate, keys of
type aes256-gcm96, `associated_data`); tried against a stand-in of it, not against a server.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import cast

from tresen.foundation.http import NO_PERSONAL_DATA, Call, Client, OutboundError
from tresen.foundation.vault.root import RootTrouble

OK, NO_CONTENT = 200, 204


class KeyServerRoot:
    """Keys of one name; the server numbers its versions itself (`vault:v3:…`)."""

    name = "transit"

    def __init__(self, *, address: str, token: str, key: str, mount: str, client: Client) -> None:
        self._base = f"{address.rstrip('/')}/v1/{mount}"
        self._token, self._key, self._client = token, key, client

    def wrap(self, secret: bytes, *, label: str) -> str:
        body = {"plaintext": _text(secret), "associated_data": _text(label.encode())}
        return str(self._ask("POST", f"encrypt/{self._key}", body)["ciphertext"])

    def unwrap(self, wrapped: str, *, label: str) -> bytes:
        body = {"ciphertext": wrapped, "associated_data": _text(label.encode())}
        return base64.b64decode(str(self._ask("POST", f"decrypt/{self._key}", body)["plaintext"]))

    def renew(self) -> None:
        self._ask("POST", f"keys/{self._key}/rotate", {})

    def forget_old(self) -> None:
        newest = self._ask("GET", f"keys/{self._key}", None)["latest_version"]
        limits = {"min_decryption_version": newest, "min_encryption_version": newest}
        self._ask("POST", f"keys/{self._key}/config", limits)
        self._ask("POST", f"keys/{self._key}/trim", {"min_available_version": newest})

    def _ask(self, method: str, path: str, body: object | None) -> Mapping[str, object]:
        call = Call(
            method=method,
            url=f"{self._base}/{path}",
            disclosure=NO_PERSONAL_DATA,
            headers={"X-Vault-Token": self._token, "Content-Type": "application/json"},
            content=b"" if body is None else json.dumps(body).encode(),
            repeatable=not path.endswith("/rotate"),
        )
        try:
            answer = self._client.send(call)
        except OutboundError as error:
            raise RootTrouble(
                f"The key server does not answer ({type(error).__name__}). Check its address in "
                "TRESEN_ROOT_KEY and that it is unsealed."
            ) from error
        if answer.status == NO_CONTENT:
            return {}
        if answer.status != OK:
            raise RootTrouble(
                f"The key server refused «{path.partition('/')[0]}» with status {answer.status}. "
                "Check the token's policy."
            )
        return cast("Mapping[str, object]", cast("Mapping[str, object]", answer.json())["data"])


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
