"""A restore from the first byte to the last check, into a folder that was empty.

Only when everything has passed is the mark taken away that keeps a shop from opening there.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pyrage.x25519 import Identity

from tresen.operations.backup.erasures import read_erasures
from tresen.operations.backup.keystore import KeyStore, list_keystores
from tresen.operations.backup.marker import Marker, count_growing, read_marker
from tresen.operations.backup.people import PeopleReport, put_people_right
from tresen.operations.backup.plan import RestorePlan
from tresen.operations.backup.recovery import Copy, recovered, settle
from tresen.operations.backup.target import Target
from tresen.operations.backup.unpack import unpack_cluster, unpack_log, unpack_shop_files
from tresen.operations.backup.verify import check_indexes, check_pages
from tresen.operations.invariants.asking import Broken, ask_invariants
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import account_for
from tresen.operations.postgres.binaries import binaries_for
from tresen.operations.postgres.cluster import prepare_home
from tresen.operations.postgres.layout import Layout
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, number

KEY_MODE, FOLDER_MODE = 0o400, 0o700
LEDGER = "erasures.jsonl"


class FolderNotEmpty(Trouble):
    """Something lies where the shop should be restored to."""


class ForeignSigner(Trouble):
    """The backups were signed by somebody else than expected."""


class InvariantsBroken(Trouble):
    """The restored data contradicts itself."""


class RowsMissing(Trouble):
    """Tables that only ever grow have shrunk."""


@dataclass(frozen=True)
class Checked:
    """What was looked at; `marker` tells how fresh the copy is."""

    marker: Marker | None
    tables: int
    rows: int
    invariants: int


@dataclass(frozen=True)
class Restored:
    """What came back, and how long each step took."""

    into: Path
    plan: RestorePlan
    people: PeopleReport
    files: int
    log_bytes: int
    checked: Checked
    seconds: dict[str, float]

    @property
    def restore_seconds(self) -> float:
        """Until the data was there; checks come on top."""
        return sum(self.seconds[step] for step in ("cluster", "log", "recovery"))


@dataclass
class Steps:
    """Says what is being done, and keeps how long each step took."""

    say: Callable[[str], None]
    seconds: dict[str, float]
    _begun: float = 0.0
    _name: str = ""

    def begin(self, name: str, words: str) -> None:
        self.end()
        self._begun, self._name = time.monotonic(), name
        self.say(words)

    def end(self) -> None:
        if self._name:
            self.seconds[self._name] = round(time.monotonic() - self._begun, 3)
        self._name = ""


def check_empty(into: Path) -> None:
    """A restore never writes over anything. Raises FolderNotEmpty."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise FolderNotEmpty(
            gettext_noop(
                "{folder} is not empty. A restore goes into a new folder, so that nothing is "
                "written over: name another one with --into."
            ),
            folder=into,
        )


def check_signer(plan: RestorePlan, *, expected: str | None) -> None:
    """None: whoever restores has said that any signer will do. Raises ForeignSigner."""
    for manifest in plan.line:
        if expected is not None and manifest.signer != expected:
            raise ForeignSigner(
                gettext_noop(
                    "The backup {backup} was signed by {signer}, expected was {expected}. Compare "
                    "with the paper; say --signer {signer} if that is the right one."
                ),
                backup=manifest.id,
                signer=manifest.signer,
                expected=expected,
            )


def restore(
    target: Target,
    plan: RestorePlan,
    into: Path,
    *,
    by: Sequence[Identity],
    say: Callable[[str], None],
) -> Restored:
    """The folder holds a shop that `tresen run` opens when this returns. Raises Trouble."""
    copy = _prepare(plan, into)
    steps = Steps(say, {})
    home = copy.layout.home.resolve()
    cluster, log = home / "data", home / "log-of-restore"

    backups = " + ".join(one.id for one in plan.line)
    steps.begin("cluster", _("Bringing back {backups} …", backups=backups))
    unpack_cluster(target, plan, cluster, by=by, account=copy.account, binaries=copy.binaries)
    steps.begin("log", _("Bringing back the log …"))
    log_bytes = unpack_log(target, plan, log, by=by, account=copy.account)
    steps.begin("recovery", _("Working through the log …"))
    with ExitStack() as running:
        running.enter_context(recovered(copy, log=log, at=plan.at, only_base=plan.only_base))
        shutil.rmtree(log)
        steps.begin("people", _("Keys of people: key store and erasures …"))
        people = _people(target, plan, copy, into, by=by)
        steps.begin("checks", _("Checking …"))
        checked = _checked(copy)
    check_pages(cluster, account=copy.account, binaries=copy.binaries)
    steps.begin("files", _("Bringing back files …"))
    count = unpack_shop_files(target, plan.manifest, into, by=by)
    steps.end()
    settle(copy)
    copy.layout.restore_mark.unlink()
    return Restored(into, plan, people, count, log_bytes, checked, steps.seconds)


def _prepare(plan: RestorePlan, into: Path) -> Copy:
    """The mark first: whatever breaks off leaves a folder that no shop opens on."""
    check_empty(into)
    into.mkdir(parents=True, exist_ok=True, mode=0o755)
    layout = Layout(into)
    layout.restore_mark.write_text("A restore is on its way, or was broken off.\n")
    account = account_for(layout.cluster)
    prepare_home(layout, account)
    binaries = binaries_for(account, home=layout.home)
    return Copy(layout, account, binaries, plan.manifest.superuser, plan.manifest.database)


def _people(
    target: Target, plan: RestorePlan, copy: Copy, into: Path, *, by: Sequence[Identity]
) -> PeopleReport:
    signer = plan.manifest.signer
    erasures, ledger = read_erasures(target, by=by, signed_by=signer)
    with copy.connect() as connection:
        report, key_files = put_people_right(
            connection, target, store=_newest(target, signer), erasures=erasures, by=by
        )
        connection.execute("CHECKPOINT")
    if ledger:
        key_files[LEDGER] = ledger
    keys = into / "keys"
    keys.mkdir(mode=FOLDER_MODE, exist_ok=True)
    for name, content in key_files.items():
        _write(keys / Path(name).name, content, mode=0o600 if name == LEDGER else KEY_MODE)
    return report


def _newest(target: Target, signer: str) -> KeyStore | None:
    return next((one for one in reversed(list_keystores(target)) if one.signer == signer), None)


def _checked(copy: Copy) -> Checked:
    """Indexes, rows that may only grow, and what must hold in a shop."""
    with copy.connect() as connection:
        had = connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'").fetchone()
        connection.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        check_indexes(
            copy.layout.socket.resolve(),
            superuser=copy.superuser,
            database=copy.database,
            account=copy.account,
            binaries=copy.binaries,
        )
        if not had:
            connection.execute("DROP EXTENSION amcheck")
        rows = count_growing(connection)
        counted = read_marker(connection, with_counts=True)
        _check_rows(rows, counted)
        asked, broken = ask_invariants(connection)
        _check_invariants(broken)
        marker = read_marker(connection, with_counts=False)
        return Checked(marker, len(rows), sum(rows.values()), asked)


def _check_rows(rows: dict[str, int], counted: Marker | None) -> None:
    noted = counted.rows if counted else {}
    fewer = [
        _(
            "{table}: {found} instead of at least {wanted}",
            table=table,
            found=number(rows.get(table, 0)),
            wanted=number(count),
        )
        for table, count in noted.items()
        if rows.get(table, 0) < count
    ]
    if fewer:
        words = gettext_noop("Rows are missing in the restored database: {tables}.")
        raise RowsMissing(words, tables="; ".join(fewer))


def _check_invariants(broken: Sequence[Broken]) -> None:
    if broken:
        told = "\n".join(f"  - {_(one.says)}: {one.count} ({one.example})" for one in broken)
        raise InvariantsBroken(
            gettext_noop(
                "What was restored contradicts itself:\n{broken}\nThe folder stays closed. "
                "Was the shop itself sound? Run there: tresen check invariants"
            ),
            broken=told,
        )


def _write(path: Path, content: bytes, *, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
