"""An account begins when its address is proven; guests need none."""

from __future__ import annotations

import pytest

from tresen.domains.accounts.commands import close_account
from tresen.domains.accounts.models import Proof, User
from tresen.domains.accounts.queries import find_shopper_at
from tresen.domains.conversations.types import LetterKind
from tresen.entrypoints.storefront.account.tests.make import (
    ERIKA,
    PASSWORD,
    Shopper,
    letters,
    link_of,
    the_letter,
)
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.workflows.buying.tests.make import SmallShop

pytestmark = pytest.mark.django_db


def test_nothing_is_made_before_the_address_is_proven(erika: Shopper) -> None:
    answer = erika.post("/account/sign-up/", email=ERIKA)

    assert answer.status_code == 302
    assert "Postfach" in erika.get(answer["Location"]).content.decode()
    assert not User.objects.exists()
    letter = the_letter()
    assert (letter.kind, letter.recipient) == (LetterKind.ACCOUNT_SIGN_UP, ERIKA)
    assert erika.get(link_of(letter)).status_code == 200
    assert not User.objects.exists(), "a program that looks at links ahead opens no account"


def test_the_link_opens_the_account_once_and_leads_in(erika: Shopper) -> None:
    erika.post("/account/sign-up/", email=ERIKA)
    link = link_of(the_letter())

    answer = erika.post(link, name="Erika Beispiel", password=PASSWORD)

    assert answer["Location"] == "/de/account/"
    assert "Guten Tag, Erika Beispiel" in erika.get("/account/").content.decode()
    assert erika.post(link, name="Mallory", password=PASSWORD).status_code == 410
    user = User.objects.get()
    assert (user.realm, user.role, user.is_staff, user.is_superuser) == ("shop", "", False, False)
    assert user.password.startswith("argon2$argon2id$")
    assert user.verified_at is not None


def test_a_password_is_free_and_so_is_a_name(erika: Shopper) -> None:
    shopper = erika.open_account(password="", name="")

    assert not shopper.has_password
    assert erika.is_in()
    assert erika.sign_in(password="").status_code in {302, 422}
    stranger = Shopper(erika.time)
    assert stranger.sign_in(password="!").status_code == 422


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("kurz", "zu kurz"),
        ("password123", "zu üblich"),
        ("qwertyuiop", "zu üblich"),
        ("erika@example.com", "Adresse oder Ihrem Namen"),
        ("Erika Beispiel1", "Adresse oder Ihrem Namen"),
        ("x" * 1_025, "1024"),
    ],
)
def test_a_weak_password_is_refused_with_the_remedy(
    erika: Shopper, password: str, words: str
) -> None:
    erika.post("/account/sign-up/", email=ERIKA)
    link = link_of(the_letter())

    answer = erika.post(link, name="Erika Beispiel", password=password)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{password}"' not in answer.content.decode()
    assert not User.objects.exists()
    assert erika.post(link, name="Erika Beispiel", password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "password",
    ["a b c d e f", "   zehn Leerzeichen   ", "ÄÖÜ ß € 漢字 ok", "y" * 64, "z" * 1_024],
)
def test_long_spaced_and_foreign_words_are_fine(erika: Shopper, password: str) -> None:
    erika.open_account(password=password)

    assert Shopper(erika.time).sign_in(password=password).status_code == 302
    assert Shopper(erika.time).sign_in(password=password.strip() + "x").status_code == 422


def test_who_has_an_account_is_told_by_mail_alone(erika: Shopper) -> None:
    erika.open_account()
    stranger = Shopper(erika.time)

    stranger.post("/account/sign-up/", email=ERIKA)

    letter = the_letter()
    assert letter.kind is LetterKind.ACCOUNT_EXISTS
    assert stranger.post(link_of(letter)).status_code == 302
    assert User.objects.count() == 1


def test_two_links_for_one_mailbox_make_one_account(erika: Shopper) -> None:
    erika.post("/account/sign-up/", email=ERIKA)
    erika.post("/account/sign-up/", email="Erika@Example.COM")
    first, second = letters()

    assert erika.post(link_of(first), name="Erika", password=PASSWORD).status_code == 302
    answer = Shopper(erika.time).post(link_of(second), name="Mallory", password="andere losung 7")

    assert answer.status_code == 409
    assert "schon ein Konto" in answer.content.decode()
    assert find_shopper_at(ERIKA).name == "Erika"
    assert User.objects.count() == 1


def test_earlier_guest_orders_are_in_the_account_once_the_address_is_proven(
    erika: Shopper, shop: SmallShop
) -> None:
    Guest(shop).order()
    other = Guest(shop)
    other.order(email="jemand@example.com")
    letters()

    erika.open_account()

    page = erika.get("/account/").content.decode()
    assert page.count("receipt-line") == 1
    assert "Wartet auf die Zahlung" in page


def test_the_order_page_offers_an_account_and_keeps_the_order(
    erika: Shopper, shop: SmallShop
) -> None:
    guest = Guest(shop)
    path = guest.order()
    letters()
    assert "Link zu einem Konto zusenden" in guest.get(path).content.decode()

    answer = guest.post(f"{path}account/")

    assert answer.status_code == 302
    letter = the_letter()
    assert (letter.kind, letter.recipient) == (LetterKind.ACCOUNT_SIGN_UP, ERIKA)
    assert guest.get(path).status_code == 200
    erika.post(link_of(letter), name="", password="")
    assert "Link zu einem Konto" not in erika.get(path).content.decode(), "they have one"


def test_a_form_that_names_staff_makes_a_shopper(erika: Shopper) -> None:
    """S13: whatever is typed in beside the fields is not read."""
    erika.post("/account/sign-up/", email=ERIKA, realm="staff", role="owner", is_staff="1")
    more = {"realm": "staff", "role": "owner", "is_staff": "1", "is_superuser": "1"}
    erika.post(link_of(the_letter()), name="Erika", password=PASSWORD, **more)
    erika.post("/account/profile/", name="E", language="de", role="owner", realm="staff")

    user = User.objects.get()
    assert (user.realm, user.role, user.is_staff, user.is_superuser) == ("shop", "", False, False)
    assert erika.browser.get("/staff/").status_code == 302, "a shopper is nobody there"
    assert erika.browser.get("/staff/today/").status_code == 302


def test_what_lies_in_the_tables_tells_nobody(erika: Shopper) -> None:
    erika.open_account()
    erika.post(
        "/account/addresses/new/",
        name="Erika Beispiel",
        street="Elbweg 7",
        postcode="22765",
        city="Hamburg",
        country="DE",
    )
    told = "".join(str(row) for model in (User, Proof) for row in model.objects.values_list())
    assert "erika" not in told.lower()
    assert "beispiel" not in told.lower()
    assert "Elbweg" not in told


def test_the_profile_leads_to_ones_data_and_an_erasure_closes_the_account(erika: Shopper) -> None:
    shopper = erika.open_account()
    page = erika.get("/account/profile/").content.decode()
    path = page.partition("/de/my-data/")[2].partition('"')[0]

    assert erika.get(f"/my-data/{path}").status_code == 200
    assert close_account(person_id=shopper.person_id)

    assert find_shopper_at(ERIKA) is None
    assert not erika.is_in()
    assert not User.objects.exists()
    assert not close_account(person_id=shopper.person_id)
