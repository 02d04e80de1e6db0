"""What of the backups waits for somebody, for the board of the day."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from tresen.entrypoints.backoffice.kit.types import ToDo
from tresen.entrypoints.policy.standing import may_follow
from tresen.foundation import clock
from tresen.operations.backup.status import GRAVE, status_of_backups


def backup_todos(request: HttpRequest) -> list[ToDo]:
    """Only what is grave, for who may see it: the rest stands on the page of the backups."""
    url = reverse("backoffice:backups")
    if not may_follow(request, url):
        return []
    status = status_of_backups(settings.BACKUP_PLACES, now=clock.now())
    count = sum(alarm in GRAVE for alarm in status.alarms)
    words = ngettext(
        "matter of the backups wants attention", "matters of the backups want attention", count
    )
    return [ToDo(count, words, url, "error")] if count else []
