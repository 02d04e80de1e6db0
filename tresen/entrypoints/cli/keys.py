"""The keys of people's data: see how old they are, change them while the shop is open.

tresen keys status                how they stand, in a line (exit 3 when nobody changes them)
tresen keys show                  kinds, versions, ages; how many people's keys there are
tresen keys rotate                a new key-encryption key; all data keys are wrapped with it
tresen keys rotate --index        new fingerprints for looking up addresses
tresen keys rotate --signing      new links and cookies are signed anew (old ones stay good)
tresen keys rotate --root         a new root key
tresen keys rotate --reseal       rows of before people had keys are sealed with them
tresen keys rotate --everything   after a theft: all of it, keys of the API, and every session ends
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from django.conf import settings

from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.vault.keyring import KINDS, keyring
from tresen.foundation.vault.root import RootTrouble
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, ngettext, number
from tresen.workflows.guarding.reindex import old_indexes
from tresen.workflows.guarding.reseal import count_old_rows, reseal_old_rows
from tresen.workflows.guarding.rotate_everything import rotate_everything
from tresen.workflows.guarding.rotate_keys import (
    KEK_DAYS,
    rotate_index,
    rotate_kek,
    rotate_root,
    rotate_signing,
)

DAYS_LATE_MAX = 3
"""The worker may have stood still over a weekend."""
STALE = 3
WHAT = ("index", "signing", "root", "reseal", "everything")
ELSEWHERE = gettext_noop(
    "Still to be changed where they came from, then put into the environment:\n"
    "  TRESEN_STRIPE_SECRET_KEY, TRESEN_STRIPE_WEBHOOK_SECRET   (Stripe: Developers)\n"
    "  TRESEN_SMTP_PASSWORD                                     (your mail service)\n"
    "  keys/database_*        remove them while the database is stopped; the next start makes "
    "new\n"
    "Restart the shop afterwards: forms that are open in a browser have to be sent again."
)


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help=_("how they stand, for the doctor"))
    actions.add_parser("show", help=_("kinds, versions, ages"))
    rotate = actions.add_parser("rotate", help=_("change keys while the shop is open"))
    one_of = rotate.add_mutually_exclusive_group()
    for name in WHAT:
        one_of.add_argument(f"--{name}", dest="what", action="store_const", const=name)


def act(arguments: argparse.Namespace) -> int:
    if arguments.action == "status":
        return _status()
    if arguments.action == "show":
        print("\n".join(_shown()))
        return 0
    begun = time.monotonic()
    try:
        _rotate(arguments.what or "kek")
    except RootTrouble as trouble:
        raise Trouble(str(trouble)) from trouble
    print(_("Done in {seconds} s.", seconds=number(time.monotonic() - begun, 1)))
    if arguments.what == "everything":
        print(_(ELSEWHERE))
    return 0


def _rotate(what: str) -> None:
    now = clock.now()
    if what == "kek":
        count = rotate_kek(now=now, actor=SYSTEM, say=_say)
        print(
            ngettext(
                "{count} data key is wrapped anew.", "{count} data keys are wrapped anew.", count
            )
        )
    elif what == "index":
        count = rotate_index(now=now, actor=SYSTEM, say=_say)
        print(
            ngettext(
                "{count} fingerprint is made anew.", "{count} fingerprints are made anew.", count
            )
        )
        print(_("The older key goes by itself, the night after nothing is left of it."))
    elif what == "reseal":
        count = reseal_old_rows(now=now, say=_say)
        print(
            ngettext(
                "{count} old row is sealed for people.",
                "{count} old rows are sealed for people.",
                count,
            )
        )
    elif what == "signing":
        rotate_signing(now=now, actor=SYSTEM)
    elif what == "root":
        rotate_root(now=now, actor=SYSTEM)
    else:
        for channel, key in rotate_everything(now=now, actor=SYSTEM, say=_say).items():
            print(_("  new key of the API for {channel}: {key}", channel=channel, key=key))


def _status() -> int:
    """Old, where the worker should have changed them long ago."""
    newest, now = keyring().newest("kek"), clock.now()
    made_at = (
        datetime.fromisoformat(newest.made_at)
        if newest.made_at
        else datetime.fromtimestamp(Path(settings.KEYRING_FILE).stat().st_mtime, tz=UTC)
    )
    is_stale = now - made_at > timedelta(days=KEK_DAYS + DAYS_LATE_MAX)
    standing = {"version": newest.version, "date": f"{made_at:%Y-%m-%d}"}
    if is_stale:
        print(
            _(
                "People's keys are wrapped with version {version} of {date}: for weeks nobody "
                "changed it.",
                **standing,
            )
        )
    else:
        print(_("People's keys are wrapped with version {version} of {date}", **standing))
    for line in _left():
        print(line)
    return STALE if is_stale else 0


def _left() -> list[str]:
    """What an older key is still needed for."""
    rows = [
        ngettext(
            "{count} row in {table} of before people had keys: tresen keys rotate --reseal",
            "{count} rows in {table} of before people had keys: tresen keys rotate --reseal",
            count,
            table=table,
        )
        for table, count in sorted(count_old_rows().items())
    ]
    return rows + [
        ngettext(
            "{count} fingerprint of an older key in {place}",
            "{count} fingerprints of an older key in {place}",
            count,
            place=place,
        )
        for place, count in sorted(old_indexes().items())
    ]


def _say(what: str, count: int) -> None:
    print(f"  {number(count)} {_(what)} …", flush=True)


def _shown() -> list[str]:
    ring, now = keyring(), clock.now()
    root = settings.ROOT_KEY.name
    file = Path(settings.KEYRING_FILE)
    lines = [_("Keyring {file}, wrapped by the root key «{root}»", file=file, root=root)]
    for kind in KINDS:
        for key in ring.all(kind):
            made = key.made_at[:16].replace("T", " ") or _("with the first start")
            lines.append(
                _(
                    "  {kind} version {version}   made {when}",
                    kind=f"{kind:<8}",
                    version=key.version,
                    when=made,
                )
            )
    ((keys, subjects, restricted),) = sql.rows(
        "SELECT count(*), count(DISTINCT subject), count(restricted_at) FROM vault.data_key"
    )
    lines.append(
        _(
            "{keys} data keys of {subjects} subjects, {restricted} of them restricted",
            keys=number(cast("int", keys)),
            subjects=number(cast("int", subjects)),
            restricted=number(cast("int", restricted)),
        )
    )
    lines += [f"  {line}" for line in _left()]
    lines.append(_("Read at {when} UTC", when=f"{now:%Y-%m-%d %H:%M}"))
    return lines
