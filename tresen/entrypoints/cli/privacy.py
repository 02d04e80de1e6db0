"""Data about people: the record of processing, the queue, and what is kept for whom.

tresen privacy record [--json]   Art. 30 GDPR, from the running configuration
tresen privacy requests          what waits for an answer, the most urgent first
tresen privacy words FILE        publish the words under a switch (JSON: purpose, covers, de, en)
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db import transaction

from tresen.domains.privacy.commands import publish_consent_text
from tresen.domains.privacy.queries.requests import RequestFilter, list_requests
from tresen.domains.privacy.types.consents import Purpose
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.place import responsible_place
from tresen.workflows.trusting.processing import Activity, processing_record

SHOWN_MAX = 100
FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    record = verbs.add_parser("record", help="the record of processing (Art. 30 GDPR)")
    record.add_argument("--json", action="store_true", help="for machines")
    verbs.add_parser("requests", help="what waits for an answer, by its clock")
    words = verbs.add_parser("words", help="publish the words under a switch")
    words.add_argument("file", type=Path)


def act(arguments: argparse.Namespace) -> int:
    if arguments.verb == "record":
        return _record(as_json=arguments.json)
    if arguments.verb == "words":
        return _words(arguments.file)
    return _requests()


def _record(*, as_json: bool) -> int:
    found = processing_record(now=clock.now())
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=_plain))
        return 0
    print(f"Record of processing, {found.made_on}: {', '.join(found.controller.values())}")
    print(f"Data lie in: {found.storage or 'not named (TRESEN_SERVER_LOCATION)'}\n")
    for activity in found.activities:
        print("\n".join(_lines(activity)), end="\n\n")
    for one in found.processors:
        print(f"{one.name} ({one.country}): {one.task}; {one.mechanism or 'EEA'} {one.reference}")
    return 0


def _lines(activity: Activity) -> list[str]:
    kept = (f"{name} {f'({period.law})' if period else ''}" for name, period in activity.periods)
    return [
        activity.purpose,
        f"  whose: {', '.join(activity.subjects)}; ground: Art. {', '.join(activity.bases)} GDPR",
        f"  data: {', '.join(activity.data)}",
        f"  recipients: {', '.join(activity.recipients) or 'none'}",
        f"  kept: {', '.join(kept)}; encrypted: {'yes' if activity.encrypted else 'partly'}",
    ]


def _requests() -> int:
    today = responsible_place().day_of(clock.now())
    found = list_requests(narrow=RequestFilter(only_open=True), limit=SHOWN_MAX)
    for row in found:
        left = row.clock.days_left(today)
        time = f"{-left} days late" if left < 0 else f"{left} days left"
        print(f"{row.number}  {row.kind}  {row.state}  due {row.clock.due_on}  {time}")
    if not found:
        print("Nobody waits for an answer.")
    return FAILED if any(row.clock.days_left(today) < 0 for row in found) else 0


def _words(file: Path) -> int:
    try:
        given: Mapping[str, object] = json.loads(file.read_text())
        purpose = Purpose(str(given["purpose"]))
        words = {code: str(given[code]) for code in ("de", "en")}
    except (OSError, ValueError, KeyError) as wrong:
        print(f"{file}: {wrong}; wanted are purpose, de and en", file=sys.stderr)
        return FAILED
    covers = given.get("covers", ())
    with transaction.atomic():
        text = publish_consent_text(
            purpose=purpose,
            words=words,
            covers=tuple(map(str, covers)) if isinstance(covers, list) else (),
            now=clock.now(),
        )
        deed = Deed(
            action="consent_words.publish",
            actor=SYSTEM,
            object_kind="consent",
            object_id=purpose.value,
            after={"version": text.version},
        )
        record(deed, now=clock.now())
    print(f"{purpose}: version {text.version}, {text.digest[:12]}")
    return 0


def _plain(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()
