"""«Ask a person»: the customer has a say, and somebody of the staff answers (Art. 22(3) GDPR)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.carts.queries import find_cart
from tresen.domains.conversations.types import LetterKind, NewLetter
from tresen.domains.orders.queries import get_order
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.risk.commands import ask_person
from tresen.domains.risk.queries import find_assessment
from tresen.domains.risk.types import ReviewRow
from tresen.domains.stores.types import ChannelRow
from tresen.foundation.limits.taking import Limit
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.quote_cart import Quote
from tresen.workflows.buying.weigh_cart import SeenFrom, weigh_cart
from tresen.workflows.caring.order_letters import channel_of, order_letter, shop_words

QUESTIONS = Limit(name="questions to a person", max=5, window=timedelta(days=1))
"""Of one order or cart: enough for whoever forgot something, too few to flood the staff."""


class WordsMissing(Refusal):
    """Somebody who asks says in a sentence what is wrong."""

    code = "words_missing"
    message = "Please write in a sentence why you think that this is wrong."


class NothingToAsk(Refusal):
    """Nothing was decided that a person could look at."""

    code = "nothing_to_ask"
    status = 409
    message = "Nothing was held back or narrowed here, so there is nothing for a person to decide."


@transaction.atomic
def ask_about_order(*, order_id: UUID, words: str, now: datetime) -> UUID:
    """A case in the queue. Raises NoSuchOrder, WordsMissing, NothingToAsk."""
    order = get_order(order_id)
    assessed = find_assessment(order_id)
    if assessed is None:
        raise NothingToAsk(field="words")
    return ask_person(
        order_id=order_id,
        cart_id=None,
        gross=order.gross,
        score=assessed.scored.score,
        words=_checked(words),
        person_id=order.person_id or order.id,
        now=now,
    )


@transaction.atomic
def ask_about_cart(
    *, quote: Quote, channel: ChannelRow, seen_from: SeenFrom, words: str, now: datetime
) -> UUID:
    """Ways to pay were narrowed for this cart, and the customer objects.

    Raises WordsMissing, NothingToAsk.
    """
    if quote.cart.contact is None:
        raise NothingToAsk(field="words")
    weighed = weigh_cart(quote=quote, channel=channel, seen_from=seen_from, now=now)
    return ask_person(
        order_id=None,
        cart_id=quote.cart.id,
        gross=quote.gross,
        score=weighed.scored.score,
        words=_checked(words),
        person_id=find_person_by_email(quote.cart.contact.email) or quote.cart.id,
        now=now,
    )


def answer_letter(
    review: ReviewRow, *, in_favour: bool, now: datetime
) -> tuple[NewLetter | None, str]:
    """The answer, and whose it is; None where the cart is gone and nobody can be reached."""
    key = f"person-answered:{review.id}:{now.isoformat()}"
    if review.order_id is not None:
        order = get_order(review.order_id)
        more = {"in_favour": in_favour, "about": "order"}
        letter = order_letter(order, kind=LetterKind.PERSON_ANSWERED, key=key, more=more)
        return letter, order.person.email
    assert review.cart_id is not None
    cart = find_cart(review.cart_id)
    if cart is None or cart.contact is None:
        return None, ""
    channel = channel_of(cart.channel_code)
    payload = {
        "channel": channel.code,
        "zone": channel.market.time_zone,
        "shop": shop_words(channel),
        "name": cart.address.name if cart.address else "",
        "number": "",
        "placed_at": review.opened_at.isoformat(),
        "in_favour": in_favour,
        "about": "cart",
    }
    letter = NewLetter(
        key=key,
        kind=LetterKind.PERSON_ANSWERED,
        locale=cart.locale,
        recipient=cart.contact.email,
        payload=payload,
        person_id=find_person_by_email(cart.contact.email) or cart.id,
    )
    return letter, cart.contact.email


def _checked(words: str) -> str:
    words = words.replace("\x00", "").strip()
    if not words:
        raise WordsMissing(field="words")
    return words
