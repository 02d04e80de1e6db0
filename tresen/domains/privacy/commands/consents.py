"""Writes about consents: words, what people said, addresses that wait, objections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy import models
from tresen.domains.privacy.queries.consents import (
    EMAIL_PLACE,
    current_text,
    email_index_of,
    text_row,
)
from tresen.domains.privacy.queries.persons import email_indexes
from tresen.domains.privacy.queries.sealed import closed
from tresen.domains.privacy.rules import consents as rules
from tresen.domains.privacy.types.consents import (
    ConsentAction,
    ConsentText,
    NewConsent,
    Purpose,
    SuppressionReason,
)
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.data_keys import destroy_keys


class NoSuchOptIn(Refusal):
    """Nothing waits under this link: it was confirmed before, or the days are over."""

    code = "no_such_opt_in"
    status = 410
    message = "This confirmation is no longer open. Please subscribe once more."


class NoWords(Refusal):
    """A purpose without words cannot be agreed to."""

    code = "consent_without_words"
    status = 409
    message = "The shop has not published the words for this yet."


@transaction.atomic
def publish_consent_text(
    *, purpose: Purpose, words: Mapping[str, str], now: datetime, covers: Sequence[str] = ()
) -> ConsentText:
    """The next version of the words, unless they are the current ones already."""
    newest = current_text(purpose)
    version = newest.version + 1 if newest else 1
    text = rules.text_of(purpose, version=version, words=words, covers=covers)
    if newest is not None and newest.digest == text.digest:
        return newest
    models.ConsentText.objects.create(
        purpose=purpose,
        version=version,
        covers=list(text.covers),
        words=dict(words),
        digest=text.digest,
        published_at=now,
    )
    return text


@transaction.atomic
def note_consent(*, consent: NewConsent, now: datetime) -> UUID:
    """One line of the ledger. A grant lifts an older objection: the person just asked for it."""
    assert consent.proof, "a consent says how we know"
    text = _text(consent.purpose, consent.text.version)
    if consent.action is ConsentAction.GRANT:
        models.Suppression.objects.filter(email_index=consent.email_index).delete()
    return _add(consent, text=text, now=now)


@transaction.atomic
def ask_opt_in(
    *,
    email: str,
    purpose: Purpose,
    locale: str,
    place: str,
    channel: str,
    now: datetime,
) -> UUID | None:
    """An address waits for its link; None where it waits already: it gets exactly one mail."""
    text = current_text(purpose)
    if text is None:
        raise NoWords(field="purpose")
    forget_opt_ins(now=now, limit=1_000)
    opt_in_id = new_id()
    added = sql.rows(
        "INSERT INTO privacy_opt_in (id, email, email_index, purpose, text_id, locale, place,"
        " channel, asked_at, ends_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (email_index, purpose) DO NOTHING RETURNING id",
        (
            opt_in_id,
            closed(rules.normal_email(email), place=EMAIL_PLACE, row=opt_in_id),
            email_index_of(email),
            purpose.value,
            _text(purpose, text.version).pk,
            locale,
            place,
            channel,
            now,
            rules.opt_in_ends_at(now),
        ),
    )
    return opt_in_id if added else None


@transaction.atomic
def confirm_opt_in(*, opt_in_id: UUID, person_id: UUID | None, now: datetime) -> Purpose:
    """The link of the one mail was followed: now it is a grant. Raises NoSuchOptIn."""
    waiting = (
        models.OptIn.objects.select_for_update(of=("self",))
        .select_related("text")
        .filter(id=opt_in_id, ends_at__gt=now)
        .first()
    )
    if waiting is None:
        raise NoSuchOptIn(field="token")
    consent = NewConsent(
        person_id=person_id,
        email_index=bytes(waiting.email_index),
        purpose=Purpose(waiting.purpose),
        action=ConsentAction.GRANT,
        text=text_row(waiting.text),
        locale=waiting.locale,
        place=waiting.place,
        channel=waiting.channel,
        proof=f"opt_in:{waiting.id}",
    )
    models.Suppression.objects.filter(email_index=waiting.email_index).delete()
    _add(consent, text=waiting.text, now=now)
    destroy_keys(waiting.id)
    waiting.delete()
    return consent.purpose


def forget_opt_ins(*, now: datetime, limit: int) -> int:
    """Delete the addresses that nobody confirmed in time, and their keys."""
    gone = sql.rows(
        "DELETE FROM privacy_opt_in WHERE id IN"
        " (SELECT id FROM privacy_opt_in WHERE ends_at <= %s ORDER BY ends_at LIMIT %s)"
        " RETURNING id",
        (now, limit),
    )
    if gone:
        destroy_keys([cast("UUID", opt_in_id) for (opt_in_id,) in gone])
    return len(gone)


def forget_opt_in_of(*, email: str) -> None:
    """An address that waits is not waited for any longer."""
    for waiting in models.OptIn.objects.filter(email_index__in=email_indexes(email)):
        destroy_keys(waiting.id)
        waiting.delete()


def suppress(*, email: str, reason: SuppressionReason, now: datetime) -> None:
    """From now on this address gets no advertising. Saying it again changes nothing."""
    sql.run(
        "INSERT INTO privacy_suppression (email_index, reason, since) VALUES (%s, %s, %s)"
        " ON CONFLICT (email_index) DO NOTHING",
        (email_index_of(email), reason.value, now),
    )


def _add(consent: NewConsent, *, text: models.ConsentText, now: datetime) -> UUID:
    event = models.ConsentEvent.objects.create(
        person_id=consent.person_id,
        email_index=consent.email_index,
        purpose=consent.purpose,
        action=consent.action,
        text=text,
        locale=consent.locale,
        place=consent.place,
        channel=consent.channel,
        proof=consent.proof,
        happened_at=now,
        expires_at=consent.expires_at,
    )
    return event.id


def _text(purpose: Purpose, version: int) -> models.ConsentText:
    return models.ConsentText.objects.get(purpose=purpose, version=version)
