"""Login by OpenID Connect: the municipality's own provider tells who somebody is and which roles she has.

Somebody is issuer and subject (OpenID Connect Core 5.7), never an
address; nothing is linked to a local account. Code flow with PKCE.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth, OAuthError
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
_BY_FORM = "client_secret_post"
_SCOPE = "openid profile"
_TIMEOUT_SECONDS = 10
_LEEWAY_SECONDS = 300
"""Clocks may differ so much, as among computers of an Active
Directory; a code, state and nonce hold once all the same.
"""
_ALL_CLAIMS = "allatclaims"
"""AD FS puts a role or a group into the id token only where
this scope is asked for; it tells that it knows the scope.
"""
_ENTRA = "login.microsoftonline.com"
_MANY_TENANTS = frozenset({"common", "organizations", "consumers"})
_NAMES = ("name", "preferred_username", "upn", "unique_name")
"""Where a name may stand, the best first: AD FS tells no ``name`` unless a rule sends one."""
_CODE = re.compile(r"[a-z_]{1,40}")
_NUMBERED = re.compile(r"\b(?:AADSTS|MSIS)[0-9]+\b")
_LONGEST_NAME = 100
_EXAMPLE = "Terminsplan-samordnare=samordnare; Nordost=forvaltning:N; Nordost-norra=forvaltning:N:Norra"


class RefusedLoginError(Exception):
    """The provider's answer is not to be trusted, or did not
    come; ``str`` is for the log, without a value of anybody's.

    ``told`` is what the page says where another attempt would not help.
    """

    def __init__(self, reason: str, told: str = "") -> None:
        super().__init__(reason)
        self.told = told


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
    resource: str
    grants: tuple[tuple[str, Grant], ...]


@dataclass(frozen=True)
class Person:
    """Who logged in: all that a session keeps of her."""

    issuer: str
    subject: str
    name: str
    values: tuple[str, ...]


def provider_of(config: Config) -> Provider | None:
    """The provider in the operator's settings; None where there is
    none. Raises RefusedStartError for settings that cannot be meant.
    """
    issuer = config.setting("OIDC_UTGIVARE").rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise RefusedStartError("TERMINSPLAN_OIDC_UTGIVARE ska vara en adress som börjar med https://.")
    if parts.hostname == _ENTRA and (not parts.path.endswith("/v2.0") or _MANY_TENANTS & set(parts.path.split("/"))):
        raise RefusedStartError(
            f"TERMINSPLAN_OIDC_UTGIVARE ska vara https://{_ENTRA}/KATALOGENS-ID/v2.0, med den egna katalogens id "
            "(Tenant ID)."
        )
    wanted = {name: config.setting(name) for name in ("OIDC_KLIENT", "OIDC_HEMLIGHET", "OIDC_ROLLER")}
    if missing := [f"TERMINSPLAN_{name}" for name, value in wanted.items() if not value]:
        raise RefusedStartError(f"För inloggning med OpenID Connect saknas {', '.join(missing)}.")
    return Provider(
        issuer,
        wanted["OIDC_KLIENT"],
        wanted["OIDC_HEMLIGHET"],
        config.setting("OIDC_ROLLANSPRAK") or "roles",
        config.setting("OIDC_RESURS"),
        _grants(wanted["OIDC_ROLLER"]),
    )


def lead_there(provider: Provider, request: HttpRequest, callback: str) -> HttpResponse:
    """Send the browser to the provider, with state, nonce and the challenge of PKCE. Raises RefusedLoginError."""
    more = {"resource": provider.resource} if provider.resource else {}
    if _ALL_CLAIMS in _metadata(provider).get("scopes_supported", ()):
        more["scope"] = f"{_SCOPE} {_ALL_CLAIMS}"
    try:
        answer: HttpResponse = _client(provider).authorize_redirect(request, callback, **more)
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
        raise _refusal(error) from error
    claims = token.get("userinfo")
    if not claims or not isinstance(claims["sub"], str) or not claims["sub"]:
        raise RefusedLoginError("inget id_token")
    given = claims.get(provider.claim)
    if given is None and provider.claim in (claims.get("_claim_names") or ()):
        raise RefusedLoginError(
            f"för många grupper för {provider.claim}: skicka approller, eller bara grupper som tilldelats programmet",
            (
                "Du är med i så många grupper att inloggningstjänsten inte räknar upp dem. Säg till den som sköter "
                "behörigheter."
            ),
        )
    if given is None:
        sys.stderr.write(f"I id-token saknas {provider.claim}. Där finns {', '.join(sorted(claims))}.\n")
    values = (given,) if isinstance(given, str) else tuple(value for value in given or () if isinstance(value, str))
    return Person(provider.issuer, claims["sub"], _name(claims)[:_LONGEST_NAME], values)


def _name(claims: Mapping[str, Any]) -> str:
    """What she is called in the log: her name, else what she logs in with."""
    parts = " ".join(str(claims[part]) for part in ("given_name", "family_name") if claims.get(part))
    return str(claims.get("name") or parts or next((claims[one] for one in _NAMES if claims.get(one)), claims["sub"]))


def _refusal(error: Exception) -> RefusedLoginError:
    """What went wrong in words for the log: the kind of error,
    the claim, and the number that Microsoft's servers give.
    """
    kind, code = type(error).__name__, str(getattr(error, "error", ""))
    code = code if isinstance(error, OAuthError) and _CODE.fullmatch(code) else ""
    numbers = _NUMBERED.findall(str(getattr(error, "description", "")))
    reason = " ".join(filter(None, (kind, getattr(error, "claim", ""), code, *dict.fromkeys(numbers))))
    hint = next((_HINTS[one] for one in (code, kind, getattr(error, "claim", "")) if one in _HINTS), "")
    told = (
        "Inloggningstjänsten släppte inte in dig. Säg till den som sköter behörigheter."
        if code == "access_denied"
        else ""
    )
    return RefusedLoginError(f"{reason}: {hint}" if hint else reason, told)


_HINTS: Mapping[str, str] = {
    "invalid_client": "klientens id eller hemlighet är fel, eller hemligheten har gått ut",
    "access_denied": "leverantören släppte inte in personen, kanske för att hon inte är tilldelad programmet",
    "invalid_resource": "TERMINSPLAN_OIDC_RESURS är inte en resurs hos leverantören",
    "ExpiredTokenError": "klockorna går olika, eller svaret kom för sent",
    "iat": "klockorna går olika",
    "nbf": "klockorna går olika",
}
"""By kind of error or its code, what the operator may do."""


def actor_of(provider: Provider, person: Person) -> Actor | None:
    """What she may do by the settings of now: the first row
    that one of her values stands in. None where there is none.
    """
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
    """What the provider tells of itself, which must be about
    the issuer that was asked for. Raises RefusedLoginError.
    """
    try:
        found: dict[str, Any] = _client(provider).load_server_metadata()
    except (RequestException, ValueError) as error:
        raise RefusedLoginError(f"{type(error).__name__} vid {provider.issuer}{_DISCOVERY}") from error
    if _BY_FORM in found.get(
        "token_endpoint_auth_methods_supported", ()
    ):  # a secret of any characters is told the same way
        _client(provider).client_kwargs["token_endpoint_auth_method"] = _BY_FORM
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer:
        raise RefusedLoginError(
            f"leverantören kallar sig {found.get('issuer')}, men i TERMINSPLAN_OIDC_UTGIVARE står {provider.issuer}",
            "Inloggningen är fel inställd. Säg till den som driver tjänsten.",
        )
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
            "scope": _SCOPE,
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT_SECONDS,
        },
    )
