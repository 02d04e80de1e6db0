"""What staff does about people's requests, holds and services, for the walk over all deeds."""

from __future__ import annotations

from collections.abc import Callable

from tresen.domains.orders.queries import get_order
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestWay
from tresen.entrypoints.backoffice.privacy.rows import PREFIX
from tresen.entrypoints.backoffice.tests.make import Counter
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.trusting.holds import set_hold
from tresen.workflows.trusting.tests.make import finish, wish

Post = tuple[str, dict[str, object]]
Act = Callable[[Counter], Post]
EMAIL = "erika@example.com"
SERVICE: dict[str, object] = {
    "code": "post",
    "name": "Postdienst GmbH",
    "task": "E-Mails",
    "country": "DE",
    "contract_on": "2026-01-01",
    "is_enabled": "1",
}


def _request(
    counter: Counter, kind: RequestKind, *, way: RequestWay = RequestWay.LINK
) -> RequestRow:
    finish(get_order(counter.order()))
    person_id = find_person_by_email(EMAIL)
    assert person_id is not None
    return wish(person_id, kind, way=way, words="Bitte")


def _path(request: RequestRow, part: str) -> str:
    return f"/trust/requests/{outer(PREFIX, request.id)}/{part}/"


def _new(counter: Counter) -> Post:
    counter.order()
    return "/trust/requests/new/", {
        "email": EMAIL,
        "kind": "access",
        "way": "phone",
        "received_on": "2026-11-20",
    }


def _proof(counter: Counter) -> Post:
    request = _request(counter, RequestKind.ACCESS, way=RequestWay.LETTER)
    return _path(request, "proof"), {"note": "Zurückgerufen"}


def _answer(counter: Counter) -> Post:
    request = _request(counter, RequestKind.RECTIFICATION)
    return _path(request, "answer"), {"words": "Ist berichtigt.", "ground": "Art. 16 DSGVO"}


def _extension(counter: Counter) -> Post:
    return _path(_request(counter, RequestKind.ASK_PERSON), "extension"), {"reason": "Gutachten"}


def _withdrawal(counter: Counter) -> Post:
    return _path(_request(counter, RequestKind.ASK_PERSON), "withdrawal"), {}


def _restriction(counter: Counter) -> Post:
    return _path(_request(counter, RequestKind.RESTRICTION), "restriction"), {}


def _hold(counter: Counter) -> Post:
    counter.order()
    return "/trust/retention/holds/new/", {
        "email": EMAIL,
        "place": "AG Hamburg 12 C 34/26",
        "reason": "Klage",
        "review_on": "2027-06-01",
    }


def _hold_end(counter: Counter) -> Post:
    assert counter.shop
    hold = set_hold(
        person_id=None,
        retention="tax_record",
        place="FA Hamburg",
        reason="Prüfung",
        review_on=NOON.date(),
        now=NOON,
        actor=SYSTEM,
    )
    return f"/trust/retention/holds/{outer('hld', hold.id)}/end/", {"reason": "Fertig"}


def _processor(counter: Counter) -> Post:
    assert counter.shop
    return "/trust/processing/new/", dict(SERVICE)


RECORDED: dict[str, tuple[str, Act]] = {
    "backoffice:privacy_request_new": ("privacy_request.open", _new),
    "backoffice:privacy_request_proof": ("privacy_request.prove", _proof),
    "backoffice:privacy_request_answer": ("privacy_request.answer", _answer),
    "backoffice:privacy_request_extension": ("privacy_request.extend", _extension),
    "backoffice:privacy_request_withdrawal": ("privacy_request.take_back", _withdrawal),
    "backoffice:privacy_request_restriction": ("person.restrict", _restriction),
    "backoffice:retention_hold_new": ("hold.place", _hold),
    "backoffice:retention_hold_end": ("hold.lift", _hold_end),
    "backoffice:processor": ("processor.save", _processor),
}
UNRECORDED = {
    "backoffice:retention_trial": "a dry run changes nothing; its report names who asked",
}
