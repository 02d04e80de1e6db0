"""People with everything that an account can hold, and the signed links that lead to it.

Each of the two houses has one person; of the other one, nothing may ever be told.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client

from tests.security.make import House
from tresen.domains.accounts.commands import (
    add_passkey,
    ask_by_mail,
    ask_of,
    begin_change,
    bind_proof,
    open_account,
    save_address,
    turn_on_second_step,
)
from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries import list_sessions_of
from tresen.domains.accounts.types import ChangeKind, Purpose, SavedPlace
from tresen.domains.privacy.commands import ask_opt_in
from tresen.domains.privacy.queries.requests import find_export
from tresen.domains.privacy.types.consents import Purpose as Consent
from tresen.domains.privacy.types.requests import RequestKind
from tresen.entrypoints.shared.sessions.tests.make import signed_in
from tresen.entrypoints.storefront.account.tests.device import Device
from tresen.foundation import sql
from tresen.foundation.ids import outer
from tresen.foundation.vault.links import make_link
from tresen.workflows.buying.order_links import ORDER_LINK
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.staffing.roles import INVITATION
from tresen.workflows.trusting.account_links import proof_token, undo_url, waiting_token
from tresen.workflows.trusting.addresses import COPY_LINK, MY_DATA_LINK, OPT_IN_LINK
from tresen.workflows.trusting.copies import make_copy
from tresen.workflows.trusting.passkeys import Site, offer_passkey
from tresen.workflows.trusting.tests.make import wish

SUBJECT_BYTES = 16
MAILED = (Purpose.SIGN_UP, Purpose.SIGN_IN, Purpose.RESET, Purpose.CHANGE_ADDRESS)
UNTIL, OVER = NOON + timedelta(minutes=9), NOON - timedelta(seconds=1)
SITE = {"host": "testserver", "origin": "http://testserver", "name": "Altona"}
SHOP_SESSION = "storefront:account_session_end.session"
Signer = Callable[[UUID, datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What stands in addresses about them, and what their links are about."""

    user: User
    order_id: UUID
    parts: Mapping[str, str]
    subjects: Mapping[str, UUID]


def _token_in(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _signed(purpose: str) -> Signer:
    return lambda subject, until: make_link(subject, purpose=purpose, until=until)


def _proof(purpose: Purpose) -> Signer:
    return lambda subject, until: proof_token(subject, purpose=purpose, until=until)


LINKS: Mapping[str, tuple[str, Signer]] = {
    **{
        name: ("order", _signed(ORDER_LINK))
        for name in (
            "storefront:order",
            "storefront:order_check",
            "storefront:order_cancellation",
            "storefront:order_payment",
            "storefront:order_account",
            "store-v1:read",
            "store-v1:cancel",
            "store-v1:pay",
        )
    },
    **{
        f"storefront:my_data_{name}": ("person", _signed(MY_DATA_LINK))
        for name in ("page", "wish", "switch", "erasure")
    },
    "storefront:my_data_copy": ("copy", _signed(COPY_LINK)),
    "storefront:my_data_file": ("copy", _signed(COPY_LINK)),
    "storefront:my_data_confirmation": ("opt_in", _signed(OPT_IN_LINK)),
    "storefront:account_mailed": (
        "sign_in",
        lambda subject, until: waiting_token(subject, until=until),
    ),
    "storefront:account_link": ("sign_in", _proof(Purpose.SIGN_IN)),
    "storefront:account_join": ("sign_up", _proof(Purpose.SIGN_UP)),
    "storefront:account_second_step": ("second_step", _proof(Purpose.SECOND_STEP)),
    "storefront:account_new_password": ("reset", _proof(Purpose.RESET)),
    "storefront:account_new_address": ("change_address", _proof(Purpose.CHANGE_ADDRESS)),
    "storefront:account_undo": (
        "change",
        lambda subject, until: _token_in(undo_url(subject, until=until, locale="de")),
    ),
    "staff_invitation": ("invitation", _signed(INVITATION)),
}
"""Each address that a signed link opens: what the link is about, and how it is signed."""


def own_links(person: Person) -> dict[str, str]:
    """What their mailbox holds: `route.token` and the token."""
    return {
        f"{route}.token": sign(person.subjects[about], UNTIL)
        for route, (about, sign) in LINKS.items()
    }


def forged_links(own: Person, other: Person) -> Mapping[str, Mapping[str, str]]:
    """Links that lead to somebody else and must not open: by how they were made."""
    kinds: dict[str, dict[str, str]] = {"forged": {}, "another purpose": {}, "expired": {}}
    for route, (about, sign) in LINKS.items():
        subject, name = other.subjects[about], f"{route}.token"
        wrong = MY_DATA_LINK if about == "order" else ORDER_LINK
        kinds["forged"][name] = forged(sign(own.subjects[about], UNTIL), subject)
        kinds["another purpose"][name] = make_link(subject, purpose=wrong, until=UNTIL)
        kinds["expired"][name] = sign(subject, OVER)
    return kinds


def forged(token: str, subject: UUID) -> str:
    """One's own signature under somebody else's subject."""
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    changed = subject.bytes + raw[SUBJECT_BYTES:]
    return base64.urlsafe_b64encode(changed).rstrip(b"=").decode()


def person_of(house: House, *, name: str, invitation: UUID) -> Person:
    """With an account, a place, a session, a passkey, a change, requests and waiting proofs."""
    order, email = house.order, house.order.person.email
    person_id = order.person_id
    user_id = open_account(
        address=email, name=name, language="de", password="", person_id=person_id, now=NOON
    )
    user = User.objects.get(id=user_id)
    signed_in(user)
    (session,) = list_sessions_of(user_id, now=NOON, seen_after=NOON - timedelta(hours=1))
    place = SavedPlace(
        name=name, street=f"{name}weg 7", postcode="22765", city="Hamburg", country="DE"
    )
    place_id = save_address(user_id=user_id, person_id=person_id, place=place, first=True, now=NOON)
    factor = _passkey(user_id, name)
    turn_on_second_step(user_id=user_id, secret=generate_totp_secret(), now=NOON)
    return Person(
        user=user,
        order_id=order.id,
        parts={
            "place": outer("adr", place_id),
            SHOP_SESSION: outer("ses", session.id),
            "factor": str(factor),
        },
        subjects={
            "order": order.id,
            "person": person_id,
            "copy": _copy(person_id),
            "opt_in": _opt_in(f"neu.{email}"),
            "invitation": invitation,
            **_account_subjects(user_id, email),
        },
    )


def shopper(person: Person, *, is_fresh: bool = True) -> Client:
    """A browser of theirs; the proof may be some hours old."""
    browser = signed_in(person.user)
    if not is_fresh:
        sql.run(
            "UPDATE accounts_session SET proven_at = %s WHERE id = ("
            " SELECT id FROM accounts_session WHERE user_id = %s ORDER BY id DESC LIMIT 1)",
            (NOON - timedelta(hours=5), person.user.pk),
        )
    return browser


def _account_subjects(user_id: UUID, email: str) -> dict[str, UUID]:
    """A change of credentials first: what is asked for later fits the account as it is now."""
    change = begin_change(user_id=user_id, generation=0, kind=ChangeKind.PASSWORD_CHANGED, now=NOON)
    ask = partial(ask_by_mail, address=email, locale="de", way="", now=NOON)
    found = {"change": change.id}
    for purpose in MAILED:
        name = purpose.value
        owner = None if purpose is Purpose.SIGN_UP else user_id
        found[name] = ask(purpose=purpose, user_id=owner)
        if owner:
            bind_proof(
                proof_id=found[name], purpose=purpose, user_id=owner, generation=1, code="123456"
            )
    found["second_step"] = ask_of(
        purpose=Purpose.SECOND_STEP, user_id=user_id, generation=1, now=NOON
    )
    return found


def _passkey(user_id: UUID, name: str) -> int:
    """One that a device has made: its public key is what an account page offers by."""
    ceremony = offer_passkey(user_id=user_id, site=Site(**SITE), now=NOON)
    credential = json.loads(Device().create(dict(ceremony.options)))
    return add_passkey(user_id=user_id, name=f"Gerät {name}", credential=credential, now=NOON)


def _copy(person_id: UUID) -> UUID:
    request = wish(person_id, RequestKind.ACCESS)
    make_copy(request_id=request.id, now=NOON)
    export = find_export(request.id)
    assert export is not None
    return export.id


def _opt_in(email: str) -> UUID:
    found = ask_opt_in(
        email=email,
        purpose=Consent.NEWSLETTER,
        locale="de",
        place="cart",
        channel="web",
        now=NOON,
    )
    assert found is not None
    return found
