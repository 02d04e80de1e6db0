"""What encryption and audit cost an order, of its CPU time: the aim is one tenth at most.

    python -m bench.trust [--turns 300]

Starts a database of its own in a folder of its own. Orders are placed over the store API, in one
process, without a network: the same shop with and without, turn about, so that whatever else the
machine does disturbs all alike. It is switched off inside the benchmark only.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.common import keep
from tresen.operations.postgres.server import using_server

MEASURES = "bench.trust_measured"
"""Needs Django, which is set up once there is a database."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=300)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tresen-bench-")).resolve()
    folder.chmod(0o755)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"TRESEN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tresen.config.settings"}
    with using_server(folder, environ=os.environ, throwaway=True):
        migrate = [sys.executable, "-m", "tresen", "migrate"]
        subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
        importlib.import_module("django").setup()
        figures = importlib.import_module(MEASURES).measure(turns=arguments.turns)
    shutil.rmtree(folder, ignore_errors=True)
    keep("trust", figures)


if __name__ == "__main__":
    main()
