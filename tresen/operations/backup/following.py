"""The receiver in a thread of its own: begun anew after each trouble, with a growing pause."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tresen.operations.backup.chains import break_chain, open_chain
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.receiver import Chain, Receiver
from tresen.operations.backup.recipients import check_ready
from tresen.operations.backup.replication import APPLICATION, Feed, LogGone
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.source import Source, set_synchronous
from tresen.operations.backup.target import Target
from tresen.operations.machine.trouble import Trouble, trouble_of
from tresen.operations.words.speaking import gettext_noop as _

PAUSE_SECONDS_FIRST = 0.5
PAUSE_SECONDS_MAX = 30.0
EVERY_SECONDS = 1.0


@dataclass
class Following:
    """`source` is asked anew at each attempt: the server may have been restarted elsewhere."""

    places: BackupPlaces
    target: Target
    source: Callable[[], Source]
    clock: Callable[[], datetime]
    told: Callable[[], None] = lambda: None
    trouble: Trouble | None = None
    receiver: Receiver | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _may_be_waited_for: bool = False
    _waits_for_us: bool = False

    def start(self) -> None:
        self._thread = threading.Thread(target=self._keep_at_it, name="follow", daemon=True)
        self._thread.start()

    def end(self, *, seconds_max: float) -> None:
        """What was received so far is put; commits no longer wait for us."""
        self.stop.set()
        self._let_go()
        if self._thread:
            self._thread.join(seconds_max)

    @property
    def chain(self) -> Chain | None:
        return self.receiver.chain if self.receiver else None

    def is_alive(self) -> bool:
        return bool(self._thread and self._thread.is_alive() and not self.stop.is_set())

    def reached(self) -> int:
        return self.receiver.flushed if self.receiver else 0

    def _keep_at_it(self) -> None:
        pause = PAUSE_SECONDS_FIRST
        while not self.stop.is_set():
            before = self.reached()
            try:
                self._follow()
            except LogGone as gone:
                break_chain(self.places)
                words = _("A part of the log is lost, a new base backup is taken: {reason}")
                self._failed(Trouble(words, reason=gone))
            except Exception as failure:  # one bad round must not end the backups
                self._failed(trouble_of(failure))
            pause = PAUSE_SECONDS_FIRST if self.reached() > before else pause * 2
            self.stop.wait(min(pause, PAUSE_SECONDS_MAX))

    def _follow(self) -> None:
        to = [one.recipient for one in check_ready(self.places)]
        source = self.source()
        feed = Feed(source.parameters)
        try:
            chain, _is_new = open_chain(self.places, feed, now=self.clock())
            synchronous = self.places.synchronous and source.is_ours
            self.receiver = Receiver(
                chain=chain,
                target=self.target,
                to=to,
                signer=signer_of(self.places),
                every_seconds=0 if synchronous else EVERY_SECONDS,
                told=self._all_is_well,
            )
            self._may_be_waited_for = synchronous
            self.receiver.run(feed, self.stop)
        finally:
            feed.close()

    def _all_is_well(self) -> None:
        """Commits wait from the first stretch on that did reach the target, not before."""
        self.trouble = None
        if self._may_be_waited_for and not self._waits_for_us and not self.stop.is_set():
            self._waits_for_us = True
            set_synchronous(self.places, standby=APPLICATION)
        self.told()

    def _failed(self, trouble: Trouble) -> None:
        """A target that cannot be written must not stop every order: commits go on without it."""
        self.trouble = trouble
        self._may_be_waited_for = False
        self._let_go()
        self.told()

    def _let_go(self) -> None:
        if self._waits_for_us:
            try:
                set_synchronous(self.places, standby="")
                self._waits_for_us = False
            except Exception as failure:  # the server may be the one that is away
                self.trouble = self.trouble or trouble_of(failure)
