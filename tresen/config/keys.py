"""Which root key this installation uses, from TRESEN_ROOT_KEY.

file                       <data>/keys/root.key, made on first use (the default)
file:/path/root.key        another file
credential:NAME            $CREDENTIALS_DIRECTORY/NAME (systemd LoadCredential=)
env                        the variable TRESEN_ROOT_KEY_VALUE
pkcs11:/lib.so?token=T     a security module; its PIN in TRESEN_ROOT_KEY_PIN
transit:https://host/KEY   a key server; its token in TRESEN_ROOT_KEY_TOKEN
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.utils.module_loading import import_string

from tresen.adapters.keys.local import CredentialRoot, FileRoot
from tresen.foundation.vault.keyring import Keyring
from tresen.foundation.vault.root import RootKey, RootTrouble

SECURITY_MODULE = "tresen.adapters.keys.security_module.SecurityModuleRoot"
KEY_SERVER = "tresen.adapters.keys.key_server.KeyServerRoot"
CLIENT = "tresen.foundation.http.Client"
"""Loaded by name, and only where they are switched on."""


def root_key_of(environ: Mapping[str, str], *, data: Path) -> RootKey:
    """Raises RootTrouble for a setting that nobody understands."""
    kind, _, rest = (environ.get("TRESEN_ROOT_KEY") or "file").partition(":")
    maker = _MAKERS.get(kind)
    if maker is None:
        raise RootTrouble(
            f"TRESEN_ROOT_KEY names «{kind}»; there are {', '.join(sorted(_MAKERS))}."
        )
    return maker(rest, environ, data)


def secret_keys_of(ring: Keyring) -> list[str]:
    """The framework's secret key and, after a rotation, those before it."""
    return [
        hmac.digest(key.secret, b"django secret key", hashlib.sha256).hex()
        for key in ring.all("signing")
    ]


def _file(rest: str, _environ: Mapping[str, str], data: Path) -> RootKey:
    return FileRoot(Path(rest) if rest else data / "keys" / "root.key")


def _credential(rest: str, environ: Mapping[str, str], _data: Path) -> RootKey:
    path = Path(environ.get("CREDENTIALS_DIRECTORY") or "/run/credentials") / rest
    try:
        text = path.read_text(encoding="ascii")
    except OSError as error:
        raise RootTrouble(
            f"There is no credential {path}. Name it in the unit: LoadCredential={rest}:…"
        ) from error
    return CredentialRoot(text, source=f"the credential {rest}")


def _env(_rest: str, environ: Mapping[str, str], _data: Path) -> RootKey:
    value = environ.get("TRESEN_ROOT_KEY_VALUE") or ""
    return CredentialRoot(value, source="TRESEN_ROOT_KEY_VALUE")


def _security_module(rest: str, environ: Mapping[str, str], _data: Path) -> RootKey:
    parts = urlsplit(rest)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    made: RootKey = import_string(SECURITY_MODULE)(
        module=parts.path,
        token=asked.get("token", "tresen"),
        label=asked.get("label", "tresen-root"),
        pin=environ.get("TRESEN_ROOT_KEY_PIN") or "",
    )
    return made


def _key_server(rest: str, environ: Mapping[str, str], _data: Path) -> RootKey:
    address, _, key = rest.rpartition("/")
    allowed = (urlsplit(address).netloc,) if address.startswith("http://") else ()
    made: RootKey = import_string(KEY_SERVER)(
        address=address,
        key=key,
        mount=environ.get("TRESEN_ROOT_KEY_MOUNT") or "transit",
        token=environ.get("TRESEN_ROOT_KEY_TOKEN") or "",
        client=import_string(CLIENT)(allowed=allowed),
    )
    return made


_MAKERS: Mapping[str, Callable[[str, Mapping[str, str], Path], RootKey]] = {
    "file": _file,
    "credential": _credential,
    "env": _env,
    "pkcs11": _security_module,
    "transit": _key_server,
}
