"""`python -m tools.styleguide FOLDER` renders the guide; `--shots` photographs it with Chromium."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.styleguide.setup import prepare

prepare()

from tools.styleguide.camera import photograph  # noqa: E402  (Django must be set up first)
from tools.styleguide.pages import write_pages  # noqa: E402


def main(arguments: list[str]) -> int:
    """Write the pages, and the pictures of them when asked."""
    folder = Path(arguments[0])
    write_pages(folder)
    if "--shots" in arguments:
        only = [word for word in arguments[1:] if not word.startswith("--")]
        for complaint in photograph(folder, only=only):
            sys.stderr.write(f"{complaint}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
