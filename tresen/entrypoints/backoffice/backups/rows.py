"""The state of the backups as a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext

from tresen.entrypoints.backoffice.backups import words
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Fact,
    Section,
    Table,
    Value,
)
from tresen.operations.backup.manifests import Manifest
from tresen.operations.backup.status import Alarm, BackupStatus, Proof

BACKUPS_SHOWN = 50
KEY_SHOWN = 16


def backups_page(status: BackupStatus) -> DetailPage:
    """Alarms first, then how it stands, the proof, what there is, and for whom."""
    busy = words.busy_words(status.busy_with)
    sections = [
        *_alarms(status),
        _standing(status),
        _proof(status.last_proof),
        *_earlier_proofs(status.proofs),
        *_backups(status.manifests),
        _keys(status),
    ]
    return DetailPage(
        title=gettext("Backups"),
        task="trust",
        crumbs=_crumbs(),
        chips=[words.state_chip(status), *([Chip(busy, "info")] if busy else [])],
        lead=gettext(
            "Everything that is written to the database lies encrypted with the backups about a "
            "second later. Each night the newest backup is restored, checked and thrown away."
        ),
        actions=_actions(status),
        sections=sections,
    )


def _crumbs() -> list[Crumb]:
    """The index of the area, where it exists."""
    try:
        return [Crumb(pgettext("task", "Trust"), reverse("backoffice:trust"))]
    except NoReverseMatch:
        return [Crumb(pgettext("task", "Trust"))]


def _actions(status: BackupStatus) -> list[Action]:
    if not status.running or status.busy_with:
        return []
    found = [
        Action(
            gettext("Take a backup now"),
            reverse("backoffice:backups_wish", args=["backup"]),
            method="post",
            icon="save",
        )
    ]
    if status.manifests:
        found.append(
            Action(
                gettext("Run a restore drill now"),
                reverse("backoffice:backups_wish", args=["drill"]),
                method="post",
                icon="shield-check",
            )
        )
    return found


def _alarms(status: BackupStatus) -> list[Section]:
    if not status.alarms:
        return []
    columns: list[Column[Alarm]] = [
        Column("when", gettext("When"), words.alarm_chip, kind="chips"),
        Column("what", gettext("What to do"), lambda alarm: words.alarm_words(alarm, status)),
    ]
    return [Section("alarms", gettext("To do"), tables=[Table(columns, status.alarms)])]


def _standing(status: BackupStatus) -> Section:
    newest = status.newest
    waits = (
        gettext("Each order waits until it lies there.")
        if status.synchronous
        else gettext("About a second behind; an order does not wait for it.")
    )
    facts = [
        Fact(gettext("Newest backup"), newest.consistent_at if newest else None),
        Fact(gettext("Everything saved until"), status.until, waits),
        Fact(
            gettext("Keys of people"),
            status.keystore_at,
            gettext("Apart from their data, kept for seven days at most."),
        ),
        Fact(gettext("Place"), status.target),
        Fact(gettext("Size"), _size(status.bytes), _limit(status)),
    ]
    return Section("standing", gettext("How it stands"), facts=facts)


def _limit(status: BackupStatus) -> str:
    if math.isinf(status.bytes_max):
        return gettext("No limit is set.")
    return gettext("At most %(size)s; the oldest go first.") % {"size": _size(status.bytes_max)}


def _proof(proof: Proof | None) -> Section:
    title = gettext("Last proof")
    if proof is None:
        return Section("proof", title, text=gettext("No restore drill has run yet."))
    facts = [
        Fact(gettext("When"), proof.at),
        Fact(gettext("Result"), _result(proof), words.failure_words(proof)),
    ]
    if proof.held:
        facts += [
            Fact(gettext("Backup"), proof.backup),
            Fact(
                gettext("Restored in"),
                _seconds(proof.restore_seconds),
                gettext("%(speed)s per second") % {"speed": _size(proof.bytes_per_second)},
            ),
            Fact(gettext("With all checks"), _seconds(proof.seconds)),
            Fact(gettext("Newest row that came back"), *_freshness(proof)),
            Fact(gettext("Checked"), _checked(proof)),
        ]
    return Section("proof", title, facts=facts)


def _freshness(proof: Proof) -> tuple[Value, str]:
    if proof.lost_seconds is None:
        return None, ""
    return (
        gettext("%(seconds)s old when the drill began") % {"seconds": _seconds(proof.lost_seconds)},
        gettext("A mark is written each minute and before each drill."),
    )


def _checked(proof: Proof) -> str:
    rules = ngettext("%(count)s rule holds", "%(count)s rules hold", proof.invariants)
    rows = ngettext("%(count)s booking is there", "%(count)s bookings are there", proof.rows)
    return f"{rules % {'count': proof.invariants}}, {rows % {'count': proof.rows}}, " + gettext(
        "every page and index is sound"
    )


def _earlier_proofs(proofs: Sequence[Proof]) -> list[Section]:
    earlier = list(reversed(proofs[:-1]))
    if not earlier:
        return []
    columns: list[Column[Proof]] = [
        Column("when", gettext("When"), lambda proof: proof.at),
        Column("result", gettext("Result"), _result, kind="chips"),
        Column("backup", gettext("Backup"), lambda proof: proof.backup),
        Column("seconds", gettext("Restored in"), lambda proof: _seconds(proof.restore_seconds)),
        Column("why", gettext("Reason"), words.failure_words),
    ]
    return [Section("proofs", gettext("Earlier proofs"), tables=[Table(columns, earlier)])]


def _backups(manifests: Sequence[Manifest]) -> list[Section]:
    if not manifests:
        return []
    newest_first = list(reversed(manifests))[:BACKUPS_SHOWN]
    columns: list[Column[Manifest]] = [
        Column("name", gettext("Name"), lambda one: one.id),
        Column("kind", gettext("Contents"), lambda one: words.kind_words(one.kind)),
        Column("from", gettext("Restorable from"), lambda one: one.consistent_at),
        Column("size", gettext("Size"), lambda one: _size(one.bytes), kind="number"),
        Column("took", gettext("Took"), lambda one: _seconds(one.seconds), kind="number"),
    ]
    return [
        Section(
            "backups",
            gettext("What can be restored"),
            text=gettext(
                "Any moment from a backup on, to the second. At the machine: tresen restore --to "
                "TIME --into NEW-FOLDER"
            ),
            tables=[Table(columns, newest_first)],
        )
    ]


def _keys(status: BackupStatus) -> Section:
    columns: list[Column[tuple[str, str]]] = [
        Column("label", gettext("Whose key"), lambda one: words.label_words(one[1])),
        Column("key", gettext("Public half"), lambda one: f"{one[0][:KEY_SHOWN]}…"),
    ]
    text = ngettext(
        "%(count)s key lies outside of this machine.",
        "%(count)s keys lie outside of this machine.",
        status.outside,
    )
    if not status.outside:
        text = gettext("No key lies outside of this machine.")
    return Section(
        "keys",
        gettext("Who can open them"),
        text=text % {"count": status.outside},
        tables=[Table(columns, status.recipients)] if status.recipients else [],
    )


def _result(proof: Proof) -> Chip:
    if proof.held:
        return Chip(pgettext("proof", "Held"), "ok")
    return Chip(pgettext("proof", "Failed"), "error")


def _size(count: float) -> str:
    return words.size_words(count, comma=_comma())


def _seconds(seconds: float) -> str:
    return words.seconds_words(seconds, comma=_comma())


def _comma() -> bool:
    return (get_language() or "en").startswith("de")


def last_proof_words(status: BackupStatus, *, now: datetime) -> str:
    """One line for the index of the area."""
    proof = status.last_proof
    if proof is None:
        return gettext("No restore drill has run yet.")
    days = (now - proof.at).days
    when = ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if days == 0:
        when = gettext("within the last day")
    if proof.held:
        return gettext("Last proof: %(when)s, it held.") % {"when": when}
    return gettext("Last proof: %(when)s, it failed.") % {"when": when}
