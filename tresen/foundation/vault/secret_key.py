"""The framework's secret key, derived from the vault's key file (HKDF-like, one HMAC)."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from tresen.foundation.vault.keys import make_key_file, read_keys


def secret_key_of(path: Path) -> str:
    """A stable secret for this installation; the key file is made on first use."""
    if not path.exists():
        make_key_file(path)
    return hmac.digest(read_keys(path).signing, b"django secret key", hashlib.sha256).hex()
