"""What people are told about a breach (Art. 34 GDPR), in plain words, German or English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind, NewLetter
from tresen.domains.orders.queries import latest_persons
from tresen.domains.security.types.incidents import Category, Incident
from tresen.workflows.caring.order_letters import channel_of, shop_words

LOCALES = ("de", "en")
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many letters wait to be sent, and who cannot be reached by e-mail."""

    queued: int
    unreached: tuple[UUID, ...]


def paragraphs_of(incident: Incident, *, locale: str) -> list[str]:
    """The letter between greeting and signature; the same on the page and in the mail."""
    said = incident.words
    with translation.override(locale):
        return [
            gettext(
                "There was an incident that concerns data about you. We tell you what we know."
            ),
            gettext("What happened: %(words)s") % {"words": said.what or "…"},
            gettext("Which data: %(words)s") % {"words": _kinds(incident) or "…"},
            gettext("What may follow for you: %(words)s") % {"words": said.consequences or "…"},
            gettext("What we have done and are doing: %(words)s") % {"words": said.measures or "…"},
            gettext(
                "What you can do: be wary of messages that name your order or ask for passwords, "
                "codes or payments. If you use the same password elsewhere, change it there, too. "
                "We never ask for your password."
            ),
            gettext("Who answers your questions: %(words)s") % {"words": said.contact or "…"},
            gettext(
                "You may also turn to the data protection authority. We are sorry that this "
                "happened."
            ),
        ]


def queue_breach_letters(
    *, incident: Incident, person_ids: Sequence[UUID], channel_code: str, now: datetime
) -> Written:
    """One letter to each, however often it is asked for, in the language of their last order."""
    queued, unreached = 0, []
    for start in range(0, len(person_ids), BATCH):
        some = person_ids[start : start + BATCH]
        known = latest_persons(some)
        letters = [
            _letter(
                incident,
                person_id,
                email=person.email,
                name=person.name,
                locale=locale,
                channel_code=channel_code,
            )
            for person_id, (person, locale) in known.items()
            if person.email
        ]
        if letters:
            queue_letters(letters=letters, now=now)
        queued += len(letters)
        reached = {letter.person_id for letter in letters}
        unreached += [person_id for person_id in some if person_id not in reached]
    return Written(queued=queued, unreached=tuple(unreached))


def _letter(
    incident: Incident, person_id: UUID, *, email: str, name: str, locale: str, channel_code: str
) -> NewLetter:
    channel = channel_of(channel_code)
    language = locale if locale in LOCALES else LOCALES[0]
    return NewLetter(
        key=f"breach:{incident.id}:{person_id}",
        kind=LetterKind.BREACH_NOTICE,
        locale=language,
        recipient=email,
        person_id=person_id,
        payload={
            "channel": channel.code,
            "zone": channel.market.time_zone,
            "shop": shop_words(channel),
            "name": name,
            "number": str(incident.number),
            "paragraphs": paragraphs_of(incident, locale=language),
        },
    )


def _kinds(incident: Incident) -> str:
    return ", ".join(_KINDS[category]() for category in incident.facts.categories)


_KINDS = {
    Category.CONTACT: lambda: gettext("name, e-mail address, phone number"),
    Category.ADDRESS: lambda: gettext("postal address"),
    Category.ORDERS: lambda: gettext("your orders"),
    Category.PAYMENT: lambda: gettext("payments and bank account"),
    Category.SIGN_IN: lambda: gettext("sign-in data"),
    Category.MESSAGES: lambda: gettext("messages"),
    Category.STAFF: lambda: gettext("data of employees"),
}
