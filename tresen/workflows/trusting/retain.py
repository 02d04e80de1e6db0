"""The retention engine: every class of records, dry or for real, with a report that is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tresen.domains.privacy.commands import note_run
from tresen.domains.privacy.queries.retention import held
from tresen.domains.privacy.types.retention import Finding
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.vault.classes import KeyClass
from tresen.workflows.trusting.engine.ending import BY_YEAR, end_profiles, end_year
from tresen.workflows.trusting.engine.expiring import expire_rows, expiring_rows
from tresen.workflows.trusting.place import responsible_place


def retain(*, dry: bool, now: datetime, actor: Actor) -> list[Finding]:
    """Take what is due, unless `dry`; bounded, so that a rest is left to the next run.

    A hold over a person or a class keeps back what it covers, and the report says how much.
    """
    place = responsible_place()
    findings = [
        expire_rows(rows, place=place, held=held(rows.retention), dry=dry, now=now)
        for rows in expiring_rows()
    ]
    findings += [end_year(name, place=place, held=held(name), dry=dry, now=now) for name in BY_YEAR]
    findings.append(end_profiles(place=place, held=held(KeyClass.PROFILE), dry=dry, now=now))
    with transaction.atomic():
        note_run(findings=findings, dry=dry, now=now, actor=actor)
        if not dry:
            gone = {one.table: one.removed for one in findings if one.removed}
            record(Deed(action="retention.run", actor=actor, after=gone), now=now)
    return findings
