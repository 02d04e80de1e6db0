"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from tresen.domains.risk.types import (
    ABOUT_CARTS,
    OPEN,
    UNDECIDED,
    EventKind,
    ListName,
    Outcome,
    ReviewState,
)
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Event(models.Model):
    """Something that was seen, under keyed fingerprints: nobody reads from it who it was.

    No index by age alone: it would look cheaper than those of the fingerprints, and is not.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in EventKind])
    order_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    person_key = models.BinaryField(max_length=32, null=True)
    device_key = models.BinaryField(max_length=32, null=True)
    place_key = models.BinaryField(max_length=32, null=True)
    happened_at = models.DateTimeField()

    class Meta:
        db_table = "risk_event"
        constraints = [
            models.UniqueConstraint(
                fields=["order_id"],
                name="risk_order_seen_once",
                condition=Q(kind=EventKind.ORDER_PLACED),
            ),
        ]
        indexes = [
            models.Index(
                fields=["device_key", "happened_at"],
                name="risk_of_device",
                condition=Q(device_key__isnull=False),
            ),
            models.Index(
                fields=["person_key", "happened_at"],
                name="risk_of_person",
                condition=Q(person_key__isnull=False),
            ),
            models.Index(
                fields=["place_key", "happened_at"],
                name="risk_of_place",
                condition=Q(place_key__isnull=False),
            ),
            models.Index(
                fields=["account_id", "happened_at"],
                name="risk_of_account",
                condition=Q(account_id__isnull=False),
            ),
        ]


class Sighting(models.Model):
    """What the payment step saw of a cart, until its order was looked at."""

    cart_id = models.UUIDField(primary_key=True)
    device_key = models.BinaryField(max_length=32, null=True)
    network = models.CharField(max_length=12, default="", blank=True)
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in Outcome])
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "risk_sighting"


class Assessment(models.Model):
    """What the rules said about an order and all that they looked at: bare numbers and codes."""

    id = models.UUIDField(primary_key=True, default=new_id)
    order_id = models.UUIDField(unique=True)
    person_id = models.UUIDField(null=True)
    ruleset = models.IntegerField()
    score = models.SmallIntegerField()
    hint = models.SmallIntegerField()
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in Outcome])
    method = models.CharField(max_length=40)
    facts = models.JSONField()
    history = models.JSONField()
    reasons = models.JSONField()
    assessed_at = models.DateTimeField()

    class Meta:
        db_table = "risk_assessment"
        indexes = [
            models.Index(fields=["-assessed_at", "-id"], name="risk_assessed_newest"),
            models.Index(
                fields=["person_id"],
                name="risk_assessed_person",
                condition=Q(person_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100), name="risk_score_in_bounds"
            ),
        ]


class Review(models.Model):
    """An order, or a cart whose ways to pay were narrowed, that a person looks at."""

    id = models.UUIDField(primary_key=True, default=new_id)
    order_id = models.UUIDField(null=True, unique=True)
    cart_id = models.UUIDField(null=True, unique=True)
    state = models.CharField(max_length=20, choices=[(s, s) for s in ReviewState])
    score = models.SmallIntegerField()
    hint = models.SmallIntegerField()
    gross_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, default="", blank=True)
    reason = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        db_table = "risk_review"
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="risk_reviews_open",
                condition=Q(state__in=OPEN),
            ),
            models.Index(fields=["-opened_at", "-id"], name="risk_reviews_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED) | (~Q(decided_by="") & ~Q(reason="")),
                name="risk_decided_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(order_id__isnull=False, cart_id__isnull=True)
                | Q(order_id__isnull=True, cart_id__isnull=False, state__in=ABOUT_CARTS),
                name="risk_review_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.REFUSED) | Q(decided_by__startswith="staff:"),
                name="risk_only_people_refuse",
            ),
        ]


class Appeal(models.Model):
    """The customer asks a person to look (Art. 22(3) GDPR); the words are theirs.

    They are sealed for `person_id`: the person, or the order or cart of somebody unknown.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="appeals")
    person_id = models.UUIDField()
    words = SealedField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        db_table = "risk_appeal"
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                name="risk_one_open_appeal",
                condition=Q(answered_at__isnull=True),
            ),
        ]


class Ruleset(models.Model):
    """A version of weights and thresholds; the newest holds. Never changed."""

    version = models.AutoField(primary_key=True)
    body = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        db_table = "risk_ruleset"


class Listed(models.Model):
    """A domain of a list of abuse."""

    list = models.CharField(max_length=12, choices=[(n, n) for n in ListName])
    value = models.CharField(max_length=253)

    class Meta:
        db_table = "risk_listed"
        constraints = [
            models.UniqueConstraint(fields=["value", "list"], name="risk_listed_once"),
        ]


class Network(models.Model):
    """A block of addresses of a list: a hint, no more."""

    list = models.CharField(max_length=12, choices=[(n, n) for n in ListName])
    block = models.GenericIPAddressField()

    class Meta:
        db_table = "risk_network"
        indexes = [GistIndex(fields=["block"], opclasses=["inet_ops"], name="risk_network_block")]


class Amounts(models.Model):
    """What orders of this shop cost: the bounds of its hundredths, made anew each night."""

    currency = models.CharField(max_length=3, primary_key=True)
    bounds = ArrayField(models.BigIntegerField())
    orders = models.IntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "risk_amounts"
