"""From deeds to the kit's lists and details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.security.types import Seal
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Filter,
    FilterChoice,
    Linked,
    ListSpec,
    SavedView,
    Section,
    Table,
)
from tresen.entrypoints.backoffice.trust.audit import words
from tresen.entrypoints.backoffice.trust.audit.asking import (
    actor_words,
    object_words,
    person_words,
    session_words,
)
from tresen.foundation.audit.rows import DeedRow
from tresen.foundation.ids import outer

PERSONS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ShownDeed:
    """A deed with the names of who did it and of what it was done to."""

    row: DeedRow
    who: str
    to_what: Linked | str


def audit_url(said: str) -> str:
    """The list, narrowed to what is said."""
    return f"{reverse('backoffice:audit')}?{urlencode({'q': said})}"


def affected_url(said: str) -> str:
    """Whom the deeds that are meant touch."""
    return f"{reverse('backoffice:affected')}?{urlencode({'q': said})}"


def deed_url(deed_id: UUID) -> str:
    return reverse("backoffice:audit_deed", args=[outer("deed", deed_id)])


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way here."""
    home = Crumb(gettext("Trust"), reverse("backoffice:trust"))
    return [home, Crumb(gettext("Audit"), reverse("backoffice:audit")), *more]


DEEDS: ListSpec[ShownDeed] = ListSpec(
    name="audit",
    title=_("Audit"),
    task="trust",
    columns=[
        Column("at", _("Time"), lambda shown: shown.row.at),
        Column("action", _("What"), lambda shown: words.action_words(shown.row.action)),
        Column("who", _("Who"), lambda shown: shown.who),
        Column("object", _("To what"), lambda shown: shown.to_what),
        Column("persons", _("People"), lambda shown: len(shown.row.persons), kind="number"),
        Column("session", _("Session"), lambda shown: shown.row.session[:8], shown=False),
        Column("request", _("Request"), lambda shown: shown.row.request_id, shown=False),
    ],
    row_id=lambda shown: outer("deed", shown.row.id),
    row_url=lambda shown: deed_url(shown.row.id),
    empty=Empty(
        _("Nothing was recorded yet"),
        _("Everything that staff does, and every look at people's data, appears here at once."),
    ),
    search_hint=_("E-mail, order number, staff name, session:…"),
    filters=[
        Filter(
            "kind",
            _("Who"),
            choices=[
                FilterChoice("staff", _("staff")),
                FilterChoice("customer", _("customers")),
                FilterChoice("guest", _("guests")),
                FilterChoice("api", _("programs")),
                FilterChoice("system", _("the system")),
            ],
            many=False,
        ),
        Filter("at", _("Time"), kind="days"),
    ],
    views=[SavedView("all", _("All"), ""), SavedView("staff", _("Staff"), "kind=staff")],
)


def deed_page(
    shown: ShownDeed, *, place: tuple[int, Seal] | None, is_sound: bool, note: str
) -> DetailPage:
    """One deed: who, what, whom it touches, and what proves it."""
    row = shown.row
    return DetailPage(
        title=words.action_words(row.action),
        task="trust",
        crumbs=crumbs(Crumb(words.action_words(row.action))),
        chips=[_proof_chip(place, is_sound)],
        actions=_ways(row),
        sections=[_what(shown, note), *_persons(row), _proof(row, place)],
    )


def _proof_chip(place: tuple[int, Seal] | None, is_sound: bool) -> Chip:
    if not is_sound:
        return Chip(gettext("changed afterwards"), "error")
    if place is None:
        return Chip(gettext("sealed within a minute"), "quiet")
    return Chip(gettext("sealed"), "ok")


def _ways(row: DeedRow) -> list[Action]:
    """From here to everything of the same session, account or object."""
    found = []
    if row.session:
        said = session_words(row.session)
        found += [
            Action(gettext("All of this session"), audit_url(said)),
            Action(gettext("Affected by this session"), affected_url(said)),
        ]
    if row.actor_id:
        found.append(Action(gettext("All of this account"), audit_url(actor_words(row.actor_id))))
    if row.object_id:
        found.append(
            Action(gettext("All about this object"), audit_url(object_words(row.object_id)))
        )
    return found


def _what(shown: ShownDeed, note: str) -> Section:
    row = shown.row
    facts = [
        Fact(gettext("Time"), row.at),
        Fact(gettext("Who"), shown.who),
        Fact(gettext("Action"), row.action),
        Fact(gettext("To what"), shown.to_what),
        Fact(gettext("Session"), row.session or "–"),
        Fact(gettext("Request"), row.request_id or "–"),
        Fact(gettext("What changed or was shown"), ", ".join(row.fields) or "–"),
    ]
    if note:
        facts.append(Fact(gettext("Note"), note))
    return Section("what", gettext("What happened"), facts=facts)


def _persons(row: DeedRow) -> list[Section]:
    if not row.persons:
        return []
    columns: list[Column[UUID]] = [
        Column(
            "person",
            gettext("Person"),
            lambda person: Linked(str(person), audit_url(person_words(person))),
        )
    ]
    count = len(row.persons)
    text = ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
    table = Table(columns, row.persons[:PERSONS_SHOWN])
    return [Section("persons", gettext("People it touches"), text=text, tables=[table])]


def _proof(row: DeedRow, place: tuple[int, Seal] | None) -> Section:
    facts = [
        Fact(gettext("Digest before"), _hex(row.before_digest)),
        Fact(gettext("Digest after"), _hex(row.after_digest)),
        Fact(gettext("Code of the row"), _hex(row.mac)),
    ]
    if place is not None:
        position, seal = place
        facts += [
            Fact(gettext("Place in the chain"), position),
            Fact(
                gettext("Seal"),
                seal.no,
                gettext("signed with key %(no)s") % {"no": seal.key_version},
            ),
            Fact(gettext("Sealed at"), seal.sealed_at),
            Fact(gettext("Root"), _hex(seal.root)),
        ]
    return Section("proof", gettext("What proves it"), facts=facts)


def _hex(value: bytes | None) -> str:
    return value.hex() if value else "–"


def shown_deeds(rows: Sequence[DeedRow], people: Mapping[UUID, str]) -> list[ShownDeed]:
    return [
        ShownDeed(row, words.who_words(row, people), words.object_of(row, people)) for row in rows
    ]
