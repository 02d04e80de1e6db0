"""Tables of this domain. Private: other domains ask queries.py."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.domains.stores.types import ChannelKind
from tresen.foundation.ids import new_id


class Store(models.Model):
    """A legal entity with a place."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    email = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True, default="")
    vat_id = models.CharField(max_length=20, blank=True, default="")
    register = models.CharField(max_length=120, blank=True, default="")
    managers = models.CharField(max_length=200, blank=True, default="")
    iban = models.CharField(max_length=34, blank=True, default="")
    bic = models.CharField(max_length=11, blank=True, default="")
    account_holder = models.CharField(max_length=70, blank=True, default="")
    claims = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict)

    class Meta:
        db_table = "stores_store"


class Market(models.Model):
    """Countries, currency and languages that belong together."""

    code = models.SlugField(max_length=40, primary_key=True)
    country = models.CharField(max_length=2)
    countries = ArrayField(models.CharField(max_length=2))
    currency = models.CharField(max_length=3)
    locales = ArrayField(models.CharField(max_length=10))
    prices_include_tax = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=60)

    class Meta:
        db_table = "stores_market"


class Channel(models.Model):
    """A place of sale."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(k, k.title()) for k in ChannelKind])
    is_open = models.BooleanField(default=True)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "stores_channel"


class PublishableKey(models.Model):
    """A key that a shop front shows; it names a channel and opens nothing secret."""

    key = models.CharField(max_length=60, primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "stores_publishable_key"
