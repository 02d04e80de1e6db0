"""The database: its programs, its process, its roles and its tables."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import psycopg

from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.machine.processes import is_alive
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.address import is_external
from tresen.operations.postgres.binaries import packaged_binaries
from tresen.operations.postgres.external import ask_external, find_faults
from tresen.operations.postgres.layout import CHECKOUT, DATABASE, STAFF, Layout
from tresen.operations.postgres.postmaster import log_tail
from tresen.operations.postgres.provision import EXTENSIONS, LOGINS, superuser
from tresen.operations.postgres.server import status_of
from tresen.operations.postgres.state import ServerState

PROGRAM_SECONDS_MAX = 10
MIGRATIONS_SECONDS_MAX = 60


def check_binaries(patient: Patient) -> Sequence[Finding]:
    if is_external(patient.environ):
        return []
    try:
        program = packaged_binaries() / "postgres"
        told = subprocess.run(  # noqa: S603  # our own binary
            [program, "--version"],
            capture_output=True,
            text=True,
            timeout=PROGRAM_SECONDS_MAX,
            check=True,
        )
    except Trouble as trouble:
        return [ill(str(trouble), "Run: make run")]
    except (OSError, subprocess.SubprocessError) as failure:
        return [
            ill(
                f"PostgreSQL's programs do not run on this machine: {failure}",
                "Remove the folder .venv and run: make run. Or name a PostgreSQL of your own "
                "with DATABASE_URL.",
            )
        ]
    return [well(told.stdout.strip())]


def check_server(patient: Patient) -> Sequence[Finding]:
    if is_external(patient.environ):
        return _external(patient)
    layout = Layout(patient.data)
    status = status_of(patient.data)
    state = status.state
    if status.running and state and state.phase == "ready" and is_alive(state.server_pid):
        return [well(f"The database runs as process {state.server_pid}")]
    if status.running and state:
        return [note(f"The database is {state.phase}", "Wait a moment, then ask again.")]
    if state and state.phase == "failed":
        return [
            ill(
                f"The database did not start: {state.reason}",
                _cure_for(state.reason) + f" The whole log: {layout.log}",
            )
        ]
    if layout.cluster.exists():
        return [note("The database is not running; `tresen run` starts it.")]
    return [note("There is no database yet; the first `tresen run` makes it.")]


def check_roles(patient: Patient) -> Sequence[Finding]:
    """Only asked of a server that runs; nothing is started to find out."""
    state = _ready(patient)
    if state is None:
        return []
    layout = Layout(patient.data)
    try:
        with superuser(layout, port=state.port, database=DATABASE) as connection:
            roles = _names(connection, "SELECT rolname FROM pg_roles")
            extensions = _names(connection, "SELECT extname FROM pg_extension")
    except (Trouble, psycopg.OperationalError) as failure:
        return [
            ill(
                f"The superuser cannot enter: {failure}",
                f"Stop the shop, remove {layout.keys / 'database_super'}, start again: a new key "
                f"is made and set. What the server says:\n{log_tail(layout, lines=5)}",
            )
        ]
    absent = sorted(({*LOGINS, STAFF} - roles) | (set(EXTENSIONS) - extensions))
    if absent:
        return [
            ill(
                f"The database lacks {', '.join(absent)}.",
                f"Remove {layout.provision_note} and start the shop again: it adds them.",
            )
        ]
    return [well("Roles and extensions are there")]


def check_tables(patient: Patient) -> Sequence[Finding]:
    """In a process of its own: Django may be what is broken."""
    if not is_external(patient.environ) and _ready(patient) is None:
        return []
    try:
        told = subprocess.run(  # ourselves
            [sys.executable, "-m", "tresen", "migrate", "--check"],
            capture_output=True,
            text=True,
            timeout=MIGRATIONS_SECONDS_MAX,
            check=False,
            cwd=CHECKOUT,
            env={**patient.environ, "TRESEN_DATA": str(patient.data)},
        )
    except subprocess.TimeoutExpired:
        return [ill("Asking for the state of the tables took too long.", "Run: tresen migrate")]
    if told.returncode == 0:
        return [well("Tables are up to date")]
    if "Traceback" in told.stderr:
        last = told.stderr.strip().splitlines()[-1]
        return [ill(f"The application does not start: {last}", "Run: tresen manage check")]
    return [ill("Migrations are waiting: the tables are older than the code.", "tresen migrate")]


def _external(patient: Patient) -> Sequence[Finding]:
    try:
        facts = ask_external(patient.environ)
    except Trouble as trouble:
        return [ill(str(trouble), "Look at DATABASE_URL: host, port, user, password, database.")]
    faults = find_faults(facts)
    if not faults:
        return [well(f"PostgreSQL {facts.version // 10_000} behind DATABASE_URL is fit")]
    return [ill(fault, "Then ask again: tresen doctor") for fault in faults]


def _ready(patient: Patient) -> ServerState | None:
    if is_external(patient.environ):
        return None
    status = status_of(patient.data)
    return status.state if status.running and status.state and status.state.server_pid else None


def _names(connection: psycopg.Connection[tuple[object, ...]], query: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(query.encode()).fetchall()}


CURES = (
    ("No space left on device", "Free some disk space."),
    ("Permission denied", "Start Tresen as the user who owns the data folder."),
    ("could not map anonymous shared memory", "Give the machine more memory or a swap file."),
    ("invalid value for parameter", "Correct local.conf in the database's data folder."),
    ("unrecognized configuration parameter", "Correct local.conf in the database's data folder."),
    ("could not bind", "Another server uses that port: take another TRESEN_DB_PORT."),
    ("invalid page", "The data is damaged: restore your last backup."),
    ("could not locate a valid checkpoint", "The data is damaged: restore your last backup."),
)


def _cure_for(reason: str) -> str:
    fitting = (cure for words, cure in CURES if words in reason)
    return next(fitting, "Mend what its last words name, then run: tresen run.")
