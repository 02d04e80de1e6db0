"""Root keys whose bytes this process holds: from a file of its own, or handed in from outside."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path

from tresen.foundation.vault.root import CannotRenew, RootTrouble
from tresen.foundation.vault.wrapping import CannotUnwrap, unwrap, wrap

KEY_BYTES = 32
FILE_MODE, FOLDER_MODE = 0o400, 0o700

Versions = Mapping[str, bytes]
"""By name, the newest first."""


class _LocalRoot:
    """AES-256-GCM with the newest version; `7:base64` names the version."""

    name = ""

    def versions(self) -> Versions:
        raise AssertionError("kept by a subclass")

    def wrap(self, secret: bytes, *, label: str) -> str:
        version, key = next(iter(self.versions().items()))
        body = wrap(secret, key=key, label=label.encode())
        return f"{version}:{base64.b64encode(body).decode()}"

    def unwrap(self, wrapped: str, *, label: str) -> bytes:
        version, _, body = wrapped.partition(":")
        key = self.versions().get(version)
        if key is None:
            raise RootTrouble(
                f"Version {version} of the root key is not here. Bring back the {self.name} that "
                "belongs to this keyring."
            )
        try:
            return unwrap(base64.b64decode(body), key=key, label=label.encode())
        except (CannotUnwrap, binascii.Error) as error:
            raise RootTrouble(
                f"This {self.name} does not open the keyring: they do not belong together. Bring "
                "both back from the same backup."
            ) from error


class FileRoot(_LocalRoot):
    """In a file of mode 0400, made on first use. For one machine whose disk is encrypted."""

    name = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    def versions(self) -> Versions:
        if not self._path.exists():
            self._write({"1": secrets.token_bytes(KEY_BYTES)}, only_new=True)
        body = json.loads(self._path.read_text(encoding="ascii"))
        newest_first = sorted(body["root"].items(), key=lambda item: -int(item[0]))
        return {number: base64.b64decode(key) for number, key in newest_first}

    def renew(self) -> None:
        versions = self.versions()
        following = str(int(next(iter(versions))) + 1)
        self._write({following: secrets.token_bytes(KEY_BYTES), **versions})

    def forget_old(self) -> None:
        newest, key = next(iter(self.versions().items()))
        self._write({newest: key})

    def _write(self, versions: Versions, *, only_new: bool = False) -> None:
        """In one step; with `only_new` a file that is there meanwhile stays."""
        self._path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}.{threading.get_ident()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            body = {number: base64.b64encode(key).decode() for number, key in versions.items()}
            json.dump({"root": body}, file)
            file.flush()
            os.fsync(file.fileno())
        if not only_new:
            draft.replace(self._path)
            return
        try:
            os.link(draft, self._path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()


class CredentialRoot(_LocalRoot):
    """Handed in from outside: `TRESEN_ROOT_KEY_VALUE`, or a credential of systemd.

    Base64 of 32 bytes; several, newest first and separated by commas, while one is replaced.
    """

    name = "credential"

    def __init__(self, text: str, *, source: str) -> None:
        self._source = source
        self._keys = [self._read(part) for part in text.split(",") if part.strip()]
        if not self._keys:
            raise RootTrouble(f"{source} is empty. Put base64 of 32 random bytes there.")

    def versions(self) -> Versions:
        """Named by a fingerprint, so that their order may change from outside."""
        return {hashlib.sha256(key).hexdigest()[:12]: key for key in self._keys}

    def renew(self) -> None:
        if len(self._keys) == 1:
            raise CannotRenew(
                f"The root key comes from {self._source}. Put a new one in front of the old one "
                "there (with a comma between them), restart, and ask for this again."
            )

    def forget_old(self) -> None:
        """The old one is taken away where it came from; nothing here needs it any more."""

    def _read(self, part: str) -> bytes:
        try:
            key = base64.b64decode(part.strip(), validate=True)
        except binascii.Error as error:
            raise RootTrouble(f"{self._source} is not base64.") from error
        if len(key) != KEY_BYTES:
            raise RootTrouble(f"{self._source} has {len(key)} bytes; {KEY_BYTES} are needed.")
        return key
