"""The screen of backups, and the two things one may ask their keeper for."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tresen.entrypoints.backoffice.backups.rows import backups_page
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.foundation import clock
from tresen.foundation.audit.deeds import Deed, record
from tresen.operations.backup.status import status_of_backups
from tresen.operations.backup.timetable import Errand
from tresen.operations.backup.wishing import NoKeeper, leave_wish

WISHES: dict[str, Errand] = {"backup": "backup", "drill": "drill"}


@require_GET
def backups(request: HttpRequest) -> HttpResponse:
    """How they stand. Small files are read; neither the database nor a key is asked."""
    return render_detail(
        request, backups_page(status_of_backups(settings.BACKUP_PLACES, now=clock.now()))
    )


@require_POST
def wish(request: HttpRequest, errand: str) -> HttpResponse:
    """The keeper does it within a second; the page says when it is under way."""
    known = WISHES.get(errand)
    if known is None:
        raise Http404(errand)
    try:
        with transaction.atomic():
            leave_wish(settings.BACKUP_PLACES, known)
            deed = Deed(action=f"backups.{known}", actor=actor_of(request), object_kind="backups")
            record(deed, now=clock.now())
    except NoKeeper:
        messages.error(
            request,
            gettext("Nobody follows the database at the moment. Start the shop with: tresen run"),
        )
    else:
        said = {
            "backup": gettext("A backup is taken now. Reload this page to see it."),
            "drill": gettext("The newest backup is restored and checked now. Reload this page."),
        }
        messages.success(request, said[known])
    return HttpResponseRedirect(reverse("backoffice:backups"))
