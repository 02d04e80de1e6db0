"""To whom backups are encrypted, and which identities lie on this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyrage import IdentityError, RecipientError
from pyrage.x25519 import Identity, Recipient

from tresen.operations.backup.envelopes import RECIPIENTS_MIN, TooFewRecipients
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

KEY_MODE = 0o400
FOLDER_MODE = 0o700
MACHINE = _("this machine, for the nightly proof")
DEMO = _("demo, kept on this machine")
PAPER = _("paper")
"""The label of a key whose place nobody named."""


class RecipientsWrong(Trouble):
    """The recipients' file cannot be read."""


class IdentityUnreadable(Trouble):
    """The file holds no identity, or may not be read."""


@dataclass(frozen=True)
class Named:
    """A recipient with the words behind it in the file."""

    key: str
    label: str

    @property
    def recipient(self) -> Recipient:
        return Recipient.from_str(self.key)


def list_recipients(places: BackupPlaces) -> list[Named]:
    """The file's lines: a public key, then a `#` and whose it is. Empty where there is no file."""
    try:
        lines = places.recipients.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for number, line in enumerate(lines, start=1):
        key, _mark, label = (part.strip() for part in line.partition("#"))
        if not key:
            continue
        try:
            Recipient.from_str(key)
        except RecipientError as wrong:
            raise RecipientsWrong(
                _(
                    "Line {number} of {file} is no age recipient (age1…). Correct it, or take the "
                    "line out."
                ),
                number=number,
                file=places.recipients,
            ) from wrong
        found.append(Named(key, label))
    return found


def add_recipient(places: BackupPlaces, *, key: str, label: str) -> None:
    places.home.mkdir(parents=True, exist_ok=True)
    with places.recipients.open("a", encoding="utf-8") as file:
        file.write(f"{key}  # {' '.join(label.split())}\n")


def make_identity(places: BackupPlaces, *, label: str) -> Identity:
    """A new identity, added as a recipient. The caller shows it once; it is not kept."""
    identity = Identity.generate()
    add_recipient(places, key=str(identity.to_public()), label=label)
    return identity


def keep_machine_identity(places: BackupPlaces) -> bool:
    """The one that lies here so that the machine can prove its backups. True when it is new."""
    if places.machine_identity.exists():
        return False
    _keep(places.machine_identity, make_identity(places, label=MACHINE))
    return True


def set_up_demo(places: BackupPlaces) -> bool:
    """A demo shop gets two identities, both kept here; True when they are new."""
    if list_recipients(places):
        return False
    keep_machine_identity(places)
    _keep(places.demo_identity, make_identity(places, label=DEMO))
    return True


def is_demo(data: Path) -> bool:
    return (data / "demo" / "logins.json").exists()


def check_ready(places: BackupPlaces) -> list[Named]:
    """The recipients. Raises TooFewRecipients, RecipientsWrong."""
    found = list_recipients(places)
    if len({one.key for one in found}) < RECIPIENTS_MIN:
        raise TooFewRecipients(
            _(
                "Backups need at least {wanted} recipients; {file} names {found}. "
                "Run: tresen backup keys"
            ),
            wanted=RECIPIENTS_MIN,
            file=places.recipients,
            found=len(found),
        )
    return found


def outside_count(places: BackupPlaces) -> int:
    """How many recipients have no identity on this machine: who is left when it burns down."""
    here = {str(one.to_public()) for one in local_identities(places)}
    return len({one.key for one in list_recipients(places)} - here)


def local_identities(places: BackupPlaces) -> list[Identity]:
    found: list[Identity] = []
    for path in (places.machine_identity, places.demo_identity):
        if path.exists():
            found += read_identities(path)
    return found


def read_identities(path: Path) -> list[Identity]:
    """From a file as `age-keygen` writes it: one AGE-SECRET-KEY-… per line, # for remarks."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        told = _("{name} cannot be read: {reason}")
        raise IdentityUnreadable(told, name=path, reason=failure) from failure
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        found = [Identity.from_str(word.upper()) for word in words]
    except IdentityError as wrong:
        raise IdentityUnreadable(
            _(
                "{file} holds something else than age identities (AGE-SECRET-KEY-1…). Type it "
                "again from the paper; letters that look alike do not occur."
            ),
            file=path,
        ) from wrong
    if not found:
        raise IdentityUnreadable(_("{file} holds no identity (AGE-SECRET-KEY-1…)."), file=path)
    return found


def identities_for(places: BackupPlaces, *, files: Sequence[Path]) -> list[Identity]:
    """The named files', else those of this machine."""
    if files:
        return [identity for path in files for identity in read_identities(path)]
    if found := local_identities(places):
        return found
    raise IdentityUnreadable(
        _(
            "There is no identity in {folder}. Name the file with the one from the paper or "
            "from the second holder: --identity FILE"
        ),
        folder=places.keys,
    )


def _keep(path: Path, identity: Identity) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, KEY_MODE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{identity}\n")
        file.flush()
        os.fsync(file.fileno())
