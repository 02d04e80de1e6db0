"""Asking the keeper for something now, and waiting for its answer."""

from __future__ import annotations

import time

from tresen.operations.backup.notes import read_note
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.timetable import Errand
from tresen.operations.machine.locks import is_held
from tresen.operations.machine.trouble import Trouble, retold
from tresen.operations.words.speaking import gettext_noop as _

WAIT_SECONDS_MAX = 24 * 3600.0
POLL_SECONDS = 0.2


class WishFailed(Trouble):
    """The keeper tried, and says what went wrong."""


class NoKeeper(Trouble):
    """Nobody keeps the backups of this shop at the moment."""


def leave_wish(places: BackupPlaces, errand: Errand) -> None:
    """Raises NoKeeper."""
    if not is_held(places.keeper_lock):
        raise NoKeeper(_("The keeper of the backups is not running. Open the shop: tresen run"))
    places.wishes.mkdir(parents=True, exist_ok=True)
    (places.wishes / errand).touch()


def wait_for(places: BackupPlaces, errand: Errand) -> None:
    """Until it was done. Raises WishFailed, NoKeeper."""
    until = time.monotonic() + WAIT_SECONDS_MAX
    while any(places.wishes.glob(f"{errand}*")):
        if not is_held(places.keeper_lock):
            raise NoKeeper(_("The keeper of the backups ended before it was done. Try again."))
        if time.monotonic() > until:
            raise WishFailed(_("The keeper has not answered for a day; look at its log."))
        time.sleep(POLL_SECONDS)
    noted = read_note(places.status)
    if answer := noted.get("answers", {}).get(errand):
        note = noted.get("answer_notes", {}).get(errand) or {}
        raise WishFailed(retold(str(answer), note))
