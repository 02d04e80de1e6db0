"""One table: the deeds. The application may add rows and read them, nothing else."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tresen.foundation.vault.fields import SealedField


class Deed(models.Model):
    """One thing that somebody did, or one page of people's data that somebody read.

    The id is a UUID of version 7 made of the moment, so that its order is the order of time.
    `fields` names what changed or what was shown. The digests are keyed; `note` is sealed; `mac`
    is keyed over the whole row, so that a row changed before its first seal is found as well.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    session = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    persons = ArrayField(models.UUIDField())
    fields = ArrayField(models.CharField(max_length=60))
    before_digest = models.BinaryField(null=True)
    after_digest = models.BinaryField(null=True)
    note = SealedField(null=True)
    key_version = models.SmallIntegerField()
    mac = models.BinaryField()

    class Meta:
        db_table = "audit_deed"
        indexes = [
            models.Index(
                fields=["actor_id", "id"],
                name="audit_deed_by_actor",
                condition=models.Q(actor_id__isnull=False),
            ),
            models.Index(
                fields=["session", "id"],
                name="audit_deed_by_session",
                condition=~models.Q(session=""),
            ),
            models.Index(
                fields=["object_id", "id"],
                name="audit_deed_by_object",
                condition=~models.Q(object_id=""),
            ),
            models.Index(fields=["action", "id"], name="audit_deed_by_action"),
            GinIndex(
                fields=["persons"], name="audit_deed_by_person", condition=~models.Q(persons=[])
            ),
        ]
