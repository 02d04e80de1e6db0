"""Changes of credentials: each keeps the whole state before it, so that it can be taken back.

A change is made to the account as it was seen (`generation`): of two at the same moment the second
is refused. Taking back restores what was before that change and undoes every later one with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tresen.domains.accounts.commands.factors import factors_put_back, factors_to_keep
from tresen.domains.accounts.commands.proofs import ProofGone
from tresen.domains.accounts.commands.shoppers import LOGIN_TAKEN, profile_key, prove_mailbox
from tresen.domains.accounts.events import CredentialsChanged
from tresen.domains.accounts.models import Change, Mailbox, SavedAddress, User
from tresen.domains.accounts.queries.address_book import BODY
from tresen.domains.accounts.queries.changes import FORMER, change_row, former_state
from tresen.domains.accounts.queries.shoppers import EMAIL, NAME, login_indexes_of, shopper_row
from tresen.domains.accounts.types import ChangeKind, ChangeRow, Realm, ShopperRow
from tresen.foundation.ids import new_id
from tresen.foundation.journal.events import announce
from tresen.foundation.refusals import Refusal
from tresen.foundation.sql import constraint_of
from tresen.foundation.vault.sealing import seal, seal_json, unseal

UNDO_HOURS = 72
_MAILBOX = ("person_id", "since", "left_at")


class AddressTaken(Refusal):
    """Somebody else's account has the address meanwhile."""

    code = "address_taken"
    status = 409
    message = "This address belongs to another account. Please write to us."


class TooLateToUndo(Refusal):
    """Undone already, or older than UNDO_HOURS."""

    code = "too_late_to_undo"
    status = 410
    message = "This change was taken back already, or it is too old. Please write to us."


@transaction.atomic
def begin_change(*, user_id: UUID, generation: int, kind: ChangeKind, now: datetime) -> ChangeRow:
    """Lock the account, keep its former state, and void what was asked of it before.

    What the change is about follows in the same transaction. Raises ProofGone when the account is
    no longer as it was seen.
    """
    user = _locked(user_id)
    shopper = shopper_row(user) if user else None
    if user is None or shopper is None or user.generation != generation:
        raise ProofGone
    change_id, key = new_id(), profile_key(shopper.person_id)
    change = Change.objects.create(
        id=change_id,
        user=user,
        kind=kind,
        former=seal_json(_state_of(user, shopper), key=key, place=FORMER, row=change_id),
        made_at=now,
        until=now + timedelta(hours=UNDO_HOURS),
    )
    User.objects.filter(id=user_id).update(generation=generation + 1)
    announce(
        CredentialsChanged(
            happened_at=now, user_id=str(user_id), change_id=str(change.id), change=kind
        )
    )
    return change_row(change)


def set_password(*, user_id: UUID, password: str) -> None:
    """After `begin_change`; an empty one takes the password away."""
    User.objects.filter(id=user_id, realm=Realm.SHOP).update(
        password=make_password(password or None)
    )


def keep_stronger_hash(*, user_id: UUID, former: str, password: str) -> None:
    """The same password, stored by today's costs; nothing changes for anybody."""
    User.objects.filter(id=user_id, password=former).update(password=make_password(password))


def set_address(*, shopper: ShopperRow, address: str, person_id: UUID, now: datetime) -> None:
    """After `begin_change`: another mailbox, and whoever is reached there.

    The former mailbox stays theirs for what was up to now. Raises AddressTaken.
    """
    Mailbox.objects.filter(user_id=shopper.id, left_at=None).update(left_at=now)
    prove_mailbox(user_id=shopper.id, person_id=person_id)
    _move(shopper.id, name=shopper.name, address=address, person_id=person_id)


@transaction.atomic
def take_back(*, change_id: UUID, now: datetime) -> ChangeRow:
    """Restore the state before this change. Raises TooLateToUndo, AddressTaken.

    The caller ends the sessions: whoever made the change may still be signed in.
    """
    known = Change.objects.filter(id=change_id).first()
    user = _locked(known.user_id) if known else None
    change = Change.objects.select_for_update().filter(id=change_id).first() if user else None
    if user is None or change is None or not _may_be_undone(change, now):
        raise TooLateToUndo
    former = former_state(change)
    shopper = shopper_row(user)
    if former is None or shopper is None:
        raise TooLateToUndo
    person_id = UUID(former["person_id"])
    _move(user.id, name=shopper.name, address=former["address"], person_id=person_id)
    User.objects.filter(id=user.id).update(
        password=former["password"], generation=user.generation + 1
    )
    _put_back_mailboxes(user.id, former["mailboxes"])
    factors_put_back(user_id=user.id, factors=former["factors"])
    later = Change.objects.filter(user=user, id__gte=change.id, undone_at=None)
    later.update(undone_at=now, former=None)
    return change_row(change)


def forget_former_states(*, now: datetime, most: int) -> int:
    """What can no longer be taken back need not be known; says how many."""
    ended = Change.objects.filter(until__lt=now, former__isnull=False).order_by("until")
    ids = list(ended.values_list("id", flat=True)[:most])
    return Change.objects.filter(id__in=ids).update(former=None)


def _may_be_undone(change: Change, now: datetime) -> bool:
    return change.undone_at is None and change.former is not None and now <= change.until


def _locked(user_id: UUID) -> User | None:
    found = User.objects.select_for_update().filter(id=user_id, realm=Realm.SHOP, is_active=True)
    return found.first()


def _move(user_id: UUID, *, name: str, address: str, person_id: UUID) -> None:
    """Login, name and address book are sealed for whoever is reached at the address."""
    key = profile_key(person_id)
    try:
        with transaction.atomic():
            User.objects.filter(id=user_id, realm=Realm.SHOP).update(
                person_id=person_id,
                login_index=login_indexes_of(address)[0],
                email=seal(address.encode(), key=key, place=EMAIL, row=user_id),
                display_name=seal(name.encode(), key=key, place=NAME, row=user_id),
            )
    except IntegrityError as error:
        if constraint_of(error) not in LOGIN_TAKEN:
            raise
        raise AddressTaken(field="email") from error
    for entry in SavedAddress.objects.filter(user_id=user_id):
        body = unseal(bytes(entry.body), place=BODY, row=entry.id)
        entry.body = seal(body, key=key, place=BODY, row=entry.id)
        entry.save(update_fields=["body"])


def _state_of(user: User, shopper: ShopperRow) -> dict[str, object]:
    return {
        "address": shopper.address,
        "person_id": str(shopper.person_id),
        "mailboxes": [
            {name: str(value) if value else None for name, value in row.items()}
            for row in Mailbox.objects.filter(user=user).order_by("id").values(*_MAILBOX)
        ],
        "password": user.password,
        "factors": factors_to_keep(user.id),
    }


def _put_back_mailboxes(user_id: UUID, kept: Sequence[Mapping[str, str | None]]) -> None:
    Mailbox.objects.filter(user_id=user_id).delete()
    Mailbox.objects.bulk_create(Mailbox(user_id=user_id, **dict(row)) for row in kept)
