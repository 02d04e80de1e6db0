"""Data about people: the record of processing, the queue, and what is kept for whom.

tresen privacy record [--json]   Art. 30 GDPR, from the running configuration
tresen privacy requests          what waits for an answer, the most urgent first
tresen privacy ask KIND ADDRESS  enter a request that came on paper, by phone, at the counter
tresen privacy prove NUMBER --how NOTE           the person was checked; then it goes by itself
tresen privacy answer NUMBER --words TEXT        close it with a letter (--refuse --ground LAW)
tresen privacy extend NUMBER --reason TEXT       two further months, told inside the first
tresen privacy withdraw NUMBER                   the person no longer wants it
tresen privacy words FILE        publish the words under a switch (JSON: purpose, covers, de, en)
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db import transaction

from tresen.domains.privacy.commands import publish_consent_text
from tresen.domains.privacy.queries.requests import RequestFilter, list_requests
from tresen.domains.privacy.types.consents import Purpose
from tresen.domains.privacy.types.processors import Mechanism
from tresen.domains.privacy.types.requests import RequestKind, RequestState
from tresen.domains.privacy.types.retention import Period
from tresen.entrypoints.cli.privacy_requests import (
    act_on_request,
    declare_requests,
    enter_request,
)
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.vault.personal import Recipient, Subject
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, language_of, ngettext
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.place import responsible_place
from tresen.workflows.trusting.processing import Activity, processing_record

SHOWN_MAX = 100
FAILED = 1
KINDS: Mapping[RequestKind, str] = {
    RequestKind.ACCESS: gettext_noop("Copy of all data"),
    RequestKind.PORTABILITY: gettext_noop("File for another service"),
    RequestKind.RECTIFICATION: gettext_noop("Correction"),
    RequestKind.ERASURE: gettext_noop("Erasure"),
    RequestKind.RESTRICTION: gettext_noop("Restriction"),
    RequestKind.OBJECTION: gettext_noop("Objection to advertising"),
    RequestKind.ASK_PERSON: gettext_noop("Review by a person"),
}
STATES: Mapping[RequestState, str] = {
    RequestState.RECEIVED: gettext_noop("to be answered"),
    RequestState.UNPROVEN: gettext_noop("check the person"),
    RequestState.DEFERRED: gettext_noop("waits for something"),
}
"""Of those that are open."""
RECORD_WORDS: Mapping[str, str] = {
    Subject.CUSTOMER: gettext_noop("customers"),
    Subject.STAFF: gettext_noop("staff"),
    Recipient.MAIL: gettext_noop("mail service"),
    Recipient.PAYMENT: gettext_noop("payment service"),
    Recipient.CARRIER: gettext_noop("parcel service"),
    Recipient.TAX: gettext_noop("tax adviser and tax office"),
    Recipient.BACKUP: gettext_noop("keeper of backups"),
    Mechanism.NONE: gettext_noop("not needed: within the EEA"),
    Mechanism.ADEQUACY: gettext_noop("decision of the Commission (adequacy)"),
    Mechanism.FRAMEWORK: gettext_noop("Data Privacy Framework, listed company"),
    Mechanism.CLAUSES: gettext_noop("standard clauses with an assessment"),
}


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    record = verbs.add_parser("record", help=_("the record of processing (Art. 30 GDPR)"))
    record.add_argument("--json", action="store_true", help=_("for machines"))
    verbs.add_parser("requests", help=_("what waits for an answer, by its clock"))
    declare_requests(verbs)
    words = verbs.add_parser("words", help=_("publish the words under a switch"))
    words.add_argument("file", type=Path)


def act(arguments: argparse.Namespace) -> int:
    if arguments.verb == "record":
        return _record(as_json=arguments.json)
    if arguments.verb == "words":
        return _words(arguments.file)
    if arguments.verb == "requests":
        return _requests()
    print(enter_request(arguments) if arguments.verb == "ask" else act_on_request(arguments))
    return 0


def _record(*, as_json: bool) -> int:
    found = processing_record(now=clock.now())
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=_plain))
        return 0
    controller = ", ".join(found.controller.values())
    print(_("Record of processing, {day}: {controller}", day=found.made_on, controller=controller))
    place = found.storage or _("not named (TRESEN_SERVER_LOCATION)")
    print(_("Data lie in: {place}", place=place), end="\n\n")
    for activity in found.activities:
        print("\n".join(_lines(activity)), end="\n\n")
    for one in found.processors:
        ground = _(RECORD_WORDS[one.mechanism])
        print(f"{one.name} ({one.country}): {one.task}; {ground} {one.reference}".rstrip())
    return 0


def _lines(activity: Activity) -> list[str]:
    return [
        activity.purpose,
        _(
            "  whose: {subjects}; ground: Art. {bases} GDPR",
            subjects=_listed(activity.subjects),
            bases=", ".join(activity.bases),
        ),
        _("  data: {labels}", labels=", ".join(activity.data)),
        _("  recipients: {recipients}", recipients=_listed(activity.recipients) or _("none")),
        _(
            "  kept: {classes}; encrypted: {how}",
            classes=", ".join(_kept(name, period) for name, period in activity.periods),
            how=_("yes") if activity.encrypted else _("partly"),
        ),
    ]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(_(RECORD_WORDS[word]) for word in words)


def _kept(name: str, period: Period | None) -> str:
    law = law_words(period.law, locale=language_of(os.environ)) if period else ""
    return f"{name} ({law})" if law else name


def _requests() -> int:
    today = responsible_place().day_of(clock.now())
    found = list_requests(narrow=RequestFilter(only_open=True), limit=SHOWN_MAX)
    for row in found:
        left = row.clock.days_left(today)
        kind, state = _(KINDS[row.kind]), _(STATES[row.state])
        due = _("due {day}", day=row.clock.due_on)
        print(f"{row.number}  {kind}  {state}  {due}  {_time_words(left)}")
    if not found:
        print(_("Nobody waits for an answer."))
    return FAILED if any(row.clock.days_left(today) < 0 for row in found) else 0


def _time_words(left: int) -> str:
    if left < 0:
        return ngettext("{count} day late", "{count} days late", -left)
    return ngettext("{count} day left", "{count} days left", left)


def _words(file: Path) -> int:
    try:
        given: Mapping[str, object] = json.loads(file.read_text())
        purpose = Purpose(str(given["purpose"]))
        words = {code: str(given[code]) for code in ("de", "en")}
    except (OSError, ValueError, KeyError) as wrong:
        told = _("{file}: {reason}; wanted are purpose, de and en", file=file, reason=wrong)
        print(told, file=sys.stderr)
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
    version, digest = text.version, text.digest[:12]
    print(
        _("{purpose}: version {version}, {digest}", purpose=purpose, version=version, digest=digest)
    )
    return 0


def _plain(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()
