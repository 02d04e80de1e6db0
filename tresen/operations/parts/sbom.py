"""The software bill of materials as CycloneDX 1.6: the locked packages and the vendored files.

https://cyclonedx.org/docs/1.6/json/. The same lock gives the same document.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

SPEC: Final = "1.6"
_NAMESPACE: Final = UUID("6f6c1f0e-5b7d-5f0a-9b41-2f2b0a9d7c10")
_LOCKED: Final = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+?)(?:\s*;.*?)?\s*\\?$", re.MULTILINE)


def bill_of_materials(checkout: Path) -> dict[str, Any]:
    """Raises OSError where lock or vendor list is missing."""
    lock = (checkout / "requirements.lock").read_text("utf-8")
    vendored = (checkout / "vendor" / "VENDOR.toml").read_text("utf-8")
    about = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    digest = hashlib.sha256((lock + vendored).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": f"urn:uuid:{uuid5(_NAMESPACE, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "tresen",
                "name": about["name"],
                "version": about["version"],
                "licenses": [{"license": {"id": about["license"]}}],
            }
        },
        "components": [*_packages(lock), *_vendored(vendored)],
    }


def as_text(bill: dict[str, Any]) -> str:
    return json.dumps(bill, indent=2, ensure_ascii=False)


def _packages(lock: str) -> Iterator[dict[str, Any]]:
    for name, version in sorted(set(_LOCKED.findall(lock))):
        purl = f"pkg:pypi/{name}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
        }


def _vendored(text: str) -> Iterator[dict[str, Any]]:
    """Files of others that lie in our own repository, with their digests."""
    for package in tomllib.loads(text)["package"]:
        purl = f"pkg:npm/{package['npm'].replace('@', '%40')}@{package['version']}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": package["name"],
            "version": package["version"],
            "purl": purl,
            "licenses": [{"license": {"id": package["licence"]}}],
            "components": [
                {
                    "type": "file",
                    "bom-ref": f"vendor/{name}",
                    "name": name,
                    "hashes": [{"alg": "SHA-256", "content": file["sha256"]}],
                }
                for name, file in package["files"].items()
            ],
        }
