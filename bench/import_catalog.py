"""The real electronics catalogue (19,406 products, 370,000 attribute values) comes in, whole.

Starts a database of its own with fsync on: parse, check, write, with prices and publication.

    python -m bench.import_catalog [--copies 5]

With --copies the goods come in again under other numbers, to see that memory stays flat. Needs
the real data beside the checkout, or TRESEN_SHARED.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.common import ROOT, keep
from tresen.operations.postgres.server import using_server

MEASURES = "bench.import_catalog_measured"
"""Needs Django, which is set up once there is a database."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=0)
    copies = parser.parse_args().copies
    goods = Path(os.environ.get("TRESEN_SHARED") or ROOT.parent / "shared") / "data"
    files = sorted((goods / "icecat-chorus-electronics").glob("[1-4].json.zip"))
    if not files:
        print(f"there is no catalogue in {goods}: set TRESEN_SHARED")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="tresen-bench-")).resolve()
    folder.chmod(0o755)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"TRESEN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tresen.config.settings"}
    with using_server(folder, environ=os.environ):
        migrate = [sys.executable, "-m", "tresen", "migrate"]
        subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
        importlib.import_module("django").setup()
        measured = importlib.import_module(MEASURES)
        figures = measured.measure(files, folder=folder, copies=copies)
    keep("import_catalog", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
