"""S9: metacharacters in every parameter, header and path end in words, never in a fault."""

from __future__ import annotations

import re
import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from tests.security.asking import Answer, addresses, ask, one_connection
from tests.security.shop import open_shop
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.foundation import sql

pytestmark = pytest.mark.django_db
SIGNS = (
    "'", '"', "\\", "')--", "1' OR '1'='1", "1; DROP TABLE orders_order--", "%", "_", "%s", "%(x)s",
    "{0}", "{{7*7}}", "${7*7}", "<%= 7*7 %>", "$$", "\x00", "\ufffd",
    "\u202e", "a" * 5_000, "-1", "0", "99999999999999999999", "1e400", "NaN", "true", "null", "[]",
    "../../etc/passwd", "..%2f..%2f", "|id", "`id`", "$(id)", "\r\nX-Injected: 1",
    "<script>", "&&", "(((((",
)  # fmt: skip
NAMES = (
    "q", "page", "sort", "cursor", "brand", "price_from", "price_to", "lang", "language",
    "languageCode", "currency", "filter", "filter[0][field]", "order_by", "limit", "offset", "id",
    "ids[]", "variant", "quantity", "fields", "include", "search", "view", "columns", "state",
    "payment", "money", "csv",
)  # fmt: skip
FAULTY = re.compile(
    r"Traceback|psycopg|ProgrammingError|DataError|syntax error at|pg_catalog|/site-packages/"
)
WORK_SECONDS_MAX = 3.0
SIGN_IN = ("/staff/account/login/", "/account/sign-in/")
EVERY = 7


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Guest:
    return open_shop(monkeypatch)


def faults(answer: Answer | HttpResponse) -> list[str]:
    status = answer.status if isinstance(answer, Answer) else answer.status_code
    text = answer.text if isinstance(answer, Answer) else answer.content.decode("utf-8", "replace")
    headers = {name.lower() for name in answer.headers}
    found = [f"status {status}"] if status >= 500 else []
    found += FAULTY.findall(text)
    return found + (["header"] if "x-injected" in headers else [])


def is_closed(answer: HttpResponse) -> bool:
    """The door answered before anybody looked at what was sent."""
    return answer.status_code in {401, 405} or any(
        page in answer.headers.get("Location", "") for page in SIGN_IN
    )


def signs_for(name: str, *, closed: bool) -> tuple[str, ...]:
    """All of them; behind a closed door some, others at each address, so that none is left out."""
    first = len(name) % EVERY
    return SIGNS[first::EVERY] if closed else SIGNS


def test_every_address_takes_every_sign_in_every_parameter(guest: Guest) -> None:
    """All names at once carry one sign, so that some 1,500 requests hold every pair."""
    guest.order()
    guest.take()
    wrong: dict[str, list[str]] = {}
    count, slowest = 0, 0.0
    for name, path in addresses().items():
        for sign in signs_for(name, closed=is_closed(guest.browser.get(path))):
            query = dict.fromkeys(NAMES, sign)
            begun = time.process_time()
            answer = guest.browser.get(path, query)
            slowest = max(slowest, time.process_time() - begun)
            count += 1
            if found := faults(answer):
                wrong[f"{name} {sign[:20]!r}"] = found
    print(f"{count} requests, slowest {slowest:.2f} s")  # noqa: T201
    assert wrong == {}
    assert slowest < WORK_SECONDS_MAX


def test_forms_take_every_sign(guest: Guest) -> None:
    guest.take()
    wrong = {}
    for name, path in addresses().items():
        if "signin" in name or path.startswith("/api/"):
            continue
        for sign in signs_for(name, closed=is_closed(guest.browser.post(path))):
            answer = guest.browser.post(path, dict.fromkeys((*NAMES, "email", "name", "key"), sign))
            if found := faults(answer):
                wrong[f"{name} {sign[:20]!r}"] = found
    assert wrong == {}


@pytest.mark.parametrize(
    "header",
    ["Accept-Language", "Cookie", "HX-Request", "HX-Target", "HX-Current-URL", "User-Agent",
     "Referer", "X-Request-Id", "Idempotency-Key", "Authorization", "If-None-Match", "Range",
     "X-Forwarded-Host", "Content-Type"],
)  # fmt: skip
def test_headers_take_every_sign(guest: Guest, header: str) -> None:
    with one_connection():
        for sign in SIGNS:
            one_line = sign.replace("\r", "").replace("\n", "")
            plain = one_line.encode().decode("latin-1")  # as the web server hands it over
            for path in ("/de/search/?q=tee", "/de/cart/", "/api/store/v1/carts", "/staff/"):
                assert faults(ask(path, **{header: plain})) == [], (path, sign)


def test_a_planted_hole_is_found(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: a statement that somebody glued together."""

    def glued(request: HttpRequest) -> HttpResponse:
        sql.rows(f"SELECT '{request.GET.get('q', '')}'".replace("%", "%%"))
        return HttpResponse("ok")

    client = Client(raise_request_exception=False)
    monkeypatch.setattr("tresen.entrypoints.storefront.search.views.render", _glue(glued))
    found = [sign for sign in SIGNS if faults(client.get("/de/search/", {"q": sign}))]
    assert "'" in found


def _glue(view):
    def rendered(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
        return view(request)

    return rendered


@pytest.mark.parametrize("query", ["q=tee&q=becher", "page=1&page=2", "sort=a&sort=b&sort[]=c"])
def test_a_parameter_that_comes_twice_is_read_in_one_way(guest: Guest, query: str) -> None:
    """The last one counts, everywhere; a proxy that reads the first gains nothing."""
    last = "&".join({part.partition("=")[0]: part for part in query.split("&")}.values())
    twice, once = (guest.browser.get(f"/de/search/?{text}") for text in (query, last))
    assert twice.status_code == once.status_code == 200
    assert twice.content.count(b'class="card"') == once.content.count(b'class="card"')
