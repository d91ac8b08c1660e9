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
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "terminsplan", "en hemlighet & mer"


@dataclass
class Answers:
    """What the provider says; ``claims`` are put over the right ones, ``kept`` are the requests that wait for their code's use."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    signed_with: RSAKey | None = None
    kept: dict[str, Mapping[str, str]] = field(default_factory=dict)

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
        }

    def code(self, asked: Mapping[str, str]) -> str:
        """Back to who asked, with a code and the state (OAuth 2.0, section 4.1.2)."""
        code = secrets.token_urlsafe(8)
        self.kept[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: Mapping[str, str], authorization: str) -> tuple[int, Mapping[str, Any]]:
        """The tokens for a code; it holds once, for the client that proves itself and knows the verifier (RFC 7636, section 4.6)."""
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        asked = self.kept.pop(given.get("code", ""), None)
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if (unquote(pair[0]), unquote(pair[2].replace("+", " "))) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if asked is None or base64.urlsafe_b64encode(challenge).decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        right = {"iss": self.issuer, "sub": "s-1", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {**right, "name": "Kim Ek", **self.claims}
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signed_with or self.key)
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


def _handler(answers: Answers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", answers.code(dict(parse_qsl(parts.query))))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/jwks":
                self._json(200, KeySet([answers.key]).as_dict(private=False))
            else:
                self._json(200, answers.metadata())

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
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield answers
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
