"""What the guard says about its server, in one small file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import Literal

from tresen.operations.postgres.layout import Layout

Phase = Literal["starting", "ready", "failed", "stopping"]


@dataclass(frozen=True)
class ServerState:
    phase: Phase
    guard_pid: int
    port: int
    server_pid: int = 0
    tcp: bool = False
    reason: str = ""


def write_state(layout: Layout, state: ServerState) -> None:
    """Whole or not at all: readers never see half a file."""
    draft = layout.state_file.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(state)), encoding="utf-8")
    draft.replace(layout.state_file)


def read_state(layout: Layout) -> ServerState | None:
    try:
        return ServerState(**json.loads(layout.state_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget_state(layout: Layout) -> None:
    layout.state_file.unlink(missing_ok=True)
