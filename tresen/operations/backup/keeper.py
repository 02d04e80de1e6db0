"""The keeper: follows the log, takes what is due, notes how it stands, until it is stopped.

It may be killed at any moment: the server holds the log back until it lies in the target, and a
backup without its list does not count. Long errands run in a thread beside the quick ones.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from tresen.operations.backup.drill import sweep
from tresen.operations.backup.erasures import ship_erasures
from tresen.operations.backup.following import Following
from tresen.operations.backup.keystore import list_keystores, take_keystore
from tresen.operations.backup.manifests import Manifest, list_manifests
from tresen.operations.backup.marker import leave_marker
from tresen.operations.backup.notes import read_lines, write_note
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.prune import bytes_in, prune
from tresen.operations.backup.recipients import check_ready, is_demo, set_up_demo
from tresen.operations.backup.retention import SMALL, Rule
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.source import source_of
from tresen.operations.backup.take import take_backup
from tresen.operations.backup.target import FolderTarget
from tresen.operations.backup.timetable import Done, Errand, next_errand
from tresen.operations.machine.locks import Held, alone
from tresen.operations.machine.trouble import Trouble, trouble_of
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop

TICK_SECONDS = 0.5
NOTE_EVERY_SECONDS = 2.0
MARKER_EVERY_SECONDS = 60.0
STOP_SECONDS_MAX = 8.0
UNDER_WAY = ".under_way"
ERRANDS: tuple[Errand, ...] = ("keystore", "backup", "drill")


class KeeperThere(Trouble):
    """Another process keeps these backups."""


@dataclass
class Keeper:
    """`drill` runs the restore drill in a process of its own; it says what failed, or nothing."""

    places: BackupPlaces
    environ: Mapping[str, str]
    clock: Callable[[], datetime]
    drill: Callable[[], str]
    say: Callable[[str], None]
    only: Errand | None = None
    """Nothing else is done, whatever is due."""
    stopping: threading.Event = field(default_factory=threading.Event)
    following: Following = field(init=False)
    trouble: Trouble | None = None
    _begun: datetime = field(init=False)
    _errand: threading.Thread | None = None
    _busy_with: str = ""
    _tried_at: dict[Errand, datetime] = field(default_factory=dict)
    _answers: dict[str, Trouble | None] = field(default_factory=dict)
    """What came of the last errand of each kind; None: it was done."""
    _key_mark: object = None
    _manifests: list[Manifest] = field(default_factory=list)
    _keystore_at: datetime | None = None
    _bytes: int = 0
    _noted: float = 0.0
    _marked: float = 0.0

    def __post_init__(self) -> None:
        self._begun = self.clock()
        self.target = FolderTarget(self.places.target)
        self.following = Following(
            self.places,
            self.target,
            source=lambda: source_of(self.places, self.environ),
            clock=self.clock,
        )

    def keep(self) -> None:
        """Until `stopping` is set. Raises KeeperThere."""
        try:
            with alone(self.places.keeper_lock, wait=False):
                self._prepare()
                self.following.start()
                try:
                    while not self.stopping.wait(TICK_SECONDS):
                        self._tick()
                finally:
                    self.following.end(seconds_max=STOP_SECONDS_MAX)
                    self._note()
        except Held as held:
            raise KeeperThere(
                gettext_noop("The keeper of the backups is already at work.")
            ) from held

    def _prepare(self) -> None:
        self.places.home.mkdir(parents=True, exist_ok=True)
        self.places.wishes.mkdir(exist_ok=True)
        for cut_off in self.places.wishes.glob(f"*{UNDER_WAY}"):
            cut_off.unlink()
        sweep(self.places)
        if is_demo(self.places.data) and set_up_demo(self.places):
            self.say(
                _(
                    "This is a demo shop: both keys to its backups lie in its own key folder. "
                    "A real shop keeps one elsewhere: tresen backup keys"
                )
            )
        self._look()

    def _look(self) -> None:
        """What lies in the target, after it may have changed: it can be far away and slow."""
        self._manifests = list_manifests(self.target)
        stores = list_keystores(self.target)
        self._keystore_at = stores[-1].taken_at if stores else None
        self._bytes = bytes_in(self.target)

    def _tick(self) -> None:
        try:
            self._quick()
            self._begin_errand()
            if time.monotonic() - self._noted > NOTE_EVERY_SECONDS:
                self._note()
        except (Trouble, OSError) as failure:
            self._failed(trouble_of(failure))

    def _quick(self) -> None:
        """Erasures within a second; a changed keyring or a new erasure asks for a key store."""
        recipients = [one.recipient for one in check_ready(self.places)]
        signer = signer_of(self.places)
        shipped = ship_erasures(self.places.erasures, self.target, to=recipients, signer=signer)
        mark = _mark_of_keys(self.places)
        if shipped or (self._key_mark is not None and mark != self._key_mark):
            (self.places.wishes / "keystore").touch()
        self._key_mark = mark
        if self.following.receiver and time.monotonic() - self._marked > MARKER_EVERY_SECONDS:
            self._marked = time.monotonic()
            source = source_of(self.places, self.environ)
            if source.is_ours:
                leave_marker(source, with_counts=False)

    def _begin_errand(self) -> None:
        if self._errand and self._errand.is_alive():
            return
        wished = next((one for one in ERRANDS if (self.places.wishes / one).exists()), None)
        errand = wished or (None if self.only else next_errand(self._done(), now=self.clock()))
        if errand is None or (errand == "backup" and self.following.receiver is None):
            return
        if wished:
            (self.places.wishes / errand).replace(self.places.wishes / f"{errand}{UNDER_WAY}")
        self._tried_at[errand] = self.clock()
        self._busy_with = errand
        self._errand = threading.Thread(target=self._run, args=[errand], daemon=True, name=errand)
        self._errand.start()

    def _run(self, errand: Errand) -> None:
        """Whatever it ends with is noted; then the wish counts as answered."""
        trouble: Trouble | None = None
        try:
            {"backup": self._backup, "drill": self._drill, "keystore": self._keystore}[errand]()
        except Exception as failure:  # one bad errand must not end the keeper
            trouble = trouble_of(failure)
        try:
            self._look()
        except OSError as failure:
            trouble = trouble or trouble_of(failure)
        if trouble:
            self._failed(trouble)
        elif errand != "drill":
            self.trouble = None
        self._busy_with = ""
        self._answers[errand] = trouble
        self._note()
        (self.places.wishes / f"{errand}{UNDER_WAY}").unlink(missing_ok=True)

    def _backup(self) -> None:
        source = source_of(self.places, self.environ)
        chain = self.following.chain
        assert chain is not None
        take_backup(
            self.places,
            source,
            self.target,
            chain=chain,
            to=check_ready(self.places),
            signer=signer_of(self.places),
            reached=self.following.reached,
            alive=self.following.is_alive,
            now=self.clock(),
        )
        self._prune()
        if source.is_ours:
            leave_marker(source, with_counts=True)

    def _keystore(self) -> None:
        recipients = [one.recipient for one in check_ready(self.places)]
        take_keystore(
            self.places,
            source_of(self.places, self.environ),
            self.target,
            to=recipients,
            signer=signer_of(self.places),
        )
        self._prune()

    def _drill(self) -> None:
        source = source_of(self.places, self.environ)
        if source.is_ours:
            leave_marker(source, with_counts=True)
        if failure := self.drill():
            raise Trouble(gettext_noop("The restore drill failed: {reason}"), reason=failure)

    def _prune(self) -> None:
        chain = self.following.chain
        prune(
            self.target,
            rule=Rule() if self.places.is_named else SMALL,
            bytes_max=self.places.bytes_max,
            chain=chain.id if chain else "",
            now=self.clock(),
        )

    def _done(self) -> Done:
        chain = self.following.chain
        ours = [one for one in self._manifests if chain and one.chain == chain.id]
        proofs = read_lines(self.places.proofs)
        return Done(
            begun=self._begun,
            backup_at=ours[-1].consistent_at if ours else None,
            keystore_at=self._keystore_at,
            proof_at=datetime.fromisoformat(proofs[-1]["at"]) if proofs else None,
            tried_at=self._tried_at,
        )

    def _failed(self, trouble: Trouble) -> None:
        if self.trouble is None or trouble.plain != self.trouble.plain:
            self.say(str(trouble))
        self.trouble = trouble

    def _note(self) -> None:
        self._noted = time.monotonic()
        receiver = self.following.receiver
        trouble = self.following.trouble or self.trouble
        until = (
            datetime.fromtimestamp(receiver.until_ms / 1000, self._begun.tzinfo)
            if (receiver and receiver.until_ms)
            else None
        )
        write_note(
            self.places.status,
            {
                "begun": self._begun.isoformat(),
                "noted_at": self.clock().isoformat(),
                "until": until.isoformat() if until else "",
                "keystore_at": self._keystore_at.isoformat() if self._keystore_at else "",
                "bytes": self._bytes,
                "manifests": [asdict(one) for one in self._manifests],
                "trouble": _plain(trouble),
                "trouble_note": _note_of(trouble),
                "busy_with": self._busy_with,
                "answers": {one: _plain(answer) for one, answer in self._answers.items()},
                "answer_notes": {one: _note_of(answer) for one, answer in self._answers.items()},
            },
        )


def _plain(trouble: Trouble | None) -> str:
    """Kept in English …"""
    return trouble.plain if trouble else ""


def _note_of(trouble: Trouble | None) -> dict[str, object]:
    """… with what is needed to tell it in any language."""
    return trouble.as_note() if trouble else {}


def _mark_of_keys(places: BackupPlaces) -> object:
    """Changes when a key is made or destroyed; the erasure ledger and our own do not count."""
    return {
        (path.name, path.stat().st_mtime_ns)
        for path in places.keys.glob("*.json")
        if path.is_file()
    }
