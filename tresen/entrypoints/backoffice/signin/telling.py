"""Where staff changes how they sign in: what changed is told by mail, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tresen.entrypoints.shared.sessions.stamp import session_of, store_of
from tresen.foundation import clock
from tresen.workflows.trusting.staff_credentials import watching_credentials

View = Callable[..., HttpResponse]


def told(view: View) -> View:
    """For the library's pages that change a password or a factor."""

    @wraps(view)
    def watched_view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        user_id = request.user.pk if request.method == "POST" else None
        if not isinstance(user_id, UUID):
            return view(request, *args, **kwargs)
        now, session = clock.now(), session_of(request)
        with watching_credentials(user_id=user_id, session=session, now=now) as watched:
            response = view(request, *args, **kwargs)
            watched.is_done = response.status_code == HTTPStatus.FOUND
            watched.here = store_of(request).id
        return response

    return watched_view
