"""Consents and objections: given and taken back with one step each, and at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.privacy.commands import (
    NoWords,
    ask_opt_in,
    close_request,
    confirm_opt_in,
    forget_opt_in_of,
    note_consent,
    suppress,
)
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.consents import (
    current_text,
    current_texts,
    email_index_of,
    find_opt_in_email,
    granted_purposes,
    list_consents,
)
from tresen.domains.privacy.types.consents import (
    ConsentAction,
    ConsentText,
    NewConsent,
    Purpose,
    SuppressionReason,
)
from tresen.domains.privacy.types.requests import RequestRow, RequestState
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.letters import answered_letter, opt_in_letter
from tresen.workflows.trusting.persons import email_on_file

OBJECTION_GROUND = "Art. 21 (2), (3) GDPR"


@transaction.atomic
def set_consent(
    *,
    person_id: UUID,
    purpose: Purpose,
    granted: bool,
    locale: str,
    place: str,
    proof: str,
    now: datetime,
    actor: Actor,
) -> None:
    """A switch was moved. `proof` is how we know the person: the account, or the mailed link.

    Both ways take the same one step. Saying what was said already changes nothing.
    """
    text, email = current_text(purpose), email_on_file(person_id)
    if text is None or email is None:
        raise NoWords(field="purpose")
    known = granted_purposes(list_consents(person_id=person_id), now=now)
    if granted is (purpose in known):
        return
    action = ConsentAction.GRANT if granted else ConsentAction.WITHDRAW
    consent = _consent(
        person_id, email, text, action=action, locale=locale, place=place, proof=proof
    )
    note_consent(consent=consent, now=now)
    _record(f"consent.{action.value}", person_id, actor=actor, purpose=purpose.value, now=now)


@transaction.atomic
def ask_for_newsletter(*, email: str, locale: str, place: str, now: datetime) -> None:
    """A box was ticked or an address typed: one mail asks whether it was its owner."""
    text = current_text(Purpose.NEWSLETTER)
    if text is None:
        raise NoWords(field="purpose")
    opt_in_id = ask_opt_in(
        email=email,
        purpose=Purpose.NEWSLETTER,
        locale=locale,
        place=place,
        channel=settings.DEFAULT_CHANNEL,
        now=now,
    )
    if opt_in_id is not None:
        wish = text.words.get(locale, next(iter(text.words.values())))
        letter = opt_in_letter(email=email, opt_in_id=opt_in_id, wish=wish, locale=locale, now=now)
        queue_letters(letters=[letter], now=now)


@transaction.atomic
def confirm_newsletter(*, opt_in_id: UUID, now: datetime, actor: Actor) -> Purpose:
    """The owner of the address says yes. Raises NoSuchOptIn."""
    email = find_opt_in_email(opt_in_id)
    person_id = find_person_by_email(email) if email else None
    purpose = confirm_opt_in(opt_in_id=opt_in_id, person_id=person_id, now=now)
    _record("consent.grant", person_id, actor=actor, purpose=purpose.value, now=now)
    return purpose


@transaction.atomic
def object_to_advertising(
    *, person_id: UUID, locale: str, place: str, proof: str, now: datetime, actor: Actor
) -> None:
    """No advertising from now on, whatever was agreed to before. Letters about orders go on."""
    email = email_on_file(person_id)
    if email is None:
        return
    granted = granted_purposes(list_consents(person_id=person_id), now=now)
    for purpose, text in current_texts().items():
        if purpose in granted:
            consent = _consent(
                person_id,
                email,
                text,
                action=ConsentAction.WITHDRAW,
                locale=locale,
                place=place,
                proof=proof,
            )
            note_consent(consent=consent, now=now)
    forget_opt_in_of(email=email)
    suppress(email=email, reason=SuppressionReason.OBJECTION, now=now)
    _record("consent.object", person_id, actor=actor, purpose="all", now=now)


@transaction.atomic
def end_advertising(*, request: RequestRow, now: datetime, actor: Actor) -> RequestRow:
    """Carry out an objection: it is absolute, so that nobody has to decide about it."""
    email = email_on_file(request.person_id)
    object_to_advertising(
        person_id=request.person_id,
        locale=request.locale,
        place="request",
        proof=f"request:{request.id}",
        now=now,
        actor=actor,
    )
    closed = close_request(
        request_id=request.id,
        state=RequestState.ANSWERED,
        answer="",
        ground=OBJECTION_GROUND,
        now=now,
        actor=actor,
    )
    if email:
        letter = answered_letter(closed, email=email, ground=OBJECTION_GROUND)
        queue_letters(letters=[letter], now=now)
    return closed


def _consent(
    person_id: UUID,
    email: str,
    text: ConsentText,
    *,
    action: ConsentAction,
    locale: str,
    place: str,
    proof: str,
) -> NewConsent:
    return NewConsent(
        person_id=person_id,
        email_index=email_index_of(email),
        purpose=text.purpose,
        action=action,
        text=text,
        locale=locale,
        place=place,
        channel=settings.DEFAULT_CHANNEL,
        proof=proof,
    )


def _record(
    action: str, person_id: UUID | None, *, actor: Actor, purpose: str, now: datetime
) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="consent",
        object_id=purpose,
        persons=(person_id,) if person_id else (),
    )
    record(deed, now=now)
