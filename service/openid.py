"""Login by OpenID Connect: the municipality's own provider tells who somebody is and which roles she has.

Somebody is issuer and subject (OpenID Connect Core 5.7), never an address; nothing is linked to a local account. Code flow with PKCE.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests import RequestException

from service.access import Actor
from service.config import Config, RefusedStartError, is_loopback
from service.models import Role
from service.secrets_of_links import digest

CALLBACK = "/logga-in/oidc/svar"
_DISCOVERY = "/.well-known/openid-configuration"
_ALGORITHMS = "id_token_signing_alg_values_supported"
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_TIMEOUT_SECONDS = 10
_LEEWAY_SECONDS = 60
_LONGEST_NAME = 100
_EXAMPLE = "Terminsplan-samordnare=samordnare; Nordost=forvaltning:N; Nordost-norra=forvaltning:N:Norra"


class RefusedLoginError(Exception):
    """The provider's answer is not to be trusted, or did not come; ``str`` is a word for the log, without a value."""


@dataclass(frozen=True)
class Grant:
    """What a value of the claim gives."""

    role: str
    organisation: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Provider:
    """Who answers for people's identity, and what the values of its ``claim`` give here."""

    issuer: str
    client: str
    secret: str
    claim: str
    grants: tuple[tuple[str, Grant], ...]


@dataclass(frozen=True)
class Person:
    """Who logged in: all that a session keeps of her."""

    issuer: str
    subject: str
    name: str
    values: tuple[str, ...]


def provider_of(config: Config) -> Provider | None:
    """The provider in the operator's settings; None where there is none. Raises RefusedStartError for settings that cannot be meant."""
    issuer = config.setting("OIDC_UTGIVARE").rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise RefusedStartError("TERMINSPLAN_OIDC_UTGIVARE ska vara en adress som börjar med https://.")
    wanted = {name: config.setting(name) for name in ("OIDC_KLIENT", "OIDC_HEMLIGHET", "OIDC_ROLLER")}
    if missing := [f"TERMINSPLAN_{name}" for name, value in wanted.items() if not value]:
        raise RefusedStartError(f"För inloggning med OpenID Connect saknas {', '.join(missing)}.")
    return Provider(
        issuer,
        wanted["OIDC_KLIENT"],
        wanted["OIDC_HEMLIGHET"],
        config.setting("OIDC_ROLLANSPRAK") or "roles",
        _grants(wanted["OIDC_ROLLER"]),
    )


def lead_there(provider: Provider, request: HttpRequest, callback: str) -> HttpResponse:
    """Send the browser to the provider, with state, nonce and the challenge of PKCE. Raises RefusedLoginError."""
    _metadata(provider)
    try:
        answer: HttpResponse = _client(provider).authorize_redirect(request, callback)
    except (AuthlibBaseError, RequestException, RuntimeError, ValueError) as error:
        raise RefusedLoginError(type(error).__name__) from error
    return answer


def come_back(provider: Provider, request: HttpRequest) -> Person:
    """Who the provider says it is; state and nonce hold once. Raises RefusedLoginError."""
    must = {"essential": True}
    options = {
        "iss": {**must, "values": [_metadata(provider)["issuer"]]},
        "aud": {**must, "values": [provider.client]},
        "sub": must,
        "exp": must,
        "nonce": must,
    }
    try:
        token = _client(provider).authorize_access_token(request, claims_options=options, leeway=_LEEWAY_SECONDS)
    except (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError) as error:
        raise RefusedLoginError(f"{type(error).__name__} {getattr(error, 'claim', '')}".strip()) from error
    claims = token.get("userinfo")
    if not claims or not isinstance(claims["sub"], str) or not claims["sub"]:
        raise RefusedLoginError("inget id_token")
    given = claims.get(provider.claim) or ()
    values = (given,) if isinstance(given, str) else tuple(value for value in given if isinstance(value, str))
    name = str(claims.get("name") or claims.get("preferred_username") or claims["sub"])
    return Person(provider.issuer, claims["sub"], name[:_LONGEST_NAME], values)


def actor_of(provider: Provider, person: Person) -> Actor | None:
    """What she may do by the settings of now: the first row that one of her values stands in. None where there is none."""
    if person.issuer != provider.issuer:
        return None
    grant = next((grant for value, grant in provider.grants if value in person.values), None)
    if grant is None:
        return None
    mark = digest(f"{person.issuer}\n{person.subject}")[:8]
    return Actor(f"{person.name} ({mark})", grant.role, grant.organisation, grant.unit)


def _grants(text: str) -> tuple[tuple[str, Grant], ...]:
    """Rows ``value=role``, divided by semicolons, in their order."""
    found: list[tuple[str, Grant]] = []
    for row in filter(None, map(str.strip, text.split(";"))):
        value, sign, given = row.rpartition("=")
        role, _, whose = given.strip().partition(":")
        organisation, _, unit = whose.partition(":")
        if not sign or not value.strip() or role not in set(Role) or (role == Role.ORGANISATION) != bool(organisation):
            raise RefusedStartError(f"”{row}” i TERMINSPLAN_OIDC_ROLLER går inte att förstå. Skriv som {_EXAMPLE}")
        found.append((value.strip(), Grant(role, organisation.strip(), unit.strip())))
    return tuple(found)


def _metadata(provider: Provider) -> Mapping[str, Any]:
    """What the provider tells of itself, which must be about the issuer that was asked for. Raises RefusedLoginError."""
    try:
        found: dict[str, Any] = _client(provider).load_server_metadata()
    except (RequestException, ValueError) as error:
        raise RefusedLoginError(type(error).__name__) from error
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer:
        raise RefusedLoginError("utgivaren är en annan")
    found[_ALGORITHMS] = [name for name in found.get(_ALGORITHMS, ()) if name in _SIGNATURES] or ["RS256"]
    return found


@cache
def _client(provider: Provider) -> Any:  # noqa: ANN401  # the library has no types
    return OAuth().register(
        "oidc",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=provider.issuer + _DISCOVERY,
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT_SECONDS,
        },
    )
