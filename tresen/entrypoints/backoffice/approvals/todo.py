"""The line of the day's board about what waits for a second person."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from tresen.domains.accounts.queries import count_approvals
from tresen.entrypoints.backoffice.approvals.views import reach_of
from tresen.entrypoints.backoffice.kit.types import ToDo
from tresen.entrypoints.policy.standing import may_follow, standing_of
from tresen.foundation import clock


def approval_todos(request: HttpRequest) -> list[ToDo]:
    """What somebody else has asked for and this person may allow."""
    url, standing = reverse("backoffice:approvals"), standing_of(request)
    if not may_follow(request, url):
        return []
    reach = reach_of(standing)
    count = count_approvals(reach=reach, now=clock.now(), but=standing.user_id)
    said = ngettext("wish needs a second person", "wishes need a second person", count)
    return [ToDo(count, said, url, "attention")] if count else []
