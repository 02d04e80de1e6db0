"""Once a day the newest root of the audit goes by mail to somebody who keeps it elsewhere."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind, NewLetter
from tresen.domains.security.queries.chain import find_last_seal
from tresen.domains.security.types import Seal
from tresen.domains.stores.queries import NoSuchChannel, get_channel
from tresen.foundation.vault.classes import HOUSE
from tresen.workflows.caring.order_letters import shop_words
from tresen.workflows.guarding.seal_audit import anchors_of


@transaction.atomic
def mail_root(*, recipient: str, channel_code: str, now: datetime) -> int:
    """One letter for each seal at most; none without an address, a shop, or anything sealed.

    What it says is digests only: nobody reads from it what was done, by whom or to whom.
    """
    seal = find_last_seal()
    if not recipient or seal is None:
        return 0
    try:
        channel = get_channel(channel_code)
    except NoSuchChannel:
        return 0
    letter = NewLetter(
        key=f"audit-root:{seal.no}",
        kind=LetterKind.AUDIT_ROOT,
        locale=channel.default_locale,
        recipient=recipient,
        person_id=HOUSE,
        payload={
            "channel": channel.code,
            "zone": channel.market.time_zone,
            "shop": shop_words(channel),
            "number": str(seal.no),
            "paragraphs": _paragraphs(seal, locale=channel.default_locale),
            "line": line_of(seal),
        },
    )
    queue_letters(letters=[letter], now=now)
    return 1


def line_of(seal: Seal) -> str:
    """What the folder outside has, too, as one line."""
    (anchor,) = anchors_of([seal])
    told = {
        "seal": anchor.no,
        "deeds": anchor.last,
        "digest": anchor.digest.hex(),
        "root": anchor.root.hex(),
        "public_key": anchor.public_key.hex(),
    }
    return json.dumps(told)


def _paragraphs(seal: Seal, *, locale: str) -> list[str]:
    (anchor,) = anchors_of([seal])
    with translation.override(locale):
        return [
            gettext(
                "Whoever can change the database can change what is written there about who did "
                "what. They cannot change this mail: keep it where they do not get at it."
            ),
            gettext("To see whether the audit still holds it, run on the shop's machine:"),
            f"tresen audit compare {anchor.no} {anchor.digest.hex()}",
        ]
