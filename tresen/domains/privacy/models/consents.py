"""Consents: the words, the ledger, what waits for its confirmation, who gets no advertising."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.domains.privacy.types.consents import ConsentAction, Purpose, SuppressionReason
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class ConsentText(models.Model):
    """A version of the words under a switch. Never edited: a new version is a new row."""

    purpose = models.CharField(max_length=40, choices=[(p, p) for p in Purpose])
    version = models.PositiveIntegerField()
    covers = ArrayField(models.CharField(max_length=40))
    words = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "privacy_consent_text"
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version"], name="one_consent_text_per_version"
            ),
            models.UniqueConstraint(
                fields=["purpose", "digest"], name="one_version_per_consent_text"
            ),
        ]


class ConsentEvent(models.Model):
    """One line of the ledger. Append-only, until retention takes it.

    The address lies here only as a keyed fingerprint, so that proof outlives an erasure.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    person_id = models.UUIDField(null=True)
    email_index = models.BinaryField(max_length=32)
    purpose = models.CharField(max_length=40, choices=[(p, p) for p in Purpose])
    action = models.CharField(max_length=10, choices=[(a, a) for a in ConsentAction])
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    locale = models.CharField(max_length=10)
    place = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)
    proof = models.CharField(max_length=80)
    happened_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_consent_event"
        indexes = [
            models.Index(fields=["email_index", "purpose", "id"], name="consents_of_an_address"),
            models.Index(fields=["person_id", "id"], name="consents_of_a_person"),
            models.Index(fields=["happened_at"], name="consents_by_age"),
        ]


class OptIn(models.Model):
    """An address that was typed in and waits for its one link to be followed; else it goes."""

    id = models.UUIDField(primary_key=True, default=new_id)
    email = SealedField()
    email_index = models.BinaryField(max_length=32)
    purpose = models.CharField(max_length=40, choices=[(p, p) for p in Purpose])
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    locale = models.CharField(max_length=10)
    place = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "privacy_opt_in"
        indexes = [models.Index(fields=["ends_at"], name="opt_ins_that_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["email_index", "purpose"], name="one_opt_in_per_address_and_purpose"
            ),
        ]


class Suppression(models.Model):
    """An address that gets no advertising, as a keyed fingerprint: it outlives every erasure."""

    email_index = models.BinaryField(max_length=32, primary_key=True)
    reason = models.CharField(max_length=20, choices=[(r, r) for r in SuppressionReason])
    since = models.DateTimeField()

    class Meta:
        db_table = "privacy_suppression"
