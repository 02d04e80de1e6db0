"""Copies third-party files unmodified from npm archives and proves that they stay so.

`python -m tools.vendor` checks every hash in `vendor/VENDOR.toml`.
`python -m tools.vendor FOLDER` copies the listed files from the archives in FOLDER
(`name-version.tgz` as npm packs them) and writes their hashes anew.
"""

from __future__ import annotations

import sys
import tarfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "vendor"
LIST = VENDOR / "VENDOR.toml"
HEAD = """\
# Files of other people, unmodified. Checked by tests/test_vendor.py; written by tools/vendor.py.
# To add one: add its line (any sha256), run `python -m tools.vendor FOLDER_WITH_NPM_ARCHIVES`.
"""


@dataclass(frozen=True, slots=True)
class VendoredFile:
    """One copied file: where it lies here, where it lay in the archive, what it hashes to."""

    path: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class VendoredPackage:
    """One npm package of which we keep some files."""

    name: str
    npm: str
    version: str
    licence: str
    licence_file: str
    files: tuple[VendoredFile, ...]

    @property
    def archive(self) -> str:
        return f"{self.npm.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


def packages() -> tuple[VendoredPackage, ...]:
    """What VENDOR.toml lists."""
    listed = tomllib.loads(LIST.read_text("utf-8"))["package"]
    return tuple(
        VendoredPackage(
            name=entry["name"],
            npm=entry["npm"],
            version=entry["version"],
            licence=entry["licence"],
            licence_file=entry["licence_file"],
            files=tuple(
                VendoredFile(path, file["from"], file["sha256"])
                for path, file in sorted(entry["files"].items())
            ),
        )
        for entry in listed
    )


def complaints(listed: tuple[VendoredPackage, ...], *, folder: Path = VENDOR) -> Iterator[str]:
    """Every difference between the list and the folder, in words."""
    known = {LIST.name}
    for package in listed:
        paths = {file.path for file in package.files}
        known |= paths
        if package.licence_file not in paths:
            yield f"{package.name}: the licence file {package.licence_file} is not listed"
        for file in package.files:
            there = folder / file.path
            if not there.is_file():
                yield f"{file.path}: listed but absent"
            elif sha256(there.read_bytes()).hexdigest() != file.sha256:
                yield f"{file.path}: differs from the file of {package.npm} {package.version}"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.relative_to(folder).as_posix() not in known:
            yield f"{path.relative_to(folder).as_posix()}: there but not listed"


def take(package: VendoredPackage, *, archives: Path) -> VendoredPackage:
    """Copy the package's files out of its archive and note their hashes."""
    taken = []
    with tarfile.open(archives / package.archive) as archive:
        for file in package.files:
            member = archive.extractfile(f"package/{file.source}")
            assert member is not None, f"{file.source} is no file in {package.archive}"
            content = member.read()
            target = VENDOR / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            taken.append(VendoredFile(file.path, file.source, sha256(content).hexdigest()))
    return VendoredPackage(
        package.name,
        package.npm,
        package.version,
        package.licence,
        package.licence_file,
        tuple(taken),
    )


def written(listed: tuple[VendoredPackage, ...]) -> str:
    """The list as TOML, always in the same order."""
    parts = [HEAD]
    for package in listed:
        parts.append(
            f'\n[[package]]\nname = "{package.name}"\nnpm = "{package.npm}"\n'
            f'version = "{package.version}"\nlicence = "{package.licence}"\n'
            f'licence_file = "{package.licence_file}"\n[package.files]\n'
        )
        parts.extend(
            f'"{file.path}" = {{ from = "{file.source}", sha256 = "{file.sha256}" }}\n'
            for file in sorted(package.files, key=lambda file: file.path)
        )
    return "".join(parts)


def main(arguments: list[str]) -> int:
    """Check, or copy anew when a folder of archives is named."""
    if arguments:
        listed = tuple(take(package, archives=Path(arguments[0])) for package in packages())
        LIST.write_text(written(listed), "utf-8")
    found = list(complaints(packages()))
    for complaint in found:
        sys.stderr.write(f"{complaint}\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
