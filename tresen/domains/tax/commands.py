"""Writes. Each is one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tresen.domains.tax.models import Rate
from tresen.domains.tax.queries import forget_rates
from tresen.domains.tax.types import RatePeriod


@transaction.atomic
def load_rates(periods: Sequence[RatePeriod]) -> None:
    """Make the table say what the files say (rules.shipped_rates); loading again is harmless."""
    Rate.objects.all().delete()
    Rate.objects.bulk_create(
        Rate(
            country=period.rate.country,
            category=period.rate.category,
            treatment=period.rate.treatment,
            basis_points=period.rate.rate_bp,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            source=period.source,
        )
        for period in periods
    )
    forget_rates()
