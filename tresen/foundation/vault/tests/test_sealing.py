"""What is sealed opens only unchanged, in its row and column, with its person's own key."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.vault import sealing
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.closing import close_vault
from tresen.foundation.vault.data_keys import (
    DataKey,
    destroy_keys,
    hold,
    keys_for,
    keys_of_many,
    restrict_keys,
)
from tresen.foundation.vault.sealing import (
    CannotOpen,
    Restricted,
    Shredded,
    blind_index,
    blind_indexes,
    is_signed,
    prefetch,
    reading_restricted,
    seal,
    sign,
    unseal,
)

PLACE = "carts_cart.address"
ROW, PERSON = new_id(), new_id()
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def key_of(person: UUID = PERSON, key_class: KeyClass = KeyClass.PROFILE) -> DataKey:
    return keys_for(person, key_class)[key_class]


def loose_key() -> DataKey:
    """A key without a row, held open: no database is needed."""
    key = DataKey(new_id(), PERSON, "profile", restricted=False, secret=b"k" * 32)
    hold([key])
    return key


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_in_its_place(clear: bytes) -> None:
    sealed = seal(clear, key=loose_key(), place=PLACE, row=ROW)
    assert unseal(sealed, place=PLACE, row=ROW) == clear


def test_it_cannot_be_read_and_never_looks_the_same_twice() -> None:
    key = loose_key()
    one, other = (seal(b"Ahrensburg", key=key, place=PLACE, row=ROW) for _ in range(2))
    assert one != other
    assert b"Ahrensburg" not in one


@pytest.mark.django_db
def test_in_another_column_row_or_of_another_person_it_does_not_open() -> None:
    sealed = seal(b"Elbweg 7", key=key_of(), place=PLACE, row=ROW)
    swapped = sealed[:1] + key_of(new_id()).id.bytes + sealed[17:]

    for text, place, row in (
        (sealed, "carts_cart.billing", ROW),
        (sealed, PLACE, new_id()),
        (swapped, PLACE, ROW),
    ):
        with pytest.raises(CannotOpen):
            unseal(text, place=place, row=row)


@pytest.mark.django_db
def test_control_without_associated_data_a_swapped_text_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealing, "_bound_to", lambda *_: b"")
    sealed = seal(b"Elbweg 7", key=key_of(), place=PLACE, row=ROW)
    assert unseal(sealed, place="carts_cart.billing", row=new_id()) == b"Elbweg 7"


def test_every_changed_byte_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    key = loose_key()
    monkeypatch.setattr(sealing, "find_keys", lambda *_: {key.id: key})
    sealed = seal(b"Elbweg 7", key=key, place=PLACE, row=ROW)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(CannotOpen):
            unseal(bytes(changed), place=PLACE, row=ROW)


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 12, b"{}", b"\x02" + b"0" * 60])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(sealed, place=PLACE, row=ROW)


@pytest.mark.django_db
def test_a_destroyed_key_takes_what_it_sealed_with_it_and_only_that() -> None:
    profile = seal(b"hanna@example.org", key=key_of(), place=PLACE, row=ROW)
    year = KeyClass.TAX_RECORD.of(NOON)
    voucher = seal(b"Hanna", key=keys_for(PERSON, year)[year], place=PLACE, row=ROW)
    other = seal(b"Jonas", key=key_of(new_id()), place=PLACE, row=ROW)

    assert destroy_keys(PERSON, KeyClass.PROFILE) == 1

    with pytest.raises(Shredded):
        unseal(profile, place=PLACE, row=ROW)
    assert unseal(voucher, place=PLACE, row=ROW) == b"Hanna"
    assert unseal(other, place=PLACE, row=ROW) == b"Jonas"
    assert destroy_keys(PERSON, KeyClass.TAX_RECORD) == 1  # whatever the year
    with pytest.raises(Shredded):
        unseal(voucher, place=PLACE, row=ROW)


@pytest.mark.django_db
def test_what_is_restricted_opens_only_for_those_it_is_kept_for() -> None:
    year = KeyClass.TAX_RECORD.of(NOON)
    sealed = seal(b"Hanna", key=keys_for(PERSON, year)[year], place=PLACE, row=ROW)
    restrict_keys(PERSON, KeyClass.TAX_RECORD, since=NOON)

    with pytest.raises(Restricted):
        unseal(sealed, place=PLACE, row=ROW)
    with reading_restricted():
        assert unseal(sealed, place=PLACE, row=ROW) == b"Hanna"
    with pytest.raises(Restricted):
        unseal(sealed, place=PLACE, row=ROW)
    restrict_keys(PERSON, KeyClass.TAX_RECORD, since=None)
    assert unseal(sealed, place=PLACE, row=ROW) == b"Hanna"


@pytest.mark.django_db
def test_a_key_of_a_rolled_back_transaction_is_never_used_again() -> None:
    """Else what is sealed with it later would be lost."""
    with pytest.raises(RuntimeError), transaction.atomic():
        gone = key_of()
        sealed = seal(b"x", key=gone, place=PLACE, row=ROW)
        unseal(sealed, place=PLACE, row=ROW)
        raise RuntimeError

    assert key_of().id != gone.id


@pytest.mark.django_db
def test_a_list_asks_for_its_keys_once_and_a_request_ends_with_none(
    django_assert_num_queries: object,
) -> None:
    pairs = [(new_id(), "profile") for _ in range(50)]
    keys = keys_of_many(pairs)
    sealed = [seal(b"x", key=keys[pair], place=PLACE, row=ROW) for pair in pairs]

    with django_assert_num_queries(1):  # type: ignore[operator]
        prefetch(sealed)
        assert [unseal(text, place=PLACE, row=ROW) for text in sealed] == [b"x"] * 50
    close_vault()
    with django_assert_num_queries(1):  # type: ignore[operator]
        unseal(sealed[0], place=PLACE, row=ROW)


@pytest.mark.django_db
def test_a_wrapped_key_works_only_in_its_own_row() -> None:
    """Whoever may write the table cannot lend one person's key to another."""
    sealed = seal(b"x", key=key_of(), place=PLACE, row=ROW)
    thief = key_of(new_id())
    sql.run(
        "UPDATE vault.data_key SET wrapped = (SELECT wrapped FROM vault.data_key WHERE id = %s)"
        " WHERE id = %s",
        (thief.id, UUID(bytes=sealed[1:17])),
    )
    close_vault()
    with pytest.raises(Shredded):
        unseal(sealed, place=PLACE, row=ROW)


def test_keys_do_not_show() -> None:
    assert "kkkk" not in repr(loose_key())


def test_an_index_is_the_same_for_the_same_value_and_purpose_only() -> None:
    known = blind_index("a@example.com", purpose="privacy.email")
    assert known == blind_index("a@example.com", purpose="privacy.email")
    assert known != blind_index("b@example.com", purpose="privacy.email")
    assert known != blind_index("a@example.com", purpose="privacy.phone")
    assert blind_indexes("a@example.com", purpose="privacy.email")[0] == known


def test_a_signature_holds_for_its_message_and_purpose() -> None:
    signature = sign("order 7", purpose="link")
    assert is_signed("order 7", signature, purpose="link")
    assert not is_signed("order 8", signature, purpose="link")
    assert not is_signed("order 7", signature, purpose="cookie")


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (datetime(2026, 3, 15, 12, tzinfo=UTC), "tax_record.2026"),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), "tax_record.2027"),
        (datetime(2027, 1, 1, 0, 30, tzinfo=UTC), "tax_record.2027"),
    ],
)
def test_at_the_turn_of_the_year_the_longer_period_counts(at: datetime, name: str) -> None:
    assert KeyClass.TAX_RECORD.of(at) == name
