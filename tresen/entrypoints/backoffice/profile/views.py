"""Where one is signed in, with a way to end it; factors, password, the company's sign-in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from tresen.domains.accounts.ports import IDENTITY, STAFF_PROVIDER
from tresen.domains.accounts.queries import account_is_linked
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.types import Action, Crumb, DetailPage, Section
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.shared.sessions.listing import shown_sessions
from tresen.entrypoints.shared.sessions.stamp import store_of
from tresen.foundation import clock
from tresen.foundation.ids import BadId, inner
from tresen.workflows.trusting.end_sessions import end_other_sessions, end_own_session


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """The page."""
    page = DetailPage(
        title=gettext("Your account"),
        task="profile",
        crumbs=[Crumb(gettext("Your account"))],
        lead=str(request.user.get_username()),
        sections=[_sessions(request), _factors(), *_company(request)],
    )
    return render_detail(request, page)


@require_POST
def end(request: HttpRequest, session: str) -> HttpResponse:
    """One session, perhaps this one."""
    try:
        session_id = inner("ses", session)
    except BadId as error:
        raise Http404(session) from error
    actor = actor_of(request)
    if not end_own_session(
        session_id=session_id, user_id=_own_id(request), actor=actor, now=clock.now()
    ):
        raise Http404(session)
    messages.success(request, gettext("That session is over."))
    return _back()


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Everywhere but here."""
    count = end_other_sessions(
        user_id=_own_id(request),
        but=store_of(request).id,
        actor=actor_of(request),
        now=clock.now(),
    )
    words = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", count)
    messages.success(request, words % {"count": count})
    return _back()


def _sessions(request: HttpRequest) -> Section:
    shown = shown_sessions(request, _own_id(request), now=clock.now())
    others = [
        Action(
            gettext("Sign out everywhere else"),
            reverse("backoffice:profile_end_others"),
            method="post",
            icon="log-out",
            confirm=ngettext(
                "%(count)s other session ends at once.",
                "%(count)s other sessions end at once.",
                len(shown) - 1,
            )
            % {"count": len(shown) - 1},
        )
    ]
    return Section(
        "sessions",
        gettext("Where you are signed in"),
        text=gettext("Is one of these not you? End it, and change your password."),
        template="shared/_sessions.html",
        context={"sessions": shown, "end_name": "backoffice:profile_end"},
        actions=others if len(shown) > 1 else (),
    )


def _factors() -> Section:
    return Section(
        "factors",
        gettext("Password and second factor"),
        text=gettext("Changes ask for a fresh proof, and end your other sessions."),
        actions=[
            Action(gettext("Second factors"), reverse("mfa_index"), icon="shield-check"),
            Action(gettext("Change password"), reverse("account_change_password"), icon="pencil"),
        ],
    )


def _company(request: HttpRequest) -> list[Section]:
    """Only where a provider is configured."""
    if STAFF_PROVIDER not in IDENTITY.names():
        return []
    name = IDENTITY.take(STAFF_PROVIDER).name
    if account_is_linked(_own_id(request)):
        text = gettext("You can sign in with %(name)s.")
        action = Action(
            gettext("Remove the link"),
            reverse("staff_openid_unlink"),
            method="post",
            confirm=gettext("You then sign in with your password again."),
        )
    else:
        text = gettext("Link your account with %(name)s, to sign in that way, too.")
        action = Action(gettext("Link"), reverse("staff_openid_link"), method="post")
    title = gettext("Your company's sign-in")
    return [Section("company", title, text=text % {"name": name}, actions=[action])]


def _own_id(request: HttpRequest) -> UUID:
    own = actor_of(request).id
    assert own is not None
    return own


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:profile"))
