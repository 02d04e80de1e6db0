"""The bytes on the wire: read back by the standard library, and proof against smuggled lines."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.adapters.mail.letters.write import write
from tresen.adapters.mail.message import _words, message_of, packed
from tresen.adapters.mail.tests import make
from tresen.domains.conversations.ports import NotTaken
from tresen.domains.conversations.types import Letter

LINE_MAX = 998


def read(letter: Letter) -> EmailMessage:
    message = message_from_bytes(message_of(letter), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_standard_library_reads_back_what_was_written() -> None:
    letter = make.letter(shop=make.SHOP | {"name": "Kontor Övelgönne"})
    written = write(letter)

    message = read(letter)

    assert message["Subject"] == written.subject
    assert message["From"] == "Kontor Övelgönne <moin@kontor.example>"
    assert message["To"] == "hanna@example.org"
    assert message["Message-ID"] == letter.message_id
    assert message["Date"].datetime == letter.queued_at
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == written.text
    assert html.get_content().replace("\r\n", "\n").rstrip("\n") == written.html.rstrip("\n")
    assert message.defects == []


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert message_of(make.letter()) == message_of(make.letter())


def test_no_line_is_too_long_and_every_line_ends_right() -> None:
    raw = message_of(make.letter())

    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= LINE_MAX
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("wanted", ["x\r\nBcc: all@example.org", "x\nBcc: all@example.org"])
def test_no_header_can_be_smuggled_in(wanted: str) -> None:
    letter = make.letter(shop=make.SHOP | {"name": wanted}, number=wanted, recipient="a@b.example")

    message = read(letter)

    assert message["Bcc"] is None
    assert len(message.keys()) == 9


@given(st.text(max_size=120))
def test_any_subject_comes_back_as_it_was_apart_from_what_cannot_be_seen(subject: str) -> None:
    seen = "".join(sign if sign.isprintable() else " " for sign in subject).strip()

    raw = b"Subject: " + _words(subject).encode("ascii") + b"\r\n\r\n"

    read_back = str(message_from_bytes(raw, policy=policy.default)["Subject"])
    if not seen.isascii():
        assert read_back == seen
    assert max(map(len, raw.split(b"\r\n"))) <= LINE_MAX


def test_a_letter_that_cannot_be_written_is_not_taken_for_good_and_names_nobody() -> None:
    letter = make.letter(lines=[{"title": "Hanna Müller"}], placed_at=None)

    with pytest.raises(NotTaken) as refused:
        packed(letter)

    assert refused.value.for_good
    assert refused.value.reason.startswith("cannot be written: ")
    assert "Hanna" not in refused.value.reason
