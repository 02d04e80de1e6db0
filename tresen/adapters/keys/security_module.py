"""The root key inside a hardware security module: it never leaves it (PKCS#11 v2.40, AES-GCM).

Tried with SoftHSM 2.6. Needs the package `python-pkcs11` (the extra `pkcs11`).
"""

from __future__ import annotations

import base64
import binascii
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass

from tresen.foundation.vault.root import RootTrouble

NONCE_BYTES = 12
KEY_BITS = 256
TAG_BITS = 128


class SecurityModuleRoot:
    """Keys of one label in one token; the newest id wraps, each that is there unwraps."""

    name = "pkcs11"

    def __init__(self, *, module: str, token: str, pin: str, label: str = "tresen-root") -> None:
        self._module, self._token, self._pin, self._label = module, token, pin, label
        self._lock = threading.Lock()

    def wrap(self, secret: bytes, *, label: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        with self._session() as session:
            key = self._keys(session)[0] if self._keys(session) else self._make(session, 1)
            body = key.encrypt(
                secret, mechanism=Mechanism.AES_GCM, mechanism_param=_parameters(nonce, label)
            )
            return f"{_number(key)}:{base64.b64encode(nonce + body).decode()}"

    def unwrap(self, wrapped: str, *, label: str) -> bytes:
        version, _, body = wrapped.partition(":")
        with self._session() as session:
            key = next((key for key in self._keys(session) if str(_number(key)) == version), None)
            if key is None:
                raise RootTrouble(
                    f"The security module has no key «{self._label}» number {version}. Connect the "
                    "module that this keyring was wrapped with."
                )
            try:
                raw = base64.b64decode(body)
                return bytes(
                    key.decrypt(
                        raw[NONCE_BYTES:],
                        mechanism=Mechanism.AES_GCM,
                        mechanism_param=_parameters(raw[:NONCE_BYTES], label),
                    )
                )
            except (pkcs11.PKCS11Error, binascii.Error) as error:
                raise RootTrouble("The security module does not open this keyring.") from error

    def renew(self) -> None:
        with self._session() as session:
            known = self._keys(session)
            self._make(session, _number(known[0]) + 1 if known else 1)

    def forget_old(self) -> None:
        with self._session() as session:
            for key in self._keys(session)[1:]:
                key.destroy()

    @contextmanager
    def _session(self) -> Iterator[pkcs11.Session]:
        """One at a time: a token takes one login per process."""
        with self._lock:
            try:
                token = pkcs11.lib(self._module).get_token(token_label=self._token)
                session = token.open(rw=True, user_pin=self._pin)
            except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
                raise RootTrouble(
                    f"The security module cannot be used ({type(error).__name__}). Check "
                    "TRESEN_ROOT_KEY, the PIN, and that the token is there."
                ) from error
            with session:
                yield session

    def _keys(self, session: pkcs11.Session) -> Sequence[Any]:
        """Newest first. The library's types know nothing of what a token offers for a key."""
        found = session.get_objects(
            {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: self._label}
        )
        return sorted(found, key=_number, reverse=True)

    def _make(self, session: pkcs11.Session, number: int) -> Any:
        return session.generate_key(
            KeyType.AES,
            KEY_BITS,
            id=number.to_bytes(4, "big"),
            label=self._label,
            store=True,
            template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
        )


def _number(key: Any) -> int:
    return int.from_bytes(key.id, "big")


def _parameters(nonce: bytes, label: str) -> GCMParams:
    return GCMParams(nonce, aad=label.encode(), tag_bits=TAG_BITS)
