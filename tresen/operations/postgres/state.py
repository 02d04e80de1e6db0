"""What the guard says about its server, in one small file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from tresen.operations.machine.trouble import retold
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
    """In English: the doctor finds its cure by these words."""
    note: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The reason in the language of whoever asks."""
        return retold(self.reason, self.note)


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
