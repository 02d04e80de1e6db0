"""Which account of the machine runs the server: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

CANDIDATES = ("postgres", "nobody")


class NoUnprivilegedAccount(Trouble):
    """Root asked, and the machine has no account that PostgreSQL could run under."""


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    name: str
    drops: bool
    """We are root and must become this account before we start the server."""

    def owns(self, path: Path) -> bool:
        return path.stat().st_uid == self.uid


def account_for(cluster: Path) -> Account:
    """Ourselves; for root the owner of the data that is there, else the first that exists."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), _name_of(os.geteuid()), drops=False)
    if cluster.exists() and (uid := cluster.stat().st_uid) != 0:
        return Account(uid, cluster.stat().st_gid, _name_of(uid), drops=True)
    for name in CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid, name, drops=True)
    raise NoUnprivilegedAccount(
        _(
            "PostgreSQL does not run as root, and there is no account {one} or {other} to run it. "
            "Add one, or start Tresen as an ordinary user."
        ),
        one=CANDIDATES[0],
        other=CANDIDATES[1],
    )


def can_reach(path: Path, account: Account) -> bool:
    """May the account walk to `path` and read it? Judged by modes; access lists do not count."""
    if not account.drops:
        return True
    real = path.resolve()
    if not real.exists():
        return can_reach(real.parent, account)
    may_walk = all(_grants(folder, account, stat.S_IXOTH) for folder in real.parents)
    return may_walk and _grants(real, account, stat.S_IROTH | stat.S_IXOTH)


def _grants(path: Path, account: Account, bits: int) -> bool:
    about = path.stat()
    if about.st_uid == account.uid:
        bits <<= 6
    elif about.st_gid == account.gid:
        bits <<= 3
    return about.st_mode & bits == bits


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
