"""The state of the audit in lines for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tresen.domains.security.queries.chain import (
    count_waiting,
    find_last_seal,
    list_anchored,
    list_examinations,
)
from tresen.domains.security.types import Break, BreakKind, Verdict
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, ngettext, number

BREAKS: Mapping[str, str] = {
    BreakKind.DEED_CHANGED: gettext_noop("deed changed"),
    BreakKind.DEED_MISSING: gettext_noop("deed missing"),
    BreakKind.DEED_FORGED: gettext_noop("deed forged"),
    BreakKind.LINK_MISSING: gettext_noop("link missing"),
    BreakKind.LINK_CHANGED: gettext_noop("link changed"),
    BreakKind.LINK_BEYOND: gettext_noop("link beyond"),
    BreakKind.SEAL_MISSING: gettext_noop("seal missing"),
    BreakKind.SEAL_CHANGED: gettext_noop("seal changed"),
    BreakKind.SEAL_UNSIGNED: gettext_noop("seal unsigned"),
    BreakKind.TRUNCATED: gettext_noop("truncated"),
}

PLACES: Mapping[str, str] = {"folder": gettext_noop("folder")}
"""Where roots are kept, by the names of the wiring; one that is not here is told as it is."""


def status_lines() -> Sequence[str]:
    """What the doctor and the verb say."""
    seal = find_last_seal()
    lines = [_("not sealed yet")]
    if seal is not None:
        lines = [
            _(
                "seal {no} of {when} UTC over {count} deeds",
                no=seal.no,
                when=f"{seal.sealed_at:%Y-%m-%d %H:%M:%S}",
                count=number(seal.last),
            )
        ]
    lines.append(
        ngettext(
            "{count} deed waits for the next one",
            "{count} deeds wait for the next one",
            count_waiting(),
        )
    )
    lines += [
        _(
            "kept outside ({place}): up to seal {no}, {when} UTC",
            place=_(PLACES[place]) if place in PLACES else place,
            no=no,
            when=f"{at:%Y-%m-%d %H:%M}",
        )
        for place, no, at in list_anchored()
    ]
    for found in list_examinations(limit=1):
        lines.append(
            _(
                "examined {when} UTC: {count} deeds, {verdict}",
                when=f"{found.ended_at:%Y-%m-%d %H:%M}",
                count=number(found.deeds),
                verdict=_kind(found.broken) if found.broken else _("sound"),
            )
        )
    return lines


def verdict_words(verdict: Verdict) -> str:
    return _(
        "{deeds} deeds under {seals} seals examined, {roots} roots kept outside, {waiting} deeds "
        "not sealed yet: {verdict}",
        deeds=number(verdict.deeds),
        seals=number(verdict.seals),
        roots=number(verdict.anchors),
        waiting=number(verdict.waiting),
        verdict=_("sound") if verdict.is_sound else _("NOT SOUND"),
    )


def broken_words(broken: Break) -> str:
    parts = [_("first break: {what}", what=_kind(broken.kind))]
    if broken.seal:
        parts.append(_("seal {no}", no=broken.seal))
    if broken.position:
        parts.append(_("place {no}", no=broken.position))
    if broken.deed_id:
        parts.append(_("deed {id}", id=broken.deed_id))
    if broken.at:
        parts.append(_("time {when} UTC", when=f"{broken.at:%Y-%m-%d %H:%M:%S}"))
    return ", ".join(parts)


def _kind(kind: str) -> str:
    return _(BREAKS[kind]) if kind in BREAKS else kind
