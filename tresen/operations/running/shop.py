"""The whole shop: database, migrations, web server and worker, from the first to the last."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType

from tresen.operations.machine.locks import Held, alone
from tresen.operations.machine.ports import answers, check_port_free
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.server import using_server, wait_until_stopped
from tresen.operations.running.children import STOP_SECONDS_MAX, Child, end_group
from tresen.operations.running.logs import tail, turn_over
from tresen.operations.running.notice import (
    end_leftovers,
    hang_notice,
    lock_file,
    read_notice,
    take_down_notice,
)
from tresen.operations.running.prepared import is_prepared, note_prepared
from tresen.operations.words.speaking import ENGLISH, gettext_noop
from tresen.operations.words.speaking import gettext as _

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # shown, not bound
TICK_SECONDS = 0.2
TURN_OVER_EVERY_SECONDS = 30.0
FIRST_ANSWER_SECONDS_MAX = 60.0
DEATHS_AT_START_MAX = 3


class AlreadyRunning(Trouble):
    """Another process runs this shop; nothing of it was touched."""


class ShopNotStarted(Trouble):
    """A child failed while the shop was opening."""


class Interrupted(Exception):
    """Asked to stop while opening."""


@dataclass(frozen=True)
class ShopPlan:
    data: Path
    host: str
    port: int
    prepare: Sequence[str]
    web: Sequence[str]
    worker: Sequence[str]
    environ: Mapping[str, str]
    keeper: Sequence[str] = ()
    """Follows the database for the backups; empty where those are switched off."""
    stop_seconds_max: float = STOP_SECONDS_MAX

    @property
    def address(self) -> str:
        """As a browser on this machine writes it."""
        host = ANYWHERE.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


@dataclass
class Shop:
    """One run of it."""

    plan: ShopPlan
    say: Callable[[str], None]
    greet: Callable[[], None]
    stopping: bool = False
    children: list[Child] = field(default_factory=list)

    def run(self) -> None:
        """Until SIGINT or SIGTERM. Raises Trouble where it cannot open."""
        try:
            with alone(lock_file(self.plan.data), wait=False), self._signals():
                self._open_and_watch()
        except Held as held:
            raise _already_running(self.plan.data) from held

    def _open_and_watch(self) -> None:
        data = self.plan.data
        if ended := end_leftovers(data):
            processes = ", ".join(map(str, ended))
            self.say(_("Ended processes that an earlier run left behind: {list}", list=processes))
        check_port_free(self.plan.host, self.plan.port)
        hang_notice(data, address=self.plan.address, pids=[])
        try:
            with using_server(data, environ=self.plan.environ, say=self.say):
                try:
                    self._open()
                    self._watch()
                except Interrupted:
                    pass
                finally:
                    self._close()
            wait_until_stopped(data)
        finally:
            take_down_notice(data)
        self.say(_("Closed."))

    def _open(self) -> None:
        plan = self.plan
        if not is_prepared(plan.data, plan.environ):
            self.say(_("Preparing the shop …"))
            self._prepare()
            note_prepared(plan.data, plan.environ)
        self.children = [self._child("web", self.plan.web), self._child("worker", self.plan.worker)]
        if plan.keeper:
            self.children.append(self._child("backup", plan.keeper))
        for child in self.children:
            child.start()
        self._hang_notice()
        self._wait_for_first_answer()
        self.greet()

    def _prepare(self) -> None:
        """To its end: tables, files, demo goods. It speaks for itself, on our output."""
        child = self._child("prepare", self.plan.prepare)
        child = replace(child, log=None, environ=self.plan.environ)
        child.start()
        try:
            while (code := child.wait(TICK_SECONDS)) is None:
                if self.stopping:
                    raise Interrupted
        finally:
            child.stop()
        if code != 0:
            raise ShopNotStarted(
                gettext_noop("The database could not be prepared; the reason stands above.")
            )

    def _wait_for_first_answer(self) -> None:
        until = time.monotonic() + FIRST_ANSWER_SECONDS_MAX
        while not answers(self.plan.host, self.plan.port):
            if self.stopping:
                raise Interrupted
            self._revive()
            web = self.children[0]
            if web.deaths >= DEATHS_AT_START_MAX or time.monotonic() > until:
                raise ShopNotStarted(
                    gettext_noop("The web server does not start. {words}"), words=_last_words(web)
                )
            time.sleep(TICK_SECONDS / 4)

    def _watch(self) -> None:
        turned = time.monotonic()
        while not self.stopping:
            self._revive()
            if time.monotonic() - turned > TURN_OVER_EVERY_SECONDS:
                turned = time.monotonic()
                for log in (child.log for child in self.children if child.log):
                    turn_over(log)
            time.sleep(TICK_SECONDS)

    def _revive(self) -> None:
        before = [child.pid for child in self.children]
        for child in self.children:
            code = child.revive()
            if code is not None:
                self.say(
                    _(
                        "The {name} process ended with code {code}; it is started again. {words}",
                        name=child.name,
                        code=code,
                        words=_last_words(child),
                    )
                )
        if [child.pid for child in self.children] != before:
            self._hang_notice()

    def _close(self) -> None:
        if self.children:
            self.say(_("Closing …"))
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            if not child.stop(seconds_max=self.plan.stop_seconds_max):
                words = _(
                    "The {name} process did not stop in time and was killed.", name=child.name
                )
                self.say(words)

    def _hang_notice(self) -> None:
        pids = [child.pid for child in self.children if child.pid]
        hang_notice(self.plan.data, address=self.plan.address, pids=pids)

    def _child(self, name: str, command: Sequence[str]) -> Child:
        """It speaks English, as logs do; whoever speaks to people is told so by its caller."""
        return Child(
            name=name,
            command=command,
            log=self.plan.data / "logs" / f"{name}.log",
            environ={**self.plan.environ, "TRESEN_LANGUAGE": ENGLISH},
        )

    @contextmanager
    def _signals(self) -> Iterator[None]:
        kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = [signal.signal(kind, self._asked_to_stop) for kind in kinds]
        try:
            yield
        finally:
            for kind, handler in zip(kinds, before, strict=True):
                signal.signal(kind, handler)

    def _asked_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        """The second time nobody is waited for."""
        if self.stopping:
            for pid in (child.pid for child in self.children if child.pid):
                end_group(pid)
            raise Interrupted
        self.stopping = True


def _last_words(child: Child) -> str:
    if child.log is None:
        return ""
    return _("The end of {log}:\n{words}", log=child.log, words=tail(child.log))


def _already_running(data: Path) -> AlreadyRunning:
    notice = read_notice(data)
    if notice is None:
        return AlreadyRunning(
            gettext_noop(
                "This shop is already open (data in {folder}). Use that one, stop it with Ctrl-C "
                "in its window, or open a second shop on other data: "
                "TRESEN_DATA=another PORT=8001 make run"
            ),
            folder=data,
        )
    return AlreadyRunning(
        gettext_noop(
            "This shop is already open by process {process} at {address} (data in {folder}). "
            "Use that one, stop it with Ctrl-C in its window, or open a second shop on other "
            "data: TRESEN_DATA=another PORT=8001 make run"
        ),
        process=notice.pid,
        address=notice.address,
        folder=data,
    )
