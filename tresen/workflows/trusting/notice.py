"""The privacy notice (Art. 13 GDPR), written from the registry and the running configuration.

It is published as one more version whenever its words change; orders and consents name the
version that was shown by its digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, override

from tresen.domains.compliance.commands import publish_text
from tresen.domains.compliance.types import TextKind
from tresen.domains.privacy.types.processors import Processor
from tresen.domains.privacy.types.retention import Period
from tresen.domains.stores.queries import NoSuchChannel, get_channel
from tresen.foundation.vault.personal import Basis, Recipient
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.processing import Activity, ProcessingRecord, processing_record

LANGUAGES = ("de", "en")


def publish_notice(*, now: datetime) -> dict[str, int]:
    """Write it in each language of the shop; the version that is current now, by language."""
    try:
        locales = get_channel(settings.DEFAULT_CHANNEL).market.locales
    except NoSuchChannel:  # an empty shop has nothing to say yet
        return {}
    return {locale: _publish(locale, now=now) for locale in locales if locale in LANGUAGES}


def _publish(locale: str, *, now: datetime) -> int:
    with override(locale):
        title = gettext("Privacy")
        body = notice_html(processing_record(now=now), locale=locale)
    return publish_text(kind=TextKind.PRIVACY, locale=locale, title=title, body_html=body, now=now)


def notice_html(record: ProcessingRecord, *, locale: str) -> str:
    """Headings, paragraphs and lists, in the language that is active."""
    parts = [
        *_responsible(record),
        *_what_for(record.activities, locale=locale),
        *_who_receives(record.processors),
        *_where(record.storage),
        *_rights(),
    ]
    return "\n".join(parts)


def _responsible(record: ProcessingRecord) -> Iterator[SafeString]:
    who = record.controller
    yield _heading(gettext("Who is responsible"))
    yield format_html(
        "<p>{}, {}, {}. {} {}</p>",
        who["name"],
        who["street"],
        who["place"],
        who["email"],
        who["phone"],
    )


def _what_for(activities: Sequence[Activity], *, locale: str) -> Iterator[SafeString]:
    yield _heading(gettext("What we keep, what for, and how long"))
    yield format_html(
        "<p>{}</p>",
        gettext(
            "This list is written by the shop's own software from what it really keeps. Each text "
            "about you is encrypted with a key of your own; when it is destroyed, nobody reads "
            "the text any more, in no backup either."
        ),
    )
    ours = [one for one in activities if "customer" in one.subjects]
    for bases in sorted({one.bases for one in ours}, key=_place_of):
        yield format_html("<h3>{}</h3>", _capital("; ".join(map(basis_words, bases))))
        items = [(_activity(one, locale=locale),) for one in ours if one.bases == bases]
        yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))


def _place_of(bases: Sequence[str]) -> tuple[int, Sequence[str]]:
    """The contract first, then what laws want, then the rest; several bases after single ones."""
    order = [Basis.CONTRACT, Basis.LAW, Basis.INTEREST, Basis.CONSENT]
    return len(bases) * len(order) + order.index(Basis(bases[0])), bases


def _activity(one: Activity, *, locale: str) -> SafeString:
    periods = [period_words(period, locale=locale) for _, period in one.periods if period]
    return format_html(
        "<strong>{}</strong>: {}. {}",
        _capital(one.purpose),
        ", ".join(one.data),
        _capital("; ".join(dict.fromkeys(periods))) + ("." if periods else ""),
    )


def _who_receives(processors: Sequence[Processor]) -> Iterator[SafeString]:
    yield _heading(gettext("Who receives something of it"))
    kinds = [recipient_words(kind) for kind in Recipient]
    yield format_html(
        "<p>{} {}</p>",
        gettext("Only what is needed, and each time it is written down:"),
        ", ".join(kinds) + ".",
    )
    if processors:
        items = [
            (one.name, one.task, one.country, one.mechanism.value, one.reference)
            for one in processors
        ]
        rows = format_html_join("", "<li><strong>{}</strong>: {} ({}) {} {}</li>", items)
        yield format_html("<ul>{}</ul>", rows)
    else:
        yield format_html("<p>{}</p>", gettext("No other company processes data for us."))


def _where(storage: str) -> Iterator[SafeString]:
    yield _heading(gettext("Where it lies"))
    words = storage or gettext("On our own server. Ask us where it stands; we tell you.")
    yield format_html("<p>{}</p>", words)


def _rights() -> Iterator[SafeString]:
    yield _heading(gettext("What you can ask of us"))
    yield format_html(
        "<p>{}</p>",
        gettext(
            "To see your data and get a copy, to have them corrected, erased or kept unused, to "
            "object, to take a consent back as easily as you gave it, and to have a person look at "
            "what a program decided. The page «My data» does all of it; a letter will do as well. "
            "We answer within a month. You may also complain to a data protection authority."
        ),
    )


def period_words(period: Period, *, locale: str) -> str:
    """«kept for 8 years from the end of the year (§ 147 AO)»."""
    span = {
        "years": ngettext("%(count)d year", "%(count)d years", period.count),
        "months": ngettext("%(count)d month", "%(count)d months", period.count),
        "days": ngettext("%(count)d day", "%(count)d days", period.count),
    }[period.unit.value] % {"count": period.count}
    words = (
        gettext("kept for %(span)s from the end of the year (%(law)s)")
        if period.start.value == "year_end"
        else gettext("kept for %(span)s (%(law)s)")
    )
    return words % {"span": span, "law": law_words(period.law, locale=locale)}


def basis_words(basis: str) -> str:
    """The letter of Art. 6(1), with what it means."""
    return {
        Basis.CONSENT: gettext("with your consent, Art. 6(1)(a) GDPR"),
        Basis.CONTRACT: gettext("needed for our contract, Art. 6(1)(b) GDPR"),
        Basis.LAW: gettext("a law wants it, Art. 6(1)(c) GDPR"),
        Basis.INTEREST: gettext("a legitimate interest, Art. 6(1)(f) GDPR"),
    }[Basis(basis)]


def recipient_words(kind: Recipient) -> str:
    return {
        Recipient.MAIL: gettext("the mail service that brings our letters"),
        Recipient.PAYMENT: gettext("the payment service you choose"),
        Recipient.CARRIER: gettext("the carrier of your parcel"),
        Recipient.TAX: gettext("the tax office, when it examines us"),
        Recipient.BACKUP: gettext("whoever stores our backups, which are encrypted"),
    }[kind]


def _heading(words: str) -> SafeString:
    return format_html("<h2>{}</h2>", words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
