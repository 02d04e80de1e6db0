"""Letters about an account, in the words and the language of the shop it is kept in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings

from tresen.domains.conversations.commands import queue_letter
from tresen.domains.conversations.types import LetterKind
from tresen.domains.stores.queries import NoSuchChannel, get_channel
from tresen.workflows.caring.order_letters import shop_words
from tresen.workflows.trusting.account_links import our_host


def write_about_account(
    *,
    key: str,
    kind: LetterKind,
    recipient: str,
    locale: str,
    person_id: UUID,
    name: str,
    link_url: str,
    until: datetime,
    now: datetime,
    more: Mapping[str, object] | None = None,
) -> None:
    """One letter, however often it is asked for under this key.

    `person_id` is whose key seals it; for an address that nobody has proven, the proof's own.
    Before the shop is set up nobody is written to: there is no name to write in.
    """
    try:
        channel = get_channel(settings.DEFAULT_CHANNEL)
    except NoSuchChannel:
        return
    payload = {
        "channel": channel.code,
        "zone": channel.market.time_zone,
        "shop": shop_words(channel),
        "name": name,
        "link_url": link_url,
        "link_host": our_host(),
        "until_at": until.isoformat(),
        "code": "",
    }
    queue_letter(
        key=key,
        kind=kind,
        locale=locale if locale in channel.market.locales else channel.default_locale,
        recipient=recipient,
        person_id=person_id,
        payload=payload | dict(more or {}),
        now=now,
    )
