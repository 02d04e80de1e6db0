"""How long a call to the database may take, on the server's side and on ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["app", "owner", "worker", "report"]

CONNECT_SECONDS_MAX = 5
"""A server that does not greet within this time counts as absent."""


@dataclass(frozen=True)
class Limits:
    """The server speaks first: its statement limit is shorter than the deadline of the socket."""

    statement_seconds_max: int
    lock_seconds_max: int
    idle_in_transaction_seconds_max: int
    deadline_seconds: int

    def __post_init__(self) -> None:
        assert self.lock_seconds_max <= self.statement_seconds_max < self.deadline_seconds


LIMITS: dict[Role, Limits] = {
    "app": Limits(
        statement_seconds_max=15,
        lock_seconds_max=5,
        idle_in_transaction_seconds_max=60,
        deadline_seconds=20,
    ),
    "worker": Limits(
        statement_seconds_max=15,
        lock_seconds_max=5,
        idle_in_transaction_seconds_max=60,
        deadline_seconds=20,
    ),
    "report": Limits(
        statement_seconds_max=60,
        lock_seconds_max=5,
        idle_in_transaction_seconds_max=60,
        deadline_seconds=70,
    ),
    "owner": Limits(
        statement_seconds_max=600,
        lock_seconds_max=15,
        idle_in_transaction_seconds_max=300,
        deadline_seconds=660,
    ),
}
