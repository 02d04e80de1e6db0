"""The register of incidents, whom they touch, and the switch that freezes the shop."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.domains.security.types.incidents import Category, Risk, Software, StepKind
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class IncidentCase(models.Model):
    """One incident. Every breach is documented, also one that nobody need be told of."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.PositiveIntegerField(unique=True)
    aware_at = models.DateTimeField()
    risk = models.CharField(max_length=10, choices=[(r, r) for r in Risk])
    software = models.CharField(max_length=20, blank=True, choices=[(s, s) for s in Software])
    categories = ArrayField(models.CharField(max_length=20, choices=[(c, c) for c in Category]))
    persons = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    words = SealedField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "security_incident"


class IncidentStep(models.Model):
    """What was done about it. Added to, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(IncidentCase, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in StepKind])
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    text = SealedField(null=True)

    class Meta:
        db_table = "security_incident_step"


class IncidentPerson(models.Model):
    """Whom an incident touches, as the audit told when they were pinned."""

    incident = models.ForeignKey(IncidentCase, on_delete=models.PROTECT, related_name="touched")
    person_id = models.UUIDField()
    deeds = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    fields = ArrayField(models.CharField(max_length=60))

    class Meta:
        db_table = "security_incident_person"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "person_id"], name="security_person_pinned_once"
            ),
        ]


class FreezeSwitch(models.Model):
    """Each time the shop was frozen or thawed; the newest row counts."""

    on = models.BooleanField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        db_table = "security_freeze"
