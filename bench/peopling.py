"""Gives the shop under TRESEN_DATA many people with keys: `python -m bench.peopling 100000`."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
os.environ.setdefault("TRESEN_DB_ROLE", "owner")
django.setup()

from django.db import transaction  # noqa: E402 (after the set-up)

from tresen.foundation.ids import new_id  # noqa: E402
from tresen.foundation.vault.classes import KeyClass  # noqa: E402
from tresen.foundation.vault.data_keys import keys_of_many  # noqa: E402

BATCH = 2_500
CLASSES = (KeyClass.PROFILE, KeyClass.SECURITY)
"""What somebody has who ordered and signed in."""


@transaction.atomic
def main(people: int) -> None:
    for start in range(0, people, BATCH):
        batch = [new_id() for _ in range(min(BATCH, people - start))]
        keys_of_many([(person, one) for person in batch for one in CLASSES])


if __name__ == "__main__":
    main(int(sys.argv[1]))
