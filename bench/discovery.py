"""Lists, product, search and suggestions over HTTP, on generated goods; CPU of web and database.

    python -m bench.discovery                       20,000 products
    python -m bench.discovery --products 1000000    the long mode: an hour, 12 GB of disk
    python -m bench.discovery --data FOLDER         keep the filled shop there, use it again

Starts a database of its own with fsync on and two web workers. Requests are sent one after the
other for CPU, then by eight clients at once for the waiting times of a category page.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.common import keep
from tresen.operations.postgres.server import using_server

MEASURES = "bench.discovery_measured"
"""Needs Django, which is set up once there is a database."""
USUAL = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=USUAL)
    parser.add_argument("--data", type=Path, help="a folder to keep; empty or from a former run")
    asked = parser.parse_args()
    folder = (asked.data or Path(tempfile.mkdtemp(prefix="tresen-bench-"))).resolve()
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"TRESEN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tresen.config.settings"}
    with using_server(folder, environ=os.environ):
        migrate = [sys.executable, "-m", "tresen", "migrate"]
        subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
        importlib.import_module("django").setup()
        figures = importlib.import_module(MEASURES).measure(asked.products, data=folder)
    keep(f"discovery_{asked.products}", figures)


if __name__ == "__main__":
    main()
