"""The audit: seal it, see how it stands, examine it, give it out with proofs.

tresen audit status           last seal, what waits, where roots are kept, last examination (exit 1:
                              it found the chain not sound)
tresen audit search WORDS     who did what: an address, an order, a login, a session …
tresen audit affected WORDS   whose data these deeds changed or showed (--csv FILE: everybody)
tresen audit seal             seal whatever waits and bring the roots outside
tresen audit verify           the whole chain; names the first broken row and its time (exit 1)
tresen audit export --out F   JSON lines, each deed with the proof that it was sealed
tresen audit check F          an exported file, by this shop's keys or --public-key VERSION=HEX
tresen audit compare N DIGEST what a mail or a line outside says of seal N (exit 1: it is another)
tresen audit restored         the tables were taken back on purpose: anchors after that do not count
tresen audit newkey           new keys for rows and seals from now on; older ones stay for proofs
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tresen.domains.security.queries.chain import find_last_seal, list_examinations, list_seals
from tresen.domains.security.rules.chain import digest_of
from tresen.entrypoints.cli.audit_asking import (
    DEEDS_SHOWN,
    affected,
    check_folder,
    declare_question,
    search,
)
from tresen.entrypoints.cli.audit_telling import broken_words, status_lines, verdict_words
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.audit.keys import AuditKeyMissing, add_key, key_of
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext
from tresen.workflows.guarding.examine_audit import examine_audit
from tresen.workflows.guarding.export_audit import check_export, export_audit
from tresen.workflows.guarding.seal_audit import accept_restore, seal_audit

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help=_("how it stands"))
    searching = actions.add_parser("search", help=_("who did what, newest first"))
    declare_question(searching)
    searching.add_argument("--limit", type=int, default=DEEDS_SHOWN)
    asking = actions.add_parser("affected", help=_("whose data was changed or shown"))
    declare_question(asking)
    asking.add_argument("--csv", type=Path, metavar="FILE", help=_("everybody, into a file"))
    actions.add_parser("seal", help=_("seal whatever waits"))
    actions.add_parser("verify", help=_("examine the whole chain"))
    export = actions.add_parser("export", help=_("JSON lines with proofs"))
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    check = actions.add_parser("check", help=_("an exported file"))
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--public-key", action="append", default=[], metavar="VERSION=HEX")
    compare = actions.add_parser("compare", help=_("a seal that was kept outside"))
    compare.add_argument("no", type=int, metavar="N")
    compare.add_argument("digest", metavar="DIGEST")
    actions.add_parser("restored", help=_("the tables were taken back on purpose"))
    actions.add_parser("newkey", help=_("new keys from now on"))


def act(arguments: argparse.Namespace) -> int:
    do: dict[str, Callable[[argparse.Namespace], int]] = {
        "status": _status,
        "search": search,
        "affected": affected,
        "seal": _seal,
        "verify": _verify,
        "export": _export,
        "check": _check,
        "compare": _compare,
        "restored": _restored,
        "newkey": _newkey,
    }
    return do[arguments.action](arguments)


def _status(_arguments: argparse.Namespace) -> int:
    print("\n".join(status_lines()))
    broken = any(found.broken for found in list_examinations(limit=1))
    return FAILED if broken else 0


def _seal(_arguments: argparse.Namespace) -> int:
    count = seal_audit(now=clock.now(), look_back=None)
    print(ngettext("{count} deed sealed", "{count} deeds sealed", count))
    return 0


def _verify(_arguments: argparse.Namespace) -> int:
    seal = find_last_seal()
    with _bar(seal.last if seal else 0) as progress:
        verdict = examine_audit(now=clock.now(), progress=progress)
    print(verdict_words(verdict))
    if verdict.broken is None:
        return 0
    print(broken_words(verdict.broken), file=sys.stderr)
    return FAILED


def _export(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    check_folder(out)
    with transaction.atomic():
        deed = Deed(action="audit.export", actor=SYSTEM, object_kind="audit", object_id=out.name)
        record(deed, now=clock.now())
    seal_audit(now=clock.now())
    unfinished = out.with_name(f"{out.name}.part")
    with unfinished.open("w", encoding="utf-8") as file:
        count = 0
        for line in export_audit():
            file.write(f"{line}\n")
            count += line.startswith('{"deed"')
    unfinished.replace(out)
    print(ngettext("{count} deed in {file}", "{count} deeds in {file}", count, file=out))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    try:
        with arguments.file.open(encoding="utf-8") as lines:
            proven, wrong = check_export(lines, public_keys=_public_keys(arguments.public_key))
    except OSError as absent:
        told = _(
            "{file} cannot be read: {reason}.", file=arguments.file, reason=str(absent.strerror)
        )
        raise Trouble(told) from absent
    if wrong:
        told = ngettext(
            "line {line} is not proven; {count} deed before it is",
            "line {line} is not proven; {count} deeds before it are",
            proven,
            line=wrong,
        )
        print(told, file=sys.stderr)
        return FAILED
    print(ngettext("{count} deed is proven", "{count} deeds are proven", proven))
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    found = [seal for seal in list_seals(after=arguments.no - 1) if seal.no == arguments.no]
    no = arguments.no
    if not found:
        print(_("there is no seal {no}: the audit was cut short", no=no), file=sys.stderr)
        return FAILED
    if digest_of(found[0]).hex() != arguments.digest.strip().lower():
        print(_("seal {no} is not the one that was kept outside", no=no), file=sys.stderr)
        return FAILED
    print(_("seal {no} is the one that was kept outside; now run: tresen audit verify", no=no))
    return 0


def _restored(_arguments: argparse.Namespace) -> int:
    no = accept_restore(now=clock.now(), actor=SYSTEM)
    print(_("noted outside: the audit goes on after seal {no}", no=no))
    return 0


def _newkey(_arguments: argparse.Namespace) -> int:
    version = add_key()
    with transaction.atomic():
        deed = Deed(
            action="audit.newkey", actor=SYSTEM, object_kind="audit", object_id=str(version)
        )
        record(deed, now=clock.now())
    public = key_of(version).public_bytes().hex()
    print(_("version {version}, public key {key}", version=version, key=public))
    return 0


def _public_keys(given: Sequence[str]) -> dict[int, bytes]:
    """Those that were given, else our own."""
    try:
        named = (word.partition("=") for word in given)
        found = {int(version): bytes.fromhex(text) for version, _sign, text in named}
    except ValueError as wrong:
        raise Trouble(_("A public key is given as VERSION=HEX, such as 1=5f…")) from wrong
    return found or dict(_own_keys())


def _own_keys() -> Iterator[tuple[int, bytes]]:
    version = 1
    while True:
        try:
            yield version, key_of(version).public_bytes()
        except AuditKeyMissing:
            return
        version += 1


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """On a terminal only."""
    columns = (TextColumn(_("deeds")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = Progress(*columns, console=Console(file=sys.stderr), disable=not sys.stderr.isatty())
    with shown:
        task = shown.add_task("verify", total=total)
        yield lambda done: shown.update(task, completed=done)
