"""One contract for all who carry letters."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tools.ports import free_port
from tresen.adapters.mail.folder import FolderCarrier
from tresen.adapters.mail.message import message_of
from tresen.adapters.mail.smtp import MailServer, NoAnswer, SmtpCarrier
from tresen.adapters.mail.tests import make
from tresen.domains.conversations.ports import MailCarrier, NotTaken


class Sink:
    """A mail server that remembers, and does as it is told."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.hang_up_at = ""

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.got.append(envelope.content)
        if self.hang_up_at == "the end":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return self.answers.get("DATA", "250 OK")


Carrying = tuple[MailCarrier, Callable[[], list[bytes]]]


@pytest.fixture
def sink() -> Iterator[tuple[Sink, Controller]]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller
    controller.stop()


def smtp_to(controller: Controller) -> SmtpCarrier:
    server = MailServer(host="127.0.0.1", port=controller.port, security="none")
    return SmtpCarrier(server)


@pytest.fixture(params=["folder", "smtp"])
def carrying(request: pytest.FixtureRequest, tmp_path: Path) -> Carrying:
    """A carrier, and what arrived through it."""
    if request.param == "folder":
        folder = tmp_path / "mail"
        return FolderCarrier(folder), lambda: [
            file.read_bytes() for file in sorted(folder.glob("*.eml"))
        ]
    handler, controller = request.getfixturevalue("sink")
    return smtp_to(controller), lambda: handler.got


def test_a_letter_arrives_byte_for_byte(carrying: Carrying) -> None:
    carrier, arrived = carrying
    letter = make.letter()

    carrier.carry(letter)

    assert arrived() == [message_of(letter)]


def test_several_letters_arrive_each_under_its_own_id(carrying: Carrying) -> None:
    carrier, arrived = carrying
    letters = [make.another(make.letter(), number=number) for number in range(3)]

    for letter in letters:
        carrier.carry(letter)

    ids = [message_from_bytes(raw, policy=policy.default)["Message-ID"] for raw in arrived()]
    assert sorted(ids) == [letter.message_id for letter in letters]


def test_a_letter_that_cannot_be_written_is_not_taken(carrying: Carrying) -> None:
    carrier, arrived = carrying

    with pytest.raises(NotTaken) as refused:
        carrier.carry(make.letter(zone="Nowhere/Else"))

    assert refused.value.for_good
    assert arrived() == []


def test_lines_that_begin_with_a_dot_survive(carrying: Carrying) -> None:
    carrier, arrived = carrying
    letter = make.letter(shop=make.SHOP | {"name": ".\n.\n..Kontor"})

    carrier.carry(letter)

    assert arrived() == [message_of(letter)]


def test_a_folder_holds_one_private_file_per_letter(tmp_path: Path) -> None:
    carrier, letter = FolderCarrier(tmp_path / "mail"), make.letter()

    carrier.carry(letter)
    carrier.carry(letter)

    (file,) = (tmp_path / "mail").iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == (f"{letter.id}.eml", 0o600)


def test_a_folder_that_cannot_be_written_may_be_tried_again(tmp_path: Path) -> None:
    blocked = tmp_path / "mail"
    blocked.write_text("a file, no folder")

    with pytest.raises(NotTaken) as refused:
        FolderCarrier(blocked).carry(make.letter())

    assert not refused.value.for_good


@pytest.mark.parametrize(
    ("answer", "for_good"), [("550 no such mailbox", True), ("451 come back later", False)]
)
def test_a_refused_recipient_is_not_taken(
    sink: tuple[Sink, Controller], answer: str, for_good: bool
) -> None:
    handler, controller = sink
    handler.answers["hanna@example.org"] = answer

    with pytest.raises(NotTaken) as refused:
        smtp_to(controller).carry(make.letter())

    assert refused.value.for_good is for_good
    assert "hanna" not in refused.value.reason
    assert handler.got == []


def test_after_a_refusal_the_next_letter_goes_through(sink: tuple[Sink, Controller]) -> None:
    handler, controller = sink
    handler.answers["hanna@example.org"] = "451 later"
    carrier = smtp_to(controller)
    with pytest.raises(NotTaken):
        carrier.carry(make.letter())

    carrier.carry(make.letter(recipient="jan@example.org"))

    assert len(handler.got) == 1


def test_a_server_that_is_not_there_did_not_take_it() -> None:
    nobody = SmtpCarrier(MailServer(host="127.0.0.1", port=1, security="none"))

    with pytest.raises(NotTaken) as refused:
        nobody.carry(make.letter())

    assert not refused.value.for_good


def test_a_refusal_after_the_text_is_a_clear_no(sink: tuple[Sink, Controller]) -> None:
    handler, controller = sink
    handler.answers["DATA"] = "554 looks like spam"

    with pytest.raises(NotTaken) as refused:
        smtp_to(controller).carry(make.letter())

    assert refused.value.for_good


def test_a_server_that_hangs_up_after_the_text_leaves_us_not_knowing(
    sink: tuple[Sink, Controller],
) -> None:
    handler, controller = sink
    handler.hang_up_at = "the end"

    with pytest.raises(NoAnswer):
        smtp_to(controller).carry(make.letter())


def test_a_session_that_was_cut_between_letters_is_opened_anew(
    sink: tuple[Sink, Controller],
) -> None:
    handler, controller = sink
    carrier = smtp_to(controller)
    carrier.carry(make.letter())
    assert carrier._session is not None
    assert carrier._session.sock is not None
    carrier._session.sock.close()

    carrier.carry(make.another(make.letter(), number=2))

    assert len(handler.got) == 2
