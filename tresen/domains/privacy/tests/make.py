"""Words to agree to, and a person who asks for something."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from tresen.domains.privacy.commands import (
    NewRequest,
    note_consent,
    open_request,
    publish_consent_text,
)
from tresen.domains.privacy.queries.consents import email_index_of
from tresen.domains.privacy.types.consents import (
    ConsentAction,
    ConsentText,
    NewConsent,
    Purpose,
)
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestWay
from tresen.foundation.actor import GUEST, Actor

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
ERIKA = "erika@example.com"
WORDS = {"de": "Ich möchte Neues aus dem Laden per E-Mail.", "en": "I would like news by e-mail."}


def words(purpose: Purpose = Purpose.NEWSLETTER, **more: str) -> ConsentText:
    """The first version, or the next where words differ."""
    return publish_consent_text(purpose=purpose, words=WORDS | more, now=NOON)


def said(
    text: ConsentText,
    action: ConsentAction = ConsentAction.GRANT,
    *,
    email: str = ERIKA,
    person_id: UUID | None = None,
    now: datetime = NOON,
) -> UUID:
    """Something a person did with a switch."""
    consent = NewConsent(
        person_id=person_id,
        email_index=email_index_of(email),
        purpose=text.purpose,
        action=action,
        text=text,
        locale="de",
        place="my_data",
        channel="web-de",
        proof="link",
    )
    return note_consent(consent=consent, now=now)


def asked(
    kind: RequestKind = RequestKind.ACCESS,
    *,
    person_id: UUID | None = None,
    way: RequestWay = RequestWay.LINK,
    wish: str = "",
    received_on: date = date(2026, 11, 30),
    now: datetime = NOON,
    actor: Actor = GUEST,
) -> RequestRow:
    """A request in Hamburg."""
    new = NewRequest(
        person_id=person_id or uuid4(),
        kind=kind,
        way=way,
        locale="de",
        received_on=received_on,
        country="DE",
        region="HH",
        wish=wish,
    )
    return open_request(new=new, now=now, actor=actor)
