"""What a provider says is believed only when all of it holds (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tresen.adapters.identity.openid import OpenIdProvider, Registration
from tresen.domains.accounts.ports import NotAsserted
from tresen.domains.accounts.types import Asserted, Departure
from tresen.foundation.http import Client

ISSUER, CLIENT, BACK = "https://id.firm.example", "tresen", "https://shop.example/staff/back/"
NOW = datetime.now(UTC)  # noqa: TID251  # the library looks at the real clock
KEY, OTHER_KEY = (rsa.generate_private_key(65537, 2048) for _ in range(2))


class Firm:
    """A provider on the other side of the wire; what it answers can be bent."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.key: Any = KEY
        self.algorithm, self.kid = "RS256", "one"
        self.issuer = ISSUER
        self.seen: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        path = request.url.path
        if path.endswith("openid-configuration"):
            return httpx.Response(200, json=self._configuration())
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return httpx.Response(200, json={"keys": [public | {"kid": "one", "alg": "RS256"}]})
        headers = {"kid": self.kid}
        token = jwt.encode(self.claims, self.key, algorithm=self.algorithm, headers=headers)
        return httpx.Response(200, json={"id_token": token, "access_token": "x"})

    def _configuration(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }


@pytest.fixture
def firm() -> Firm:
    return Firm()


def provider(firm: Firm, **trusted: Any) -> OpenIdProvider:
    client = Client(allowed=["id.firm.example"], inner=lambda: httpx.MockTransport(firm.answer))
    ours = Registration(
        name="Firm", issuer=ISSUER, client_id=CLIENT, client_secret="geheim", **trusted
    )
    return OpenIdProvider(ours, client=client)


def good(departure: Departure, **other: Any) -> dict[str, Any]:
    at = int(datetime.now(UTC).timestamp())  # noqa: TID251  # the suite may have run for long
    claims = {
        "iss": ISSUER,
        "sub": "frieda",
        "aud": CLIENT,
        "exp": at + 300,
        "iat": at,
        "nonce": departure.nonce,
    }
    return claims | other


def come_back(
    firm: Firm, bent: Mapping[str, Any] | None = None, *, issuer: str = "", **trusted: Any
) -> Asserted:
    there = provider(firm, **trusted)
    left = there.depart(return_url=BACK)
    firm.claims = {
        name: value for name, value in good(left, **(bent or {})).items() if value is not None
    }
    return there.arrive(left, code="abc", issuer=issuer, return_url=BACK, now=datetime.now(UTC))  # noqa: TID251


def test_whoever_is_vouched_for_is_known_by_issuer_and_subject(firm: Firm) -> None:
    found = come_back(firm, {"email": "owner@shop.example", "email_verified": True})

    assert found == Asserted(issuer=ISSUER, subject="frieda", has_second_factor=False)


def test_the_way_there_carries_state_nonce_and_a_hashed_verifier(firm: Firm) -> None:
    left = provider(firm, trusted_acr=("high",)).depart(return_url=BACK)

    asked = {name: value for name, (value,) in parse_qs(urlsplit(left.url).query).items()}
    digest = hashlib.sha256(left.verifier.encode()).digest()
    assert asked == {
        "response_type": "code",
        "scope": "openid",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "state": left.state,
        "nonce": left.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "acr_values": "high",
    }
    assert len({left.state, left.nonce, left.verifier}) == 3


def test_the_code_is_exchanged_with_the_verifier_and_the_same_address(firm: Firm) -> None:
    come_back(firm)

    (exchange,) = [request for request in firm.seen if request.url.path == "/token"]
    sent = parse_qs(exchange.content.decode())
    assert sent["redirect_uri"] == [BACK]
    assert len(sent["code_verifier"][0]) >= 43
    assert exchange.headers["Authorization"].startswith("Basic ")
    assert "geheim" not in exchange.content.decode()


BENT: tuple[dict[str, Any], ...] = (
    {"iss": "https://other.example"},
    {"aud": "somebody-else"},
    {"aud": [CLIENT, "other"], "azp": "other"},
    {"nonce": "another"},
    {"nonce": None},
    {"sub": None},
    {"sub": ""},
    {"sub": "x" * 256},
    {"exp": int(NOW.timestamp()) - 300},
    {"exp": None},
    {"iat": int((NOW - timedelta(hours=1)).timestamp())},
    {"iat": None},
)


@pytest.mark.parametrize("bent", BENT, ids="-".join)
def test_a_bent_claim_is_not_believed(firm: Firm, bent: dict[str, Any]) -> None:
    with pytest.raises(NotAsserted):
        come_back(firm, bent)


def test_an_unsigned_token_is_not_believed(firm: Firm) -> None:
    firm.key, firm.algorithm = None, "none"
    with pytest.raises(NotAsserted):
        come_back(firm)


def test_a_token_signed_with_the_public_key_as_a_secret_is_not_believed(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    monkeypatch.setattr(jwt.algorithms.HMACAlgorithm, "prepare_key", lambda _self, key: key)
    firm.key, firm.algorithm = pem, "HS256"
    with pytest.raises(NotAsserted):
        come_back(firm)


@pytest.mark.parametrize(("key", "kid"), [(OTHER_KEY, "one"), (KEY, "two"), (OTHER_KEY, "two")])
def test_a_key_that_is_not_the_providers_signs_for_nobody(firm: Firm, key: Any, kid: str) -> None:
    firm.key, firm.kid = key, kid
    with pytest.raises(NotAsserted):
        come_back(firm)


def test_control_without_the_check_of_the_signature_it_would(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode = jwt.decode

    def careless(token: str, *_: Any, **options: Any) -> Any:
        return decode(token, options={"verify_signature": False})

    monkeypatch.setattr(jwt, "decode", careless)
    firm.key = OTHER_KEY
    assert come_back(firm).subject == "frieda"


def test_a_way_back_from_another_issuer_is_refused(firm: Firm) -> None:
    assert come_back(firm, issuer=ISSUER).subject == "frieda"
    with pytest.raises(NotAsserted):
        come_back(firm, issuer="https://other.example")


def test_a_provider_that_calls_itself_otherwise_is_not_ours(firm: Firm) -> None:
    firm.issuer = "https://other.example"
    with pytest.raises(NotAsserted):
        come_back(firm)


@pytest.mark.parametrize(
    ("said", "trusted", "counts"),
    [
        ({"amr": ["pwd", "hwk"]}, {"trusted_amr": ("hwk",)}, True),
        ({"amr": ["pwd"]}, {"trusted_amr": ("hwk",)}, False),
        ({"amr": "hwk"}, {"trusted_amr": ("hwk",)}, False),
        ({"amr": ["hwk"]}, {}, False),
        ({"acr": "high"}, {"trusted_acr": ("high",)}, True),
        ({"acr": "low"}, {"trusted_acr": ("high",)}, False),
        ({"acr": ""}, {}, False),
    ],
)
def test_a_second_factor_counts_where_its_name_is_trusted(
    firm: Firm, said: dict[str, Any], trusted: dict[str, Any], counts: bool
) -> None:
    assert come_back(firm, said, **trusted).has_second_factor is counts


def test_secrets_do_not_print() -> None:
    ours = Registration(name="Firm", issuer=ISSUER, client_id=CLIENT, client_secret="geheim")
    assert "geheim" not in repr(ours)
