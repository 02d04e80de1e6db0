"""Joins the small CSS and JS parts of each face into the one file that a page loads.

`python -m tools.faces` writes them; `python -m tools.faces --check` says whether they are fresh.
Joining drops comments and white space that carries no meaning: no minifier, no build step at
install. The joined files are committed and tests/test_faces.py keeps them fresh, and so are the
digests in the inventory of scripts.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tresen.entrypoints.shared.shield.inventory import INVENTORY, integrity_of

VENDOR = Path(__file__).resolve().parent.parent / "vendor"
STATIC = Path(__file__).resolve().parent.parent / "tresen" / "entrypoints" / "static"

SHARED_CSS = ("tokens", "fonts", "base", "buttons", "forms", "notices")
CSS = {
    "storefront": (
        *SHARED_CSS,
        "header",
        "footer",
        "cards",
        "lists",
        "product",
        "receipt",
        "print",
    ),
    "backoffice": (
        *SHARED_CSS,
        "rail",
        "entrance",
        "tables",
        "details",
        "palette",
        "charts",
        "print",
    ),
}
SHARED_JS = ("markup", "announce", "switches", "focus")
JS = {
    "storefront": (*SHARED_JS, "search", "facets", "gallery", "stepper"),
    "backoffice": (*SHARED_JS, "unsaved", "listkeys", "bulk", "palette", "chart"),
}


def joined() -> dict[Path, str]:
    """What every delivered file should say."""
    wanted = {
        STATIC / "css" / f"{face}.css": "".join(
            _plain_css(STATIC / "css" / "parts" / f"{part}.css") for part in parts
        )
        for face, parts in CSS.items()
    }
    wanted |= {
        STATIC / "js" / f"{face}.js": '"use strict";\n'
        + "".join(_plain_js(STATIC / "js" / "parts" / f"{part}.js") for part in parts)
        for face, parts in JS.items()
    }
    return wanted


def stale() -> list[str]:
    """The delivered files that no longer match their parts."""
    return [
        path.relative_to(STATIC).as_posix()
        for path, content in joined().items()
        if not path.is_file() or path.read_text("utf-8") != content
    ] + ([INVENTORY.name] if INVENTORY.read_text("utf-8") != listed() else [])


def _plain_css(part: Path) -> str:
    """One line per part. A colon before a space ends a property's name, never a selector's."""
    text = re.sub(r"/\*.*?\*/", "", part.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text).strip()
    for wide, narrow in (
        (" {", "{"),
        ("{ ", "{"),
        ("; ", ";"),
        (";}", "}"),
        (" }", "}"),
        ("} ", "}"),
    ):
        text = text.replace(wide, narrow)
    return re.sub(r"(?<=[{;])([\w-]+): ", r"\1:", text) + "\n"


def _plain_js(part: Path) -> str:
    """Each part keeps its names to itself: a block of its own."""
    lines = [line for line in part.read_text("utf-8").splitlines() if not _is_comment(line)]
    return "{\n" + _without_indentation("\n".join(lines)) + "}\n"


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("//")


def _without_indentation(text: str) -> str:
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def main(arguments: list[str]) -> int:
    """Write, or with `--check` only compare."""
    if "--check" in arguments:
        found = stale()
        for name in found:
            sys.stderr.write(f"{name} is stale: run `python -m tools.faces`\n")
        return 1 if found else 0
    for path, content in joined().items():
        path.write_text(content, "utf-8")
    INVENTORY.write_text(listed(), "utf-8")
    return 0


def listed() -> str:
    """The inventory of scripts with the digests that the files have now."""
    text = INVENTORY.read_text("utf-8")
    for file in re.findall(r'^file = "([^"]+)"', text, flags=re.MULTILINE):
        place = (
            VENDOR / file.removeprefix("vendor/") if file.startswith("vendor/") else STATIC / file
        )
        digest = integrity_of(place.read_bytes())
        text = re.sub(
            rf'(file = "{re.escape(file)}".*?integrity = )"[^"]*"',
            rf'\g<1>"{digest}"',
            text,
            count=1,
            flags=re.DOTALL,
        )
    return text


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
