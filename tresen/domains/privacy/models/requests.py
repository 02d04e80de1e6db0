"""Requests of people about their data, their story, and the copies made for them."""

from __future__ import annotations

from django.db import models

from tresen.domains.privacy.types.requests import (
    OPEN_STATES,
    RequestKind,
    RequestState,
    RequestWay,
)
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Request(models.Model):
    """One wish of one person. Its words lie sealed under the request's own key.

    That key goes with the record, three years later, not with the person's profile: who was
    erased must still be shown to have been answered.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=12, unique=True)
    person_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(k, k) for k in RequestKind])
    way = models.CharField(max_length=10, choices=[(w, w) for w in RequestWay])
    state = models.CharField(max_length=12, choices=[(s, s) for s in RequestState])
    locale = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField()
    extended_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=120, default="", blank=True)
    wish = SealedField(null=True)
    identity_note = SealedField(null=True)
    answer = SealedField(null=True)

    class Meta:
        db_table = "privacy_request"
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="requests_by_clock",
                condition=models.Q(closed_at=None),
            ),
            models.Index(fields=["-received_at", "-id"], name="requests_newest"),
            models.Index(fields=["person_id"], name="requests_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "kind"],
                name="one_open_request_per_kind",
                condition=models.Q(closed_at=None),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN_STATES, closed_at=None)
                | (~models.Q(state__in=OPEN_STATES) & models.Q(closed_at__isnull=False)),
                name="request_closed_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("first_due_on")),
                name="request_is_only_moved_later",
            ),
        ]


class RequestStep(models.Model):
    """One step of a request's story: append-only, until retention takes it."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=30)
    happened_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    detail = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "privacy_request_step"


class Export(models.Model):
    """A person's data as JSON, sealed; it is gone after some days."""

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="export")
    person_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(k, k) for k in RequestKind])
    body = SealedField()
    bytes = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    downloads = models.PositiveIntegerField(default=0, db_default=0)
    downloaded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_export"
        indexes = [
            models.Index(fields=["expires_at"], name="exports_that_end"),
            models.Index(fields=["person_id"], name="exports_of_a_person"),
        ]
