"""The database: its programs, its process, its roles and its tables."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence

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
from tresen.operations.postgres.state import Phase, ServerState
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop

PROGRAM_SECONDS_MAX = 10
MIGRATIONS_SECONDS_MAX = 60
PHASES: Mapping[Phase, str] = {
    "starting": gettext_noop("The database is starting"),
    "ready": gettext_noop("The database is starting again"),
    "failed": gettext_noop("The database did not start"),
    "stopping": gettext_noop("The database is stopping"),
}
_CORRECT = gettext_noop("Correct local.conf in the database's data folder.")
_RESTORE = gettext_noop("The data is damaged: restore your last backup.")


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
        return [ill(str(trouble), _("Run: make run"))]
    except (OSError, subprocess.SubprocessError) as failure:
        return [
            ill(
                _("PostgreSQL's programs do not run on this machine: {reason}", reason=failure),
                _(
                    "Remove the folder .venv and run: make run. Or name a PostgreSQL of your own "
                    "with DATABASE_URL."
                ),
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
        return [well(_("The database runs as process {process}", process=state.server_pid))]
    if status.running and state:
        return [note(_(PHASES[state.phase]), _("Wait a moment, then ask again."))]
    if state and state.phase == "failed":
        return [
            ill(
                _("The database did not start: {reason}", reason=state.told),
                _("{cure} The whole log: {log}", cure=_(_cure_for(state.reason)), log=layout.log),
            )
        ]
    if layout.cluster.exists():
        return [note(_("The database is not running; `tresen run` starts it."))]
    return [note(_("There is no database yet; the first `tresen run` makes it."))]


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
                _("The superuser cannot enter: {reason}", reason=failure),
                _(
                    "Stop the shop, remove {key}, start again: a new key is made and set. "
                    "What the server says:\n{words}",
                    key=layout.keys / "database_super",
                    words=log_tail(layout, lines=5),
                ),
            )
        ]
    absent = sorted(({*LOGINS, STAFF} - roles) | (set(EXTENSIONS) - extensions))
    if absent:
        return [
            ill(
                _("The database lacks {names}.", names=", ".join(absent)),
                _(
                    "Remove {note} and start the shop again: it adds them.",
                    note=layout.provision_note,
                ),
            )
        ]
    return [well(_("Roles and extensions are there"))]


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
        says = _("Asking for the state of the tables took too long.")
        return [ill(says, _("Run: tresen migrate"))]
    if told.returncode == 0:
        return [well(_("Tables are up to date"))]
    if "Traceback" in told.stderr:
        last = told.stderr.strip().splitlines()[-1]
        says = _("The application does not start: {reason}", reason=last)
        return [ill(says, _("Run: tresen manage check"))]
    says = _("Migrations are waiting: the tables are older than the code.")
    return [ill(says, _("Run: tresen migrate"))]


def _external(patient: Patient) -> Sequence[Finding]:
    try:
        facts = ask_external(patient.environ)
    except Trouble as trouble:
        cure = _("Look at DATABASE_URL: host, port, user, password, database.")
        return [ill(str(trouble), cure)]
    faults = find_faults(facts)
    if not faults:
        version = facts.version // 10_000
        return [well(_("PostgreSQL {version} behind DATABASE_URL is fit", version=version))]
    return [ill(fault, _("Then ask again: tresen doctor")) for fault in faults]


def _ready(patient: Patient) -> ServerState | None:
    if is_external(patient.environ):
        return None
    status = status_of(patient.data)
    return status.state if status.running and status.state and status.state.server_pid else None


def _names(connection: psycopg.Connection[tuple[object, ...]], query: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(query.encode()).fetchall()}


CURES = (  # by what the server says, always in English
    ("No space left on device", gettext_noop("Free some disk space.")),
    ("Permission denied", gettext_noop("Start Tresen as the user who owns the data folder.")),
    (
        "could not map anonymous shared memory",
        gettext_noop("Give the machine more memory or a swap file."),
    ),
    ("invalid value for parameter", _CORRECT),
    ("unrecognized configuration parameter", _CORRECT),
    ("could not bind", gettext_noop("Another server uses that port: take another TRESEN_DB_PORT.")),
    ("invalid page", _RESTORE),
    ("could not locate a valid checkpoint", _RESTORE),
)


def _cure_for(reason: str) -> str:
    fitting = (cure for words, cure in CURES if words in reason)
    return next(fitting, gettext_noop("Mend what its last words name, then run: tresen run."))
