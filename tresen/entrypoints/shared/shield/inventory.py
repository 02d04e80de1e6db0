"""The scripts that pages may load: which, whose, what for, and the digest of each."""

from __future__ import annotations

import hashlib
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

INVENTORY: Final = Path(__file__).with_name("scripts.toml")


class UnlistedScript(Exception):
    """No such script in the inventory. Remedy: add it to scripts.toml with owner and purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """`file` is its place among the static files; `integrity` as in HTML (SRI)."""

    file: str
    owner: str
    purpose: str
    on_checkout: bool
    integrity: str


@lru_cache(maxsize=1)
def known_scripts() -> Mapping[str, Script]:
    """By file."""
    listed = tomllib.loads(INVENTORY.read_text("utf-8"))["script"]
    return {entry["file"]: Script(**entry) for entry in listed}


def script_of(file: str) -> Script:
    """Raises UnlistedScript."""
    try:
        return known_scripts()[file]
    except KeyError:
        raise UnlistedScript(file) from None


def integrity_of(content: bytes) -> str:
    """What a browser compares with before it runs a script."""
    return "sha384-" + b64encode(hashlib.sha384(content).digest()).decode("ascii")
