"""What the audit costs: a deed, a page of fifty people, a seal, an examination.

Starts a database of its own in a folder of its own. `python -m bench.audit`.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.common import keep
from tresen.operations.postgres.server import using_server

MEASURES = "bench.audit_measured"
"""Needs Django, which is set up once there is a database."""


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="tresen-bench-")).resolve()
    folder.chmod(0o755)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"TRESEN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tresen.config.settings"}
    with using_server(folder, environ=os.environ, throwaway=True):
        migrate = [sys.executable, "-m", "tresen", "migrate"]
        subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
        importlib.import_module("django").setup()
        figures = importlib.import_module(MEASURES).measure()
    shutil.rmtree(folder, ignore_errors=True)
    keep("audit", figures)


if __name__ == "__main__":
    main()
