"""Legal texts: each change is a new version, and nobody rewrites an old one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tresen.domains.compliance.commands import publish_text
from tresen.domains.compliance.queries import (
    NoSuchText,
    current_texts,
    digests_of,
    find_text_by_digest,
    forget_texts,
    get_text,
)
from tresen.domains.compliance.types import TextKind

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_texts()


def _publish(body: str, *, kind: TextKind = TextKind.TERMS) -> int:
    return publish_text(kind=kind, locale="de", title="AGB", body_html=body, now=NOON)


@pytest.mark.django_db
def test_the_same_words_stay_one_version_and_other_words_make_a_new_one() -> None:
    first, again = _publish("<p>Eins</p>"), _publish("<p>Eins</p>")
    old = digests_of(locale="de")["terms"]
    second = _publish("<p>Zwei</p>")

    assert (first, again, second) == (1, 1, 2)
    assert get_text("terms", locale="de").body_html == "<p>Zwei</p>"
    found = find_text_by_digest(old)
    assert found is not None
    assert found.body_html == "<p>Eins</p>"


@pytest.mark.django_db
def test_scripts_do_not_survive_publishing() -> None:
    _publish("<p onclick=x()>Gut<script>x()</script></p>")

    assert get_text("terms", locale="de").body_html == "<p>Gut</p>"


@pytest.mark.django_db
def test_a_text_that_was_never_written_is_refused_kindly() -> None:
    with pytest.raises(NoSuchText):
        get_text("terms", locale="en")
    with pytest.raises(NoSuchText):
        get_text("../etc", locale="de")
    assert current_texts(locale="en") == {}


@pytest.mark.django_db
def test_nobody_rewrites_a_published_text() -> None:
    _publish("<p>Eins</p>")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_text SET body_html = ''")

    with connection.cursor() as cursor:  # control: without the guard the table gives way
        cursor.execute("DROP TRIGGER compliance_text_append_only ON compliance_text")
        cursor.execute("UPDATE compliance_text SET body_html = ''")
        assert cursor.rowcount == 1
