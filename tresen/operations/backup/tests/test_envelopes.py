"""Two recipients at least; one identity opens; a changed byte is found."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest
from pyrage.x25519 import Identity

from tresen.operations.backup.envelopes import (
    BackupDamaged,
    TooFewRecipients,
    WrongIdentity,
    decrypt_bytes,
    decrypted,
    encrypt_bytes,
    encrypt_stream,
)
from tresen.operations.backup.places import BackupSettingWrong, places_of
from tresen.operations.backup.recipients import (
    IdentityUnreadable,
    check_ready,
    keep_machine_identity,
    list_recipients,
    local_identities,
    make_identity,
    outside_count,
    read_identities,
    set_up_demo,
)

ONE, TWO = Identity.generate(), Identity.generate()
BOTH = [ONE.to_public(), TWO.to_public()]
LONG = bytes(range(256)) * 2_000


def _sealed() -> bytes:
    sink = io.BytesIO()
    encrypt_stream(io.BytesIO(LONG), sink, to=BOTH)
    return sink.getvalue()


@pytest.mark.parametrize("identity", [ONE, TWO])
def test_each_identity_alone_opens_a_stream(identity: Identity) -> None:
    with decrypted(io.BytesIO(_sealed()), by=[identity], name="it") as clear:
        assert clear.read() == LONG


@pytest.mark.parametrize("to", [[], BOTH[:1], [BOTH[0], BOTH[0]]])
def test_fewer_than_two_recipients_are_refused(to: list[object]) -> None:
    with pytest.raises(TooFewRecipients):
        encrypt_bytes(b"x", to=to)


@pytest.mark.parametrize("damage", ["flip", "cut", "swap"])
def test_a_damaged_stream_is_found_even_when_its_reader_stopped_early(damage: str) -> None:
    sealed = bytearray(_sealed())
    if damage == "flip":
        sealed[-5] ^= 1
    elif damage == "cut":
        del sealed[-100_000:]
    else:
        first, second = 65_552 + 400, 2 * 65_552 + 400
        sealed[first : first + 60_000], sealed[second : second + 60_000] = (
            sealed[second : second + 60_000],
            sealed[first : first + 60_000],
        )

    with pytest.raises(BackupDamaged), decrypted(io.BytesIO(sealed), by=[ONE], name="it") as clear:
        clear.read(10)


def test_a_foreign_identity_is_told_from_damage() -> None:
    with pytest.raises(WrongIdentity, match="--identity FILE"):
        decrypt_bytes(encrypt_bytes(b"x", to=BOTH), by=[Identity.generate()], name="it")


def test_a_demo_makes_two_private_identities_once(tmp_path: Path) -> None:
    places = places_of(tmp_path, {})

    made, again = set_up_demo(places), set_up_demo(places)

    assert (made, again) == (True, False)
    assert len(check_ready(places)) == len(local_identities(places)) == 2
    assert outside_count(places) == 0
    for path in (places.machine_identity, places.demo_identity):
        assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_a_shown_identity_is_kept_nowhere(tmp_path: Path) -> None:
    places = places_of(tmp_path, {})
    keep_machine_identity(places)

    shown = make_identity(places, label="safe, office\n# AGE")

    texts = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [text for text in texts if str(shown) in text]
    assert [one.label for one in list_recipients(places)][1] == "safe, office # AGE"
    assert outside_count(places) == 1


def test_a_real_shop_with_one_recipient_is_refused_with_the_remedy(tmp_path: Path) -> None:
    places = places_of(tmp_path, {})
    keep_machine_identity(places)

    with pytest.raises(TooFewRecipients, match="tresen backup keys"):
        check_ready(places)


def test_an_identity_typed_from_paper_may_have_remarks_and_small_letters(tmp_path: Path) -> None:
    typed = tmp_path / "typed"
    typed.write_text(f"# from the safe\n\n  {str(ONE).lower()}  \n")

    (found,) = read_identities(typed)

    assert str(found) == str(ONE)


@pytest.mark.parametrize("text", ["", "# nothing\n", "AGE-SECRET-KEY-1QQ\n", "hello"])
def test_a_file_without_an_identity_is_explained(tmp_path: Path, text: str) -> None:
    typed = tmp_path / "typed"
    typed.write_text(text)

    with pytest.raises(IdentityUnreadable):
        read_identities(typed)


@pytest.mark.parametrize("text", ["x", "-1", "0", "nan", "inf"])
def test_a_limit_that_is_no_number_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(BackupSettingWrong, match="TRESEN_BACKUP_GIB"):
        places_of(tmp_path, {"TRESEN_BACKUP_GIB": text})
