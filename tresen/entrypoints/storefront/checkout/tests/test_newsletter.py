"""The box for news in the checkout: unticked, apart from the order, and asked once more."""

from __future__ import annotations

import pytest

from tresen.domains.privacy import models
from tresen.domains.privacy.commands import publish_consent_text
from tresen.domains.privacy.types.consents import Purpose
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.trusting.tests.make import letters

pytestmark = pytest.mark.django_db
BOX = 'name="newsletter"'


@pytest.fixture
def with_words(guest: Guest) -> Guest:
    words = {"de": "Neues per E-Mail, ja bitte.", "en": "News by e-mail, yes please."}
    publish_consent_text(purpose=Purpose.NEWSLETTER, words=words, now=NOON)
    return guest


def test_the_box_is_not_ticked_before(with_words: Guest) -> None:
    with_words.take()
    page = with_words.get("/checkout/").content.decode()

    assert BOX in page
    assert f'{BOX} value="1" checked' not in page


def test_an_order_with_an_unticked_box_grants_nothing_and_asks_nothing(with_words: Guest) -> None:
    with_words.order()

    assert not models.ConsentEvent.objects.exists()
    assert not models.OptIn.objects.exists()
    assert letters("opt_in") == []


def test_a_ticked_box_is_asked_once_more_and_is_no_consent_before(with_words: Guest) -> None:
    with_words.order(newsletter="1")

    assert not models.ConsentEvent.objects.exists()
    assert models.OptIn.objects.count() == 1
    (said,) = letters("opt_in")
    assert said["wish"] == "Neues per E-Mail, ja bitte."


def test_without_published_words_there_is_no_box(guest: Guest) -> None:
    guest.take()

    assert BOX not in guest.get("/checkout/").content.decode()
    guest.order(newsletter="1")
    assert not models.OptIn.objects.exists()
