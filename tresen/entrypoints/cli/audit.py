"""The audit: seal it, see how it stands, examine it, give it out with proofs.

tresen audit status           last seal, what waits, where roots are kept, last examination (exit 1:
                              it found the chain not sound)
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

from tresen.domains.security.queries.chain import (
    count_waiting,
    find_last_seal,
    list_anchored,
    list_examinations,
    list_seals,
)
from tresen.domains.security.rules.chain import digest_of
from tresen.domains.security.types import Break, Verdict
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.audit.keys import AuditKeyMissing, add_key, key_of
from tresen.operations.machine.trouble import Trouble
from tresen.workflows.guarding.examine_audit import examine_audit
from tresen.workflows.guarding.export_audit import check_export, export_audit
from tresen.workflows.guarding.seal_audit import accept_restore, seal_audit

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help="how it stands")
    actions.add_parser("seal", help="seal whatever waits")
    actions.add_parser("verify", help="examine the whole chain")
    export = actions.add_parser("export", help="JSON lines with proofs")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    check = actions.add_parser("check", help="an exported file")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--public-key", action="append", default=[], metavar="VERSION=HEX")
    compare = actions.add_parser("compare", help="a seal that was kept outside")
    compare.add_argument("no", type=int, metavar="N")
    compare.add_argument("digest", metavar="DIGEST")
    actions.add_parser("restored", help="the tables were taken back on purpose")
    actions.add_parser("newkey", help="new keys from now on")


def act(arguments: argparse.Namespace) -> int:
    do: dict[str, Callable[[argparse.Namespace], int]] = {
        "status": _status,
        "seal": _seal,
        "verify": _verify,
        "export": _export,
        "check": _check,
        "compare": _compare,
        "restored": _restored,
        "newkey": _newkey,
    }
    return do[arguments.action](arguments)


def status_lines() -> Sequence[str]:
    """What the doctor and the verb say."""
    seal = find_last_seal()
    lines = ["not sealed yet"]
    if seal is not None:
        lines = [f"seal {seal.no} of {seal.sealed_at:%Y-%m-%d %H:%M:%S} UTC over {seal.last} deeds"]
    lines.append(f"{count_waiting()} deeds wait for the next one")
    lines += [
        f"kept outside ({place}): up to seal {no}, {at:%Y-%m-%d %H:%M} UTC"
        for place, no, at in list_anchored()
    ]
    for found in list_examinations(limit=1):
        what = found.broken.replace("_", " ") or "sound"
        lines.append(f"examined {found.ended_at:%Y-%m-%d %H:%M} UTC: {found.deeds} deeds, {what}")
    return lines


def _status(_arguments: argparse.Namespace) -> int:
    print("\n".join(status_lines()))
    broken = any(found.broken for found in list_examinations(limit=1))
    return FAILED if broken else 0


def _seal(_arguments: argparse.Namespace) -> int:
    print(f"{seal_audit(now=clock.now(), look_back=None)} deeds sealed")
    return 0


def _verify(_arguments: argparse.Namespace) -> int:
    seal = find_last_seal()
    with _bar(seal.last if seal else 0) as progress:
        verdict = examine_audit(now=clock.now(), progress=progress)
    print(_sum_up(verdict))
    if verdict.broken is None:
        return 0
    print(_broken_words(verdict.broken), file=sys.stderr)
    return FAILED


def _export(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    if not out.parent.is_dir():
        raise Trouble(f"There is no folder {out.parent}.")
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
    print(f"{count} deeds in {out}")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    try:
        with arguments.file.open(encoding="utf-8") as lines:
            proven, wrong = check_export(lines, public_keys=_public_keys(arguments.public_key))
    except OSError as absent:
        raise Trouble(f"{arguments.file} cannot be read: {absent.strerror}.") from absent
    if wrong:
        print(f"line {wrong} is not proven; {proven} deeds before it are", file=sys.stderr)
        return FAILED
    print(f"{proven} deeds are proven")
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    found = [seal for seal in list_seals(after=arguments.no - 1) if seal.no == arguments.no]
    if not found:
        print(f"there is no seal {arguments.no}: the audit was cut short", file=sys.stderr)
        return FAILED
    if digest_of(found[0]).hex() != arguments.digest.strip().lower():
        print(f"seal {arguments.no} is not the one that was kept outside", file=sys.stderr)
        return FAILED
    print(f"seal {arguments.no} is the one that was kept outside; now run: tresen audit verify")
    return 0


def _restored(_arguments: argparse.Namespace) -> int:
    no = accept_restore(now=clock.now(), actor=SYSTEM)
    print(f"noted outside: the audit goes on after seal {no}")
    return 0


def _newkey(_arguments: argparse.Namespace) -> int:
    version = add_key()
    with transaction.atomic():
        deed = Deed(
            action="audit.newkey", actor=SYSTEM, object_kind="audit", object_id=str(version)
        )
        record(deed, now=clock.now())
    print(f"version {version}, public key {key_of(version).public_bytes().hex()}")
    return 0


def _public_keys(given: Sequence[str]) -> dict[int, bytes]:
    """Those that were given, else our own."""
    try:
        named = (word.partition("=") for word in given)
        found = {int(version): bytes.fromhex(text) for version, _sign, text in named}
    except ValueError as wrong:
        raise Trouble("A public key is given as VERSION=HEX, such as 1=5f…") from wrong
    return found or dict(_own_keys())


def _own_keys() -> Iterator[tuple[int, bytes]]:
    version = 1
    while True:
        try:
            yield version, key_of(version).public_bytes()
        except AuditKeyMissing:
            return
        version += 1


def _sum_up(verdict: Verdict) -> str:
    return (
        f"{verdict.deeds} deeds under {verdict.seals} seals examined, {verdict.anchors} roots kept "
        f"outside, {verdict.waiting} deeds not sealed yet: "
        + ("sound" if verdict.is_sound else "NOT SOUND")
    )


def _broken_words(broken: Break) -> str:
    parts = [f"first break: {broken.kind.replace('_', ' ')}"]
    if broken.seal:
        parts.append(f"seal {broken.seal}")
    if broken.position:
        parts.append(f"place {broken.position}")
    if broken.deed_id:
        parts.append(f"deed {broken.deed_id}")
    if broken.at:
        parts.append(f"time {broken.at:%Y-%m-%d %H:%M:%S} UTC")
    return ", ".join(parts)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """On a terminal only."""
    columns = (TextColumn("deeds"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = Progress(*columns, console=Console(file=sys.stderr), disable=not sys.stderr.isatty())
    with shown:
        task = shown.add_task("verify", total=total)
        yield lambda done: shown.update(task, completed=done)
