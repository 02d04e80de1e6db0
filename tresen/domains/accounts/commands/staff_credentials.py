"""Changes of credentials behind the counter: kept with the state before them, and taken back.

The sign-in library makes them; what was before is looked at by whoever lets it do so. A second
factor is a must here: where there was none before the change, taking it back leaves no way in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tresen.domains.accounts.commands.credentials import UNDO_HOURS, TooLateToUndo
from tresen.domains.accounts.commands.factors import factors_put_back, factors_to_keep
from tresen.domains.accounts.commands.identities import identities_put_back, identities_to_keep
from tresen.domains.accounts.events import CredentialsChanged
from tresen.domains.accounts.models import Change, User
from tresen.domains.accounts.queries.changes import FORMER, change_row, former_state
from tresen.domains.accounts.queries.staff import email_of
from tresen.domains.accounts.types import ChangeKind, ChangeRow, Realm, StaffState
from tresen.foundation.ids import new_id
from tresen.foundation.journal.events import announce
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal_json


def lock_staff_state(user_id: UUID) -> StaffState | None:
    """How somebody signs in right now; nobody else changes it before the caller is done."""
    user = _locked(user_id)
    return _state_of(user) if user else None


def keep_staff_change(
    *, user_id: UUID, kind: ChangeKind, former: StaffState, now: datetime
) -> ChangeRow:
    """After the change, in its transaction."""
    change_id, key = new_id(), keys_for(user_id, KeyClass.PROFILE)[KeyClass.PROFILE]
    state = {
        "address": former.address,
        "password": former.password,
        "factors": list(former.factors),
        "identities": list(former.identities),
    }
    change = Change.objects.create(
        id=change_id,
        user_id=user_id,
        kind=kind,
        former=seal_json(state, key=key, place=FORMER, row=change_id),
        made_at=now,
        until=now + timedelta(hours=UNDO_HOURS),
    )
    announce(
        CredentialsChanged(
            happened_at=now, user_id=str(user_id), change_id=str(change.id), change=kind
        )
    )
    return change_row(change)


@transaction.atomic
def take_back_of_staff(*, change_id: UUID, now: datetime) -> ChangeRow:
    """Restore the state before this change, and undo every later one. Raises TooLateToUndo.

    The caller ends the sessions. Whoever had no second factor before has no password afterwards:
    an owner invites them anew, so that a stolen mailbox is no way around the factor.
    """
    known = Change.objects.filter(id=change_id).first()
    user = _locked(known.user_id) if known else None
    change = Change.objects.select_for_update().filter(id=change_id).first() if user else None
    former = former_state(change) if change else None
    is_open = change is not None and change.undone_at is None and now <= change.until
    if user is None or change is None or former is None or not is_open:
        raise TooLateToUndo
    password = former["password"] if former["factors"] else make_password(None)
    User.objects.filter(id=user.id).update(password=password, generation=user.generation + 1)
    factors_put_back(user_id=user.id, factors=former["factors"])
    if (identities := former.get("identities")) is not None:
        identities_put_back(user_id=user.id, identities=identities)
    later = Change.objects.filter(user=user, id__gte=change.id, undone_at=None)
    later.update(undone_at=now, former=None)
    return change_row(change)


def _locked(user_id: UUID) -> User | None:
    found = User.objects.select_for_update().filter(id=user_id, realm=Realm.STAFF, is_active=True)
    return found.first()


def _state_of(user: User) -> StaffState:
    return StaffState(
        address=email_of(user),
        password=user.password,
        factors=tuple(factors_to_keep(user.id)),
        identities=identities_to_keep(user.id),
    )
