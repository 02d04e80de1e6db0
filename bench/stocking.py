"""Gives each article of the shop under TRESEN_DATA a million pieces in the warehouse."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
os.environ.setdefault("TRESEN_DB_ROLE", "owner")
django.setup()

from django.db import connection, transaction  # noqa: E402 (after the set-up)

from tresen.domains.inventory.commands import receive_stock  # noqa: E402
from tresen.domains.inventory.types import Need  # noqa: E402
from tresen.foundation import clock  # noqa: E402
from tresen.foundation.actor import SYSTEM  # noqa: E402

PIECES = 1_000_000


@transaction.atomic
def main() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_variant")
        variant_ids = [row[0] for row in cursor.fetchall()]
    receive_stock(
        needs=[Need(variant_id, PIECES) for variant_id in variant_ids],
        location_code="rothenburgsort",
        now=clock.now(),
        actor=SYSTEM,
    )


if __name__ == "__main__":
    main()
