"""A provider of OpenID Connect on loopback that can be made to answer wrongly in one thing."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "terminsplan", "en hemlighet & mer"
_POLL_SECONDS = 0.01
"""How soon it notices that it is to end."""


@cache
def new_key(owner: str) -> RSAKey:
    """The key pair of somebody, made once for all tests: it takes a tenth of a second."""
    return RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})


@dataclass
class Answers:
    """What the provider says; ``claims`` are put over the right ones, as ``told`` over its metadata, ``header`` over
    that of a token and ``of_key`` over its key. ``kept`` are the requests that wait for their code's use, ``asked``
    is the last. ``refused`` is what it answers in place of a code; ``by_form``: the secret comes in the form alone.
    """

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: new_key("its own"))
    signed_with: RSAKey | None = None
    kept: dict[str, Mapping[str, str]] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    of_key: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    by_form: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)

    def metadata(self) -> Mapping[str, Any]:
        """OpenID Connect Discovery 1.0, section 3."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["none", "RS256"],
            **self.told,
        }

    def code(self, asked: Mapping[str, str]) -> str:
        """Back to who asked, with a code and the state (OAuth 2.0, section 4.1.2)."""
        code = secrets.token_urlsafe(8)
        self.kept[code] = self.asked = asked
        if self.refused:
            return f"{asked['redirect_uri']}?{urlencode({**self.refused, 'state': asked['state']})}"
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: Mapping[str, str], authorization: str) -> tuple[int, Mapping[str, Any]]:
        """The tokens for a code; it holds once, for the client that
        proves itself and knows the verifier (RFC 7636, section 4.6).
        """
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        told = (
            (given.get("client_id"), given.get("client_secret"))
            if self.by_form
            else (unquote(pair[0]), unquote(pair[2].replace("+", " ")))
        )
        asked = self.kept.pop(given.get("code", ""), None)
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if told != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if asked is None or base64.urlsafe_b64encode(challenge).decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        right = {"iss": self.issuer, "sub": "s-1", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {**right, "name": "Kim Ek", **self.claims}
        signed = jwt.encode({"alg": "RS256", "kid": "1", **self.header}, claims, self.signed_with or self.key)
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


def like_entra(answers: Answers, tenant: str) -> None:
    """As Microsoft Entra ID's v2.0 endpoints do (ID token claims reference): a tenant in the
    issuer, times that begin five minutes ago, ids in place of names, keys that tell their issuer.
    """
    answers.issuer += f"/{tenant}/v2.0"
    now = int(time.time())
    answers.told = {
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "subject_types_supported": ["pairwise"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "cloud_instance_name": "microsoftonline.com",
    }
    answers.header = {"typ": "JWT"}
    answers.of_key = {
        "x5t": "1",
        "x5c": ["MIIC"],
        "issuer": answers.issuer,
        "cloud_instance_name": "microsoftonline.com",
    }
    answers.by_form = True
    answers.claims = {
        "iat": now - 300,
        "nbf": now - 300,
        "exp": now + 3900,
        "aio": "AX",
        "rh": "1.A",
        "uti": "u",
        "ver": "2.0",
        "tid": tenant,
        "oid": "00000000-0000-0000-66f3-3332eca7ea81",
        "sub": "3OBtLXUC2ZrN_ADLNjW9X4o0lcd61py7lgHw3Skh77s",
        "name": "Kim Ek",
        "preferred_username": "kim.ek@example.se",
    }


def like_adfs(answers: Answers) -> None:
    """As AD FS does ([MS-OIDCE] 2.2.3.1): no ``name``, a login name in ``upn`` and
    ``unique_name``, another issuer of access tokens, claims of rules only where
    ``allatclaims`` is asked for, and a single value in place of a list of one.
    """
    answers.issuer += "/adfs"
    answers.told = {
        "access_token_issuer": "http://adfs.example.se/adfs/services/trust",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        "scopes_supported": ["allatclaims", "email", "user_impersonation", "logon_cert", "aza", "profile", "openid"],
        "subject_types_supported": ["pairwise"],
        "userinfo_endpoint": f"{answers.issuer}/userinfo",
    }
    answers.header = {"typ": "JWT", "x5t": "l_OZUmitFFug_qgT4aBrvnyxm94"}
    answers.of_key = {"alg": "RS256", "x5t": "l_OZUmitFFug_qgT4aBrvnyxm94", "x5c": ["MIIC"]}
    answers.by_form = True
    answers.claims = {
        "name": None,
        "auth_time": int(time.time()),
        "sub": "xBZpMT9zNKNyMjFsj4CF80crrwS/ATrfkgm4n4iYDFw=",
        "upn": "kim.ek@example.se",
        "unique_name": "KOMMUNEN\\kimek",
        "sid": "S-1-5-21",
        "at_hash": base64.urlsafe_b64encode(hashlib.sha256(b"a").digest()[:16]).decode().rstrip("="),
    }


def _handler(answers: Answers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path.endswith("/authorize"):
                self.send_response(302)
                self.send_header("Location", answers.code(dict(parse_qsl(parts.query))))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path.endswith("/jwks"):
                (key,) = KeySet([answers.key]).as_dict(private=False)["keys"]
                self._json(200, {"keys": [{**key, **answers.of_key}]})
            elif parts.path == urlsplit(answers.issuer).path + "/.well-known/openid-configuration":
                self._json(200, answers.metadata())
            else:
                self._json(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            self._json(*answers.token(given, self.headers.get("Authorization", "")))

        def log_message(self, *_: object) -> None:
            """Nothing is told."""

        def _json(self, status: int, content: Mapping[str, Any]) -> None:
            data = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


@contextmanager
def provider() -> Iterator[Answers]:
    """Running."""
    answers = Answers()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(answers))
    answers.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,))
    thread.start()
    try:
        yield answers
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
