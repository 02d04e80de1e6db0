"""The command line as people call it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from tresen.operations.postgres.layout import CHECKOUT


def tresen(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tresen", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        env={**os.environ, **environ},
        timeout=60,
    )
