"""Encrypt to all recipients, decrypt with any one identity (age, X25519), as streams.

A changed, cut or swapped byte makes decryption fail: each 64 KiB carry their own seal.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Protocol, cast

import pyrage
from pyrage.x25519 import Identity, Recipient

from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

RECIPIENTS_MIN = 2
PIPE_BYTES = 1 << 20


class TooFewRecipients(Trouble):
    """One lost key would lose every backup."""


class WrongIdentity(Trouble):
    """None of the identities opens this backup."""


class BackupDamaged(Trouble):
    """What lies in the target is not what was put there."""


class Writer(Protocol):
    def write(self, piece: bytes, /) -> int: ...

    def flush(self) -> None: ...


def encrypt_stream(source: BinaryIO, sink: Writer, *, to: Sequence[Recipient]) -> None:
    check_recipients(to)
    pyrage.encrypt_io(source, sink, list(to))


def encrypt_bytes(clear: bytes, *, to: Sequence[Recipient]) -> bytes:
    check_recipients(to)
    return cast("bytes", pyrage.encrypt(clear, list(to)))


def decrypt_bytes(sealed: bytes, *, by: Sequence[Identity], name: str) -> bytes:
    """Raises WrongIdentity, BackupDamaged."""
    try:
        return cast("bytes", pyrage.decrypt(sealed, list(by)))
    except (pyrage.DecryptError, OSError) as failure:
        raise _explained(failure, name) from failure


def decrypt_stream(source: BinaryIO, sink: Writer, *, by: Sequence[Identity], name: str) -> None:
    """Raises WrongIdentity, BackupDamaged; what was written before a damage is genuine."""
    try:
        pyrage.decrypt_io(source, sink, list(by))
    except (pyrage.DecryptError, OSError) as failure:
        raise _explained(failure, name) from failure


@contextmanager
def decrypted(source: BinaryIO, *, by: Sequence[Identity], name: str) -> Iterator[BinaryIO]:
    """A file to read the clear bytes from; what the other side stumbled over is raised at the end.

    Decryption runs in a thread and writes into a pipe: nothing clear touches a disk here.
    """
    read_end, write_end = os.pipe()
    failures: list[Trouble] = []
    worker = threading.Thread(
        target=_decrypt_into, args=[source, write_end, by, name, failures], daemon=True
    )
    worker.start()
    try:
        with os.fdopen(read_end, "rb", buffering=PIPE_BYTES) as clear:
            yield clear
            while clear.read(PIPE_BYTES):  # the last seal is looked at, too
                pass
    except Exception:
        worker.join()
        if failures:
            raise failures[0] from None
        raise
    worker.join()
    if failures:
        raise failures[0]


def _decrypt_into(
    source: BinaryIO,
    write_end: int,
    by: Sequence[Identity],
    name: str,
    failures: list[Trouble],
) -> None:
    try:
        with os.fdopen(write_end, "wb", buffering=PIPE_BYTES) as sink:
            decrypt_stream(source, sink, by=by, name=name)
    except Trouble as trouble:
        failures.append(trouble)
    except OSError:
        return  # the reader went away


def check_recipients(to: Sequence[Recipient]) -> None:
    if len({str(one) for one in to}) < RECIPIENTS_MIN:
        raise TooFewRecipients(
            _(
                "Backups are encrypted to at least {count} recipients, so that one lost key "
                "does not lose them all. Make keys with: tresen backup keys"
            ),
            count=RECIPIENTS_MIN,
        )


def filled_from(source: BinaryIO, to: Sequence[Recipient]) -> Callable[[Writer], None]:
    return lambda sink: encrypt_stream(source, sink, to=to)


def _explained(failure: Exception, name: str) -> Trouble:
    if isinstance(failure, pyrage.DecryptError) and "matching keys" in str(failure):
        return WrongIdentity(
            _(
                "None of the given identities opens {name}. It was encrypted to other recipients: "
                "`tresen backup list` names them; give the identity of one with --identity FILE."
            ),
            name=name,
        )
    words = _("{name} is damaged: {reason}. Take another backup.")
    return BackupDamaged(words, name=name, reason=failure)
