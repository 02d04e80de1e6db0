"""How well the search finds: real goods, rated questions, typing errors, compounds.

The Chorus electronics goods (19,406, English) come in through the import and the projector, then
every rated question with a relevant product is asked through the search that the shop uses.
NDCG@10 with gain 2^r - 1, unjudged products count 0; «condensed» leaves them out. Needs the real
data beside the checkout, or TRESEN_SHARED.

    python -m bench.search_quality
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.common import ROOT, keep
from tresen.operations.postgres.server import using_server

MEASURES = "bench.search_quality_measured"
"""Needs Django, which is set up once there is a database."""


def main() -> int:
    goods = Path(os.environ.get("TRESEN_SHARED") or ROOT.parent / "shared") / "data"
    folder = goods / "icecat-chorus-electronics"
    if not folder.is_dir():
        print(f"there is no catalogue in {goods}: set TRESEN_SHARED")
        return 0
    data = Path(tempfile.mkdtemp(prefix="tresen-bench-")).resolve()
    data.chmod(0o755)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"TRESEN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "tresen.config.settings"}
    with using_server(data, environ=os.environ):
        migrate = [sys.executable, "-m", "tresen", "migrate"]
        subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
        importlib.import_module("django").setup()
        figures = importlib.import_module(MEASURES).measure(folder, data=data)
    keep("search_quality", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
