"""403 in words: what is missing, and who can grant it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from tresen.domains.accounts.queries import names_with
from tresen.domains.accounts.types import Permission
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.rights.words import PERMISSION_WORDS, roles_words
from tresen.entrypoints.policy.standing import standing_of


def forbidden(request: HttpRequest, permission: Permission) -> HttpResponse:
    """Nothing of the object is told, not even whether it exists."""
    standing = standing_of(request)
    title = gettext("Your role does not include this")
    return render_page(
        request,
        "backoffice/rights/forbidden.html",
        {
            "title": title,
            "wanted": PERMISSION_WORDS[permission],
            "roles": roles_words(standing.memberships),
            "for_every_store": standing.may(permission),
            "grantors": names_with(Permission.STAFF_CHANGE),
        },
        task="",
        status=403,
    )
