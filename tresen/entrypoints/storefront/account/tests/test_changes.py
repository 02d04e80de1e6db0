"""Changes of credentials: told by mail, taken back without signing in; and the second step."""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from tresen.domains.accounts.commands import ProofGone, begin_change, forget_former_states
from tresen.domains.accounts.models import Change, SavedAddress, Session, User
from tresen.domains.accounts.queries import find_shopper_at, list_factors_of
from tresen.domains.accounts.types import ChangeKind, FactorKind
from tresen.domains.conversations.types import LetterKind
from tresen.entrypoints.storefront.account.tests.make import (
    ERIKA,
    PASSWORD,
    Shopper,
    letters,
    link_of,
    the_letter,
)
from tresen.entrypoints.storefront.account.tests.totp import code_of_app, turn_on
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.foundation.audit.models import Deed
from tresen.workflows.buying.tests.make import SmallShop

pytestmark = pytest.mark.django_db
NEW = "neue losung 17"


@pytest.fixture
def account(erika: Shopper) -> Shopper:
    erika.open_account()
    letters()
    return erika


def test_a_new_password_signs_other_devices_out_and_is_told(account: Shopper) -> None:
    other = Shopper(account.time)
    other.sign_in()

    assert account.post("/account/password/", password=NEW).status_code == 302

    assert account.is_in(), "here one stays"
    assert not other.is_in()
    letter = the_letter()
    assert (letter.kind, letter.recipient) == (LetterKind.ACCOUNT_CHANGED, ERIKA)
    assert letter.payload["change"] == "password_changed"
    assert Deed.objects.filter(action="account.password_changed").count() == 1


def test_the_undo_link_needs_no_sign_in_and_really_undoes(account: Shopper) -> None:
    account.post("/account/password/", password=NEW)
    link = link_of(the_letter())
    victim = Shopper(account.time)

    assert victim.get(link).status_code == 200
    assert account.is_in(), "looking alone does nothing"
    assert victim.post(link)["Location"] == "/de/account/sign-in/"

    assert not account.is_in()
    assert the_letter().kind is LetterKind.ACCOUNT_RESTORED
    assert victim.sign_in(password=NEW).status_code == 422
    assert victim.sign_in(password=PASSWORD).status_code == 302
    thief = account.try_password()
    assert "/mailed/" in thief["Location"], "their device is a stranger's from now on"
    assert victim.post(link).status_code == 410, "once"
    assert Deed.objects.filter(action="account.undo").count() == 1


@pytest.mark.parametrize(("hours", "status"), [(71, 302), (73, 410)])
def test_it_is_good_for_three_days(account: Shopper, hours: int, status: int) -> None:
    account.post("/account/password/", password=NEW)
    link = link_of(the_letter())
    account.time.pass_by(hours=hours)

    assert Shopper(account.time).post(link).status_code == status


def test_a_thief_who_changes_everything_is_thrown_out_by_one_link(account: Shopper) -> None:
    """The state before the first change comes back, whatever followed; their own links die."""
    account.post("/account/address/", email="dieb@example.com")
    account.post(link_of(the_letter()))
    told = the_letter()
    assert told.recipient == ERIKA, "the address that was is told"
    account.post("/account/password/", password=NEW)
    turn_on(account)
    theirs = letters()
    assert {letter.recipient for letter in theirs} == {"dieb@example.com"}
    victim = Shopper(account.time)
    page = victim.get(link_of(told)).content.decode()
    assert "Passwort geändert" in page
    assert "Zweiter Schritt eingeschaltet" in page

    victim.post(link_of(told))

    assert not account.is_in()
    assert find_shopper_at("dieb@example.com") is None
    shopper = find_shopper_at(ERIKA)
    assert list_factors_of(shopper.id) == []
    assert victim.sign_in().status_code == 302
    for letter in theirs:
        assert account.post(link_of(letter)).status_code == 410
    assert victim.is_in()


def test_a_second_step_that_a_thief_turned_off_is_on_again(account: Shopper) -> None:
    secret = turn_on(account)
    letters()
    account.time.pass_by(seconds=90)
    assert account.post("/account/two-steps/end/").status_code == 302
    victim = Shopper(account.time)

    victim.post(link_of(the_letter()))

    answer = victim.sign_in()
    assert "/second-step/" in answer["Location"]
    code = code_of_app(secret, account.time.now)
    assert victim.post(answer["Location"], code=code).status_code == 302
    assert victim.is_in()


def test_only_an_own_link_undoes(account: Shopper) -> None:
    account.post("/account/password/", password=NEW)
    link = link_of(the_letter())
    other = link[:-6] + ("A" if link[-6] != "A" else "B") + link[-5:]

    assert Shopper(account.time).post(other).status_code == 404
    assert not Change.objects.filter(undone_at__isnull=False).exists()


def test_a_former_state_is_forgotten_when_it_can_no_longer_be_put_back(account: Shopper) -> None:
    account.post("/account/password/", password=NEW)
    (change,) = Change.objects.all()
    assert change.former is not None
    assert b"argon2" not in bytes(change.former), "it lies sealed"
    account.time.pass_by(hours=73)

    assert forget_former_states(now=account.time.now, most=10) == 1

    assert Change.objects.get().former is None


def test_another_address_holds_once_it_is_proven(account: Shopper, shop: SmallShop) -> None:
    account.post("/account/address/", email="neu@example.com")
    letter = the_letter()
    assert (letter.kind, letter.recipient) == (LetterKind.ACCOUNT_ADDRESS, "neu@example.com")
    assert find_shopper_at("neu@example.com") is None

    account.post(link_of(letter))

    assert find_shopper_at(ERIKA) is None
    assert find_shopper_at("neu@example.com").address == "neu@example.com"
    assert account.is_in()
    assert the_letter().recipient == ERIKA


def test_orders_of_a_mailbox_that_was_left_count_up_to_that_day(
    account: Shopper, shop: SmallShop
) -> None:
    Guest(shop).order()
    account.time.pass_by(minutes=1)
    account.post("/account/address/", email="neu@example.com")
    letters_of_change = [letter for letter in letters() if "account" in letter.kind]
    account.post(link_of(letters_of_change[-1]))
    account.time.pass_by(minutes=1)
    Guest(shop).order()  # by whoever has the old mailbox now
    Guest(shop).order(email="neu@example.com")

    assert account.get("/account/").content.decode().count("receipt-line") == 2

    other = Shopper(account.time)
    letters()
    other.open_account(ERIKA)
    assert other.get("/account/").content.decode().count("receipt-line") == 1


def test_an_address_with_an_account_is_not_taken_and_its_owner_is_told(account: Shopper) -> None:
    other = Shopper(account.time)
    other.open_account("andere@example.com")
    letters()

    free = account.post("/account/address/", email="frei@example.com")
    taken = account.post("/account/address/", email="andere@example.com")

    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    letter = letters()[-1]
    assert (letter.kind, letter.recipient) == (LetterKind.ACCOUNT_TAKEN, "andere@example.com")
    assert find_shopper_at(ERIKA) is not None


def test_an_address_that_was_taken_meanwhile_is_refused(account: Shopper) -> None:
    account.post("/account/address/", email="neu@example.com")
    link = link_of(the_letter())
    Shopper(account.time).open_account("neu@example.com")

    assert account.post(link).status_code == 409
    assert find_shopper_at(ERIKA) is not None
    assert User.objects.count() == 2


def test_the_address_book_opens_after_the_move(account: Shopper) -> None:
    typed = {"street": "Elbweg 7", "postcode": "22765", "city": "Hamburg", "country": "DE"}
    account.post("/account/addresses/new/", name="Erika", **typed)
    account.post("/account/address/", email="neu@example.com")
    account.post(link_of(the_letter()))

    assert "Elbweg 7" in account.get("/account/addresses/").content.decode()
    assert SavedAddress.objects.count() == 1


def test_a_stale_session_changes_nothing_before_a_new_proof(account: Shopper) -> None:
    account.time.pass_by(minutes=6)
    before = User.objects.values_list("password", "generation").get()

    answer = account.post("/account/password/", password=NEW)

    assert answer["Location"].startswith("/de/account/proof/")
    assert User.objects.values_list("password", "generation").get() == before
    assert account.post("/account/proof/", password="falsch geraten").status_code == 422
    assert account.post("/account/proof/", password=PASSWORD).status_code == 302
    assert account.post("/account/password/", password=NEW).status_code == 302
    assert User.objects.values_list("generation", flat=True).get() == before[1] + 1


def test_a_change_on_an_older_state_is_refused(account: Shopper) -> None:
    """Two at the same moment: the second one was made without knowing the first."""
    shopper = find_shopper_at(ERIKA)
    account.post("/account/password/", password=NEW)
    with pytest.raises(ProofGone), transaction.atomic():
        begin_change(
            user_id=shopper.id,
            generation=shopper.generation,
            kind=ChangeKind.PASSKEY_ADDED,
            now=account.time.now,
        )
    assert Change.objects.count() == 1


def test_with_a_second_step_a_password_alone_leads_nowhere(account: Shopper) -> None:
    secret = turn_on(account)
    other = Shopper(account.time)

    page = other.sign_in()["Location"]

    assert not other.is_in()
    assert other.post(page, code="000000").status_code == 422
    account.time.pass_by(seconds=90)
    code = code_of_app(secret, account.time.now)
    assert other.post(page, code=code).status_code == 302
    assert other.is_in()
    again = Shopper(account.time)
    assert again.post(again.sign_in()["Location"], code=code).status_code == 422, "once"


def test_a_mailed_link_and_a_reset_ask_for_it_too(account: Shopper) -> None:
    turn_on(account)
    letters()
    other = Shopper(account.time)

    other.post("/account/sign-in/mail/", email=ERIKA)
    assert "/second-step/" in other.post(link_of(the_letter()))["Location"]

    other.post("/account/password/forgotten/", email=ERIKA)
    other.post(link_of(the_letter()), password=NEW)
    assert "/second-step/" in other.sign_in(password=NEW)["Location"]
    assert not other.is_in()
    kinds = {factor.kind for factor in list_factors_of(find_shopper_at(ERIKA).id)}
    assert kinds == {FactorKind.APP, FactorKind.CODES}


def test_a_recovery_code_works_once(account: Shopper) -> None:
    turn_on(account)
    page = account.get("/account/two-steps/codes/").content.decode()
    code = page.partition("<code>")[2].partition("</code>")[0]
    other = Shopper(account.time)

    assert other.post(other.sign_in()["Location"], code=code).status_code == 302
    again = Shopper(account.time)
    assert again.post(again.sign_in()["Location"], code=code).status_code == 422
    assert code not in account.get("/account/two-steps/codes/").content.decode()


def test_five_codes_per_sign_in_and_ten_in_a_quarter_of_an_hour(account: Shopper) -> None:
    turn_on(account)
    other = Shopper(account.time)
    account.time.pass_by(minutes=20)
    answers = []
    for _ in range(3):
        page = other.sign_in()["Location"]
        answers += [other.post(page, code="000000").status_code for _ in range(6)]

    assert answers == [422] * 5 + [410] + [422] * 5 + [410] + [429] * 5 + [410]
    assert not other.is_in()


def test_a_page_that_stood_open_or_is_anothers_turns_nothing_on(account: Shopper) -> None:
    page = account.get("/account/two-steps/").content.decode()
    offer = page.partition('name="offer" value="')[2].partition('"')[0]
    other = Shopper(account.time)
    other.open_account("andere@example.com")

    assert other.post("/account/two-steps/", offer=offer, code="000000").status_code == 302
    account.time.pass_by(minutes=21)
    account.sign_in()
    account.post("/account/proof/", password=PASSWORD)
    assert account.post("/account/two-steps/", offer=offer, code="000000").status_code == 302
    assert list_factors_of(find_shopper_at(ERIKA).id) == []


def test_sessions_are_listed_and_ended(account: Shopper) -> None:
    other, stranger = Shopper(account.time), Shopper(account.time)
    other.sign_in()
    stranger.open_account("andere@example.com")
    page = account.get("/account/security/").content.decode()
    ends = set(re.findall(r"/account/sessions/(ses_\w+)/end/", page))
    assert len(ends) == 1

    assert stranger.post(f"/account/sessions/{ends.copy().pop()}/end/").status_code == 404
    assert other.is_in()
    account.post(f"/account/sessions/{ends.pop()}/end/")

    assert not other.is_in()
    assert account.is_in()
    other.sign_in()
    account.post("/account/sessions/all/end/")
    assert (other.is_in(), account.is_in(), stranger.is_in()) == (False, True, True)
    assert Session.objects.filter(user__isnull=False).count() == 2
