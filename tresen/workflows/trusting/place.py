"""The responsible place: whose holidays, whose law and whose midnight count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from tresen.domains.stores.queries import NoSuchChannel, get_channel

AT_HOME = "DE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`country` (ISO 3166-1) and `region` as the holidays package names them; `zone` is IANA."""

    country: str
    region: str
    zone: str

    def day_of(self, moment: datetime) -> date:
        """The calendar day there."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def begin_of(self, day: date) -> datetime:
        """The first moment of a day there."""
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone))


def responsible_place() -> Place:
    """Where the shop is at home: as configured ("DE-HH"), else the country of its store."""
    try:
        channel = get_channel(settings.DEFAULT_CHANNEL)
        home, zone = channel.store.country, channel.market.time_zone
    except NoSuchChannel:  # nobody has opened the shop yet
        home, zone = AT_HOME, settings.TIME_ZONE
    country, _, region = (settings.RESPONSIBLE_PLACE or home).partition("-")
    return Place(country=country, region=region, zone=zone)
