"""What the server answers by itself, before any page or call
is asked: requests that are too large, or that nobody can read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

from service.api.problems import TITLES

_WORDS: Mapping[int, str] = {
    400: "Begäran går inte att läsa.",
    413: "Det var för stort. En fil får vara högst 51 MB.",
    431: "Adressen, eller det som webbläsaren skickade med, är för långt.",
}
_OF_PROGRAMS = "/api/"
_MOST_READ = 1_000_000_000
"""So much of what is too large is read and thrown away: a browser shows the answer only when it has sent all."""
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
)


def answer(status: int, path: str, sentence: str = "") -> tuple[str, bytes]:
    """Content type and content: a problem for programs (RFC 9457), a sentence for people, both in Swedish."""
    sentence = sentence or _WORDS.get(status, _WORDS[400])
    if path.startswith(_OF_PROGRAMS):
        told = {"type": "about:blank", "title": TITLES.get(status, TITLES[400]), "status": status, "detail": sentence}
        return "application/problem+json", json.dumps(told, ensure_ascii=False).encode()
    return "text/plain; charset=utf-8", f"{sentence}\n".encode()


class _Parser(HTTPRequestParser):
    """A request that is too large is read to its end without keeping any of it, and refused then."""

    _too_large: Any = None
    _left = 0

    def received(self, data: bytes) -> int:
        """The number of bytes that were used."""
        if self._too_large is not None:
            self._left -= len(data)
            if self._left <= 0:
                self.error, self.completed = self._too_large, True
            return len(data)
        used = int(super().received(data))
        if isinstance(self.error, RequestEntityTooLarge) and not self.chunked and self.content_length <= _MOST_READ:
            self._left = self.content_length - (len(data) - used)
            self.completed = self._left <= 0
            self._too_large = self.error
            return len(data)
        return used


class _Refusal(ErrorTask):
    """Waitress's own answers, in our words and without what was asked for."""

    def execute(self) -> None:
        """Send it, and close the connection."""
        refused: Any = self.request
        error = refused.error
        kind, content = answer(error.code, getattr(refused, "path", ""))
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [*self.response_headers, ("Content-Type", kind), *_HEADERS]
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)


class Channel(HTTPChannel):
    """A connection."""

    parser_class = _Parser
    error_task_class = _Refusal
