"""Carries letters to a mail server (RFC 5321), and says exactly how far it came.

Until the server has been given the text, nothing was taken. From the last dot of the text until
its answer nobody knows; only then is an exception let out that is not NotTaken.
"""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from dataclasses import dataclass

from tresen.adapters.mail.message import packed, sender_of
from tresen.domains.conversations.ports import NotTaken
from tresen.domains.conversations.types import Letter

ANSWER_SECONDS_MAX = 10.0
"""How long one answer of the server may take."""
IDLE_SECONDS_MAX = 20.0
"""A session that rested longer is opened anew: servers hang up on idlers."""
_GO_ON, _TAKEN, _FOR_GOOD = 354, range(200, 300), range(500, 600)


class NoAnswer(Exception):
    """The server got the text and did not say what it did with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """How to reach it. `security` is starttls, tls or none."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: str = "starttls"

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"


class SmtpCarrier:
    """One session at a time, kept open between letters."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._lock = threading.Lock()
        self._session: smtplib.SMTP | None = None
        self._used_at = 0.0

    def carry(self, letter: Letter) -> None:
        raw = packed(letter)
        with self._lock:
            try:
                self._hand_over(letter, raw)
            except BaseException:
                self._hang_up()
                raise
            self._used_at = time.monotonic()

    def _hand_over(self, letter: Letter, raw: bytes) -> None:
        try:
            session = self._ready_session()
            self._announce(session, letter)
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(f"the mail server cannot be reached: {type(error).__name__}") from error
        try:
            session.send(_dotted(raw))
            code, _ = session.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise NoAnswer from error
        _check(code, said="after the text")

    def _announce(self, session: smtplib.SMTP, letter: Letter) -> None:
        _, address = sender_of(letter)
        _check(session.mail(address)[0], said="to the sender")
        _check(session.rcpt(letter.recipient)[0], said="to the recipient")
        code, _ = session.docmd("DATA")
        if code != _GO_ON:
            _check(code, said="before the text")
            raise smtplib.SMTPServerDisconnected

    def _ready_session(self) -> smtplib.SMTP:
        rested = time.monotonic() - self._used_at
        if self._session is not None and rested < IDLE_SECONDS_MAX:
            try:
                if self._session.rset()[0] in _TAKEN:
                    return self._session
            except (OSError, smtplib.SMTPException):
                pass
        self._hang_up()
        self._session = self._open()
        return self._session

    def _open(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        if server.security == "tls":
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=ANSWER_SECONDS_MAX, context=context
            )
        else:
            session = smtplib.SMTP(server.host, server.port, timeout=ANSWER_SECONDS_MAX)
        if server.security == "starttls":
            session.starttls(context=context)
        session.ehlo_or_helo_if_needed()
        if server.user:
            session.login(server.user, server.password)
        return session

    def _hang_up(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _dotted(raw: bytes) -> bytes:
    """A line of a lone dot ends the text, so that dots at line starts are doubled."""
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    return (b"." if stuffed.startswith(b".") else b"") + stuffed + b".\r\n"


def _check(code: int, *, said: str) -> None:
    if code not in _TAKEN:
        raise NotTaken(f"the mail server said {code} {said}", for_good=code in _FOR_GOOD)
