"""People the shop knows, and by which addresses they are found."""

from __future__ import annotations

from django.db import models

from tresen.domains.privacy.types.persons import IdentifierKind
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Person(models.Model):
    """A data subject: whoever ordered, wrote or signed up. Nothing here tells who it is."""

    id = models.UUIDField(primary_key=True, default=new_id)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    restricted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_person"
        indexes = [
            models.Index(
                fields=["erased_at"],
                name="persons_erased",
                condition=models.Q(erased_at__isnull=False),
            ),
            models.Index(
                fields=["made_at"],
                name="persons_known",
                condition=models.Q(erased_at__isnull=True),
            ),
        ]


class Identifier(models.Model):
    """An e-mail address or phone number by its keyed fingerprint; the value itself is sealed.

    `value` is null for a moment only: it is sealed with a key that is made after the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in IdentifierKind])
    index = models.BinaryField(max_length=32)
    value = SealedField(null=True)

    class Meta:
        db_table = "privacy_identifier"
        constraints = [
            models.UniqueConstraint(
                fields=["index"],
                name="one_person_per_address",
                condition=models.Q(kind=IdentifierKind.EMAIL),
            ),
            models.UniqueConstraint(
                fields=["kind", "index", "person"], name="identifier_once_a_person"
            ),
        ]
