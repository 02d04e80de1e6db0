"""Links and seals of the audit's chain. Added to and read, never changed."""

from __future__ import annotations

from django.db import models


class ChainLink(models.Model):
    """One deed's place in the chain. Positions have no gap: a missing one is a missing deed."""

    position = models.BigIntegerField(primary_key=True)
    deed_id = models.UUIDField(unique=True)
    chain = models.BinaryField()

    class Meta:
        db_table = "security_link"


class ChainSeal(models.Model):
    """A signed word about a stretch of the chain."""

    no = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    head = models.BinaryField()
    previous = models.BinaryField()
    key_version = models.SmallIntegerField()
    signature = models.BinaryField()

    class Meta:
        db_table = "security_seal"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="security_seal_holds_something",
            ),
        ]


class AnchorKept(models.Model):
    """A seal's root lies at this place outside; `place` is folder or mail."""

    place = models.CharField(max_length=20)
    seal = models.BigIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "security_anchor"
        constraints = [
            models.UniqueConstraint(fields=["place", "seal"], name="security_anchor_kept_once"),
        ]


class ChainExamined(models.Model):
    """An examination of the whole chain and what came of it; `broken` is empty or a BreakKind."""

    ended_at = models.DateTimeField()
    seals = models.BigIntegerField()
    deeds = models.BigIntegerField()
    anchors = models.BigIntegerField()
    broken = models.CharField(max_length=20, blank=True)
    broken_deed = models.UUIDField(null=True)
    broken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "security_examination"
