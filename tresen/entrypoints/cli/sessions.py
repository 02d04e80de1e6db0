"""Who is signed in, and the company's sign-in of the staff.

tresen sessions end NAME       sign a member of the staff out everywhere
tresen sessions end-all shop   sign everybody out of a realm (shop or staff)
tresen sessions allow NAME SUBJECT   the provider's name for somebody opens their account
tresen sessions forbid NAME    no provider's word opens it any more
"""

from __future__ import annotations

import argparse
import sys
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tresen.domains.accounts.commands import end_sessions
from tresen.domains.accounts.queries import account_named
from tresen.domains.accounts.types import Realm
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext
from tresen.workflows.trusting.end_sessions import end_other_sessions
from tresen.workflows.trusting.link_identity import link_account, unlink_account


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, about in (
        ("end", _("sign somebody of the staff out everywhere")),
        ("forbid", _("no provider's word opens this account")),
    ):
        verbs.add_parser(name, help=about).add_argument("name", metavar="NAME")
    everybody = verbs.add_parser("end-all", help=_("sign everybody out of a realm"))
    everybody.add_argument("realm", choices=[realm.value for realm in Realm])
    opens = _("a provider's name for somebody opens their account")
    allow = verbs.add_parser("allow", help=opens)
    allow.add_argument("name", metavar="NAME")
    allow.add_argument("subject", metavar="SUBJECT")


def act(arguments: argparse.Namespace) -> int:
    if arguments.verb == "end-all":
        return _end_all(Realm(arguments.realm))
    user_id = account_named(arguments.name)
    if user_id is None:
        return _trouble(_("Nobody of the staff is called {name}.", name=arguments.name))
    if arguments.verb == "allow":
        return _allow(user_id, arguments.name, arguments.subject)
    if arguments.verb == "forbid":
        unlink_account(user_id=user_id, actor=SYSTEM, now=clock.now())
        print(_("No provider's word opens the account of {name}.", name=arguments.name))
        return 0
    ended = end_other_sessions(user_id=user_id, but=None, actor=SYSTEM, now=clock.now())
    print(
        ngettext(
            "{name}: {count} session ended.",
            "{name}: {count} sessions ended.",
            ended,
            name=arguments.name,
        )
    )
    return 0


@transaction.atomic
def _end_all(realm: Realm) -> int:
    ended = end_sessions(realm=realm)
    deed = Deed(action="session.end_all", actor=SYSTEM, object_kind="realm", object_id=realm.value)
    record(deed, now=clock.now())
    print(ngettext("{count} session ended.", "{count} sessions ended.", ended))
    return 0


def _allow(user_id: UUID, name: str, subject: str) -> int:
    if not settings.OPENID_ISSUER:
        return _trouble(_("No provider is configured: set TRESEN_OPENID_ISSUER first."))
    is_linked = link_account(
        user_id=user_id,
        issuer=settings.OPENID_ISSUER,
        subject=subject,
        actor=SYSTEM,
        now=clock.now(),
    )
    if not is_linked:
        return _trouble(
            _("{subject} already opens another account: forbid that first.", subject=subject)
        )
    print(
        _(
            "{subject} of {provider} opens the account of {name}.",
            subject=subject,
            provider=settings.OPENID_ISSUER,
            name=name,
        )
    )
    return 0


def _trouble(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
