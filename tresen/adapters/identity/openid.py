"""OpenID Connect Core 1.0: code flow with PKCE (RFC 7636, S256), state, nonce and RFC 9207.

Only what the signed ID token says counts. Its signature is always verified, by keys fetched from
the provider, with algorithms of the public kind; its address claims are not read at all.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import quote, urlencode

import jwt

from tresen.domains.accounts.ports import NotAsserted
from tresen.domains.accounts.types import Asserted, Departure
from tresen.foundation.http import (
    NO_PERSONAL_DATA,
    Answer,
    Call,
    Client,
    ForbiddenAddress,
    OutboundError,
)
from tresen.foundation.remembered import Remembered

logger = logging.getLogger(__name__)

WELL_KNOWN = "/.well-known/openid-configuration"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Public keys only: a shared secret or «none» never signs for anybody."""
REQUIRED_CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")
TOKEN_AGE_MAX = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(seconds=60)
SUBJECT_LENGTH_MAX = 255
REMEMBERED_SECONDS = 600
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_SECRET_BYTES = 32
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """How the shop is known at the provider. `trusted_acr` and `trusted_amr` name what counts as a
    second factor when the provider asserts it (RFC 8176); empty: nothing does."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    trusted_acr: Collection[str] = ()
    trusted_amr: Collection[str] = ()

    def __repr__(self) -> str:
        return f"Registration({self.issuer}, {self.client_id}, ***)"


class OpenIdProvider:
    """One provider. All network goes through the client that is given."""

    def __init__(self, registration: Registration, *, client: Client) -> None:
        self.name = registration.name
        self._ours = registration
        self._client = client
        self._known: Remembered[str, dict[str, Any]] = Remembered(seconds=REMEMBERED_SECONDS)

    def depart(self, *, return_url: str) -> Departure:
        state, nonce, verifier = (secrets.token_urlsafe(_SECRET_BYTES) for _ in range(3))
        challenge = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._ours.client_id,
            "redirect_uri": return_url,
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        if self._ours.trusted_acr:
            asked["acr_values"] = " ".join(self._ours.trusted_acr)
        where = self._endpoint("authorization_endpoint")
        url = f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"
        return Departure(url=url, state=state, nonce=nonce, verifier=verifier)

    def arrive(
        self, departure: Departure, *, code: str, issuer: str, return_url: str, now: datetime
    ) -> Asserted:
        if issuer and issuer != self._ours.issuer:
            raise NotAsserted("the way back names another issuer")
        token = self._exchanged(code, departure.verifier, return_url=return_url)
        claims = self._verified(token, now=now)
        if not secrets.compare_digest(str(claims["nonce"]).encode(), departure.nonce.encode()):
            raise NotAsserted("the nonce is not ours")
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH_MAX:
            raise NotAsserted("the subject is no name")
        return Asserted(
            issuer=self._ours.issuer,
            subject=subject,
            has_second_factor=self._has_second_factor(claims),
        )

    def _exchanged(self, code: str, verifier: str, *, return_url: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_url,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": FORM, "Accept": JSON}
        methods = self._configuration().get("token_endpoint_auth_methods_supported")
        if isinstance(methods, list) and "client_secret_basic" not in methods:
            form |= {"client_id": self._ours.client_id, "client_secret": self._ours.client_secret}
        else:
            headers["Authorization"] = f"Basic {self._basic()}"
        answer = self._send(
            Call(
                method="POST",
                url=self._endpoint("token_endpoint"),
                disclosure=NO_PERSONAL_DATA,
                headers=headers,
                content=urlencode(form).encode(),
            )
        )
        token = _object(answer).get("id_token")
        if not isinstance(token, str):
            raise NotAsserted("no ID token came")
        return token

    def _basic(self) -> str:
        """RFC 6749 2.3.1: both parts are form-encoded first."""
        pair = f"{quote(self._ours.client_id, safe='')}:{quote(self._ours.client_secret, safe='')}"
        return base64.b64encode(pair.encode()).decode()

    def _verified(self, token: str, *, now: datetime) -> Mapping[str, Any]:
        try:
            claims = jwt.decode(
                token,
                self._key_of(token),
                algorithms=list(ALGORITHMS),
                audience=self._ours.client_id,
                issuer=self._ours.issuer,
                leeway=CLOCKS_DIFFER,
                options={"require": list(REQUIRED_CLAIMS)},
            )
        except jwt.PyJWTError as error:
            raise NotAsserted(type(error).__name__) from error
        if abs(now.timestamp() - float(claims["iat"])) > TOKEN_AGE_MAX.total_seconds():
            raise NotAsserted("the ID token is old")
        if claims.get("azp", self._ours.client_id) != self._ours.client_id:
            raise NotAsserted("the ID token is for another party")
        return cast("Mapping[str, Any]", claims)

    def _key_of(self, token: str) -> jwt.PyJWK:
        """The key that the token names; a key that is new to us is fetched once more."""
        kid = jwt.get_unverified_header(token).get("kid")
        for is_fresh in (False, True):
            if is_fresh:
                self._known.forget()
            keys = jwt.PyJWKSet.from_dict(self._fetched(self._endpoint("jwks_uri"))).keys
            fitting = [key for key in keys if kid is None or key.key_id == kid]
            if len(fitting) == 1:
                return fitting[0]
        raise NotAsserted("the ID token names no key of the provider")

    def _has_second_factor(self, claims: Mapping[str, Any]) -> bool:
        amr = claims.get("amr")
        methods = set(amr) if isinstance(amr, list) else set()
        is_trusted_class = str(claims.get("acr", "")) in self._ours.trusted_acr
        return is_trusted_class or bool(methods & set(self._ours.trusted_amr))

    def _endpoint(self, name: str) -> str:
        address = self._configuration().get(name)
        if not isinstance(address, str):
            raise NotAsserted(f"the provider names no {name}")
        return address

    def _configuration(self) -> dict[str, Any]:
        found = self._fetched(self._ours.issuer.rstrip("/") + WELL_KNOWN)
        if found.get("issuer") != self._ours.issuer:
            raise NotAsserted("the provider calls itself by another name")
        return found

    def _fetched(self, url: str) -> dict[str, Any]:
        known = self._known.find(url)
        if known is not None:
            return known
        headers = {"Accept": JSON}
        call = Call(method="GET", url=url, disclosure=NO_PERSONAL_DATA, headers=headers)
        return self._known.keep(url, _object(self._send(call)))

    def _send(self, call: Call) -> Answer:
        try:
            answer = self._client.send(call)
        except (OutboundError, ForbiddenAddress) as error:
            raise NotAsserted(type(error).__name__) from error
        if answer.status != _OK:
            raise NotAsserted(f"the provider answered {answer.status}")
        return answer


def _object(answer: Answer) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError as error:
        raise NotAsserted("the provider sent no JSON") from error
    if not isinstance(found, dict):
        raise NotAsserted("the provider sent no object")
    return found
