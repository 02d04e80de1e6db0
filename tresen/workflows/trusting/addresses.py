"""Where the letters about people's data lead: pages that open without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from tresen.foundation.vault.links import make_link

MY_DATA_LINK = "my-data"
COPY_LINK = "my-data-copy"
OPT_IN_LINK = "opt-in"
MY_DATA_HOURS = 24


def my_data_until(now: datetime) -> datetime:
    """How long the link to one's own page is good."""
    return now + timedelta(hours=MY_DATA_HOURS)


def my_data_page(person_id: UUID, *, locale: str, now: datetime) -> str:
    """A person's page."""
    token = make_link(person_id, purpose=MY_DATA_LINK, until=my_data_until(now))
    return f"{settings.PUBLIC_URL}/{locale}/my-data/{token}/"


def copy_page(export_id: UUID, *, locale: str, until: datetime) -> str:
    """One copy, and nothing else."""
    token = make_link(export_id, purpose=COPY_LINK, until=until)
    return f"{settings.PUBLIC_URL}/{locale}/my-data/copies/{token}/"


def opt_in_page(opt_in_id: UUID, *, locale: str, until: datetime) -> str:
    """Where a typed address is confirmed."""
    token = make_link(opt_in_id, purpose=OPT_IN_LINK, until=until)
    return f"{settings.PUBLIC_URL}/{locale}/my-data/confirmation/{token}/"
