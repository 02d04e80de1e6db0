"""«Was this you?»: a sign-in from a new device is told by mail, and can be answered «no».

The letter names the moment and the kind of device, never an address of the network. Its link is
about that device: it works without signing in, and as long as the device counts as theirs.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tresen.domains.accounts.commands import forget_device
from tresen.domains.accounts.queries import find_contact, find_device, find_shopper, list_owners
from tresen.domains.accounts.types import Contact, DeviceRow, Realm
from tresen.domains.conversations.types import LetterKind
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.account_letters import write_about_account
from tresen.workflows.trusting.account_links import device_of_link, sign_in_url, was_this_you_url

ANSWERED_WITHIN = timedelta(days=7)


class DeviceGone(Refusal):
    """Answered before, or the account is no more."""

    code = "device_gone"
    status = 410
    message = (
        "This was answered already: that device is signed out. If you did not do it, please"
        " choose a new password."
    )


def tell_of_device(*, device_id: int, locale: str, now: datetime) -> None:
    """Inside the transaction that got to know it. `locale` is for who has chosen no language."""
    device = find_device(device_id)
    contact = find_contact(device.user_id) if device else None
    if device is None or contact is None:
        return
    locale, until = contact.language or locale, now + ANSWERED_WITHIN
    _write(
        contact,
        kind=LetterKind.ACCOUNT_NEW_DEVICE,
        key=f"account-device:{device.id}",
        locale=locale,
        link_url=was_this_you_url(device.id, until=until, locale=locale, realm=contact.realm),
        until=until,
        device=device,
        now=now,
    )


def look_at_device(*, token: str, realm: Realm, now: datetime) -> DeviceRow:
    """Raises LinkBroken, LinkExpired, DeviceGone."""
    device = find_device(device_of_link(token, realm=realm, now=now))
    if device is None:
        raise DeviceGone
    return device


@transaction.atomic
def disown_device(*, token: str, realm: Realm, now: datetime) -> bool:
    """«That was not me»: its sessions end, and from now on it is a stranger's.

    Says whether the account has a password that somebody else seems to know. The owners of the
    shop are told when it is about the staff. Raises LinkBroken, LinkExpired, DeviceGone.
    """
    device = look_at_device(token=token, realm=realm, now=now)
    ended = forget_device(device_id=device.id)
    deed = Deed(
        action="device.disown",
        actor=Actor("staff" if realm is Realm.STAFF else "customer", device.user_id),
        object_kind="account",
        object_id=str(device.user_id),
        after={"ended": ended},
    )
    record(deed, now=now)
    if realm is Realm.STAFF:
        _tell_owners(device, now=now)
        return True
    shopper = find_shopper(device.user_id)
    return shopper is not None and shopper.has_password


def _tell_owners(device: DeviceRow, *, now: datetime) -> None:
    """They can look at what was done, and switch the account off."""
    whose = find_contact(device.user_id)
    for owner in list_owners():
        locale = owner.language or "de"
        _write(
            owner,
            kind=LetterKind.STAFF_DISOWNED,
            key=f"staff-disowned:{device.id}:{owner.user_id}",
            locale=locale,
            link_url=sign_in_url(locale=locale, realm=Realm.STAFF),
            until=now + ANSWERED_WITHIN,
            device=device,
            now=now,
            who=whose.name if whose else "",
        )


def _write(
    contact: Contact,
    *,
    kind: LetterKind,
    key: str,
    locale: str,
    link_url: str,
    until: datetime,
    device: DeviceRow,
    now: datetime,
    who: str = "",
) -> None:
    write_about_account(
        key=key,
        kind=kind,
        recipient=contact.address,
        locale=locale,
        person_id=contact.person_id,
        name=contact.name,
        link_url=link_url,
        until=until,
        now=now,
        more={
            "device": device.device,
            "seen_at": device.first_seen_at.isoformat(),
            "is_staff": contact.realm is Realm.STAFF,
            "who": who,
        },
    )
