"""S15: the list of parts names everything of others that runs, each with a locked digest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from uuid import UUID

import pytest

from tresen.operations.parts.sbom import bill_of_materials

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text()


def test_every_locked_package_and_every_vendored_file_is_in_it() -> None:
    bill = bill_of_materials(ROOT)
    locked = {line.partition("==")[0] for line in LOCK.splitlines() if re.match(r"[a-z0-9]", line)}
    vendored = tomllib.loads((ROOT / "vendor" / "VENDOR.toml").read_text())["package"]
    purls = {part["purl"] for part in bill["components"]}
    assert {purl.split("/")[1].split("@")[0] for purl in purls if "pypi" in purl} == locked
    assert sum("npm" in purl for purl in purls) == len(vendored)
    files = [file for part in bill["components"] for file in part.get("components", ())]
    assert len(files) == sum(len(package["files"]) for package in vendored)
    assert all(re.fullmatch(r"[0-9a-f]{64}", file["hashes"][0]["content"]) for file in files)
    assert len(locked) > 40


def test_it_has_the_form_of_the_standard_and_is_the_same_for_the_same_lock() -> None:
    bill = bill_of_materials(ROOT)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    UUID(bill["serialNumber"].removeprefix("urn:uuid:"))
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(references) == len(set(references))
    assert bill == bill_of_materials(ROOT)


def test_every_package_is_locked_with_its_digest() -> None:
    blocks = re.split(r"\n(?=[a-z0-9][a-z0-9._-]*==)", LOCK)[1:]
    unlocked = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]
    assert unlocked == []
    assert not re.search(r"^(?:-e|git\+|https?:|--extra-index|--trusted)", LOCK, re.MULTILINE)


@pytest.mark.parametrize("line", ["requests==2.0 \\", "evil @ https://x.example/evil.zip"])
def test_a_package_without_a_digest_would_be_seen(line: str) -> None:
    """Control."""
    planted = f"\n{line}\n    # via x\n{LOCK}"
    blocks = re.split(r"\n(?=[a-z0-9][a-z0-9._-]*(?:==| @ ))", planted)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] != []
