"""The notice on the door: which process runs the shop, where, and with which children."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tresen.operations.machine.processes import is_alive, started_at, wait_for_end
from tresen.operations.running.children import KILLED_SECONDS_MAX, end_group


@dataclass(frozen=True)
class Notice:
    """`children` are process numbers with their time of birth: numbers are given out again."""

    pid: int
    address: str
    children: Mapping[int, str] = field(default_factory=dict)


def notice_file(data: Path) -> Path:
    return data / "run" / "shop.json"


def lock_file(data: Path) -> Path:
    return data / "run" / "shop.lock"


def hang_notice(data: Path, *, address: str, pids: list[int]) -> None:
    notice = Notice(os.getpid(), address, {pid: started_at(pid) for pid in pids})
    path = notice_file(data)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(notice)), encoding="utf-8")
    draft.replace(path)


def read_notice(data: Path) -> Notice | None:
    try:
        found = json.loads(notice_file(data).read_text(encoding="utf-8"))
        children = {int(pid): str(born) for pid, born in found["children"].items()}
        return Notice(int(found["pid"]), str(found["address"]), children)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def take_down_notice(data: Path) -> None:
    notice_file(data).unlink(missing_ok=True)


def end_leftovers(data: Path) -> list[int]:
    """Children that outlived a shop which is gone; call it only while holding the shop's lock."""
    notice = read_notice(data)
    if notice is None:
        return []
    ended = []
    for pid, born in notice.children.items():
        if is_alive(pid) and started_at(pid) == born:
            end_group(pid)
            wait_for_end(pid, within_seconds=KILLED_SECONDS_MAX)
            ended.append(pid)
    take_down_notice(data)
    return ended
