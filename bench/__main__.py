"""All benchmarks, one after another, in their short forms: `make bench`.

Each is a process of its own with a server and a folder of its own, so that none disturbs the
next. They go on after a failure; the exit code tells of it. About half an hour on two cores.
"""

from __future__ import annotations

import subprocess
import sys
import time

from bench.common import ROOT

ORDER = (
    ("journey", "--orders", "200"),
    ("facts",),
    ("audit",),
    ("trust",),
    ("rotation",),
    ("stock",),
    ("discovery", "--products", "20000"),
    ("search_quality",),
    ("risk",),
    ("import_catalog",),
    ("backup",),
)
"""The buying first: it is what the others are judged by. The longest comes last."""


def main() -> int:
    failed = [name for name, *options in ORDER if not _run(name, options)]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def _run(name: str, options: list[str]) -> bool:
    print(f"— {name}", flush=True)
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", *options], cwd=ROOT, check=False)
    print(f"  {time.monotonic() - begun:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
