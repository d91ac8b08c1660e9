"""The web server: waitress, with threads of their own for
calendars, and what stands before Django: host names and calendars.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ThreadedTaskDispatcher

from service import refusing
from service.config import Config
from service.feeds import PREFIX, Feeds
from service.shield import STRICT_TRANSPORT

_PAGE_THREADS = 8
_FEED_THREADS = 4
_MOST_BODY = 60_000_000
_MOST_CONNECTIONS = 800 if os.name == "posix" else 400
"""Fewer than the files that a process may have open: 1,024 by default, and 512 sockets on Windows."""
_Start = Callable[..., Any]


class _Threads(ThreadedTaskDispatcher):
    """Waitress's dispatcher twice: calendars never wait for a page, and pages never for calendars."""

    def __init__(self) -> None:
        super().__init__()
        self._pages, self._feeds = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()

        self._pages.set_thread_count(_PAGE_THREADS)
        self._feeds.set_thread_count(_FEED_THREADS)

    def add_task(self, channel: Any) -> None:  # noqa: ANN401  # a channel of waitress has no public type
        """A request that has come whole."""
        path = (
            getattr(channel.requests[0], "path", "") if channel.requests else ""
        )  # there is none in what nobody can read
        (self._feeds if path.startswith(PREFIX) else self._pages).add_task(channel)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End all threads."""
        self._feeds.shutdown(cancel_pending, timeout)
        return bool(self._pages.shutdown(cancel_pending, timeout))


class Front:
    """The WSGI application."""

    def __init__(self, config: Config) -> None:
        self._hosts = frozenset(config.hosts)
        self._shared = config.shared
        self._pages = get_wsgi_application()
        self._feeds = Feeds()

    def __call__(self, environ: dict[str, Any], start_response: _Start) -> Iterable[bytes]:
        """Refuse names that are not ours, answer calendars, leave the rest to Django."""
        host = environ.get("HTTP_HOST", "")
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() and not host.endswith("]") else host
        if name.casefold() not in self._hosts:
            kind, text = refusing.answer(400, environ["PATH_INFO"], "Tjänsten svarar inte under det namnet.")
            start_response("400 Bad Request", [("Content-Type", kind), ("Content-Length", str(len(text)))])
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [text]
        if environ["PATH_INFO"].startswith(PREFIX):
            return self._feeds(environ, _by_tls_alone(start_response) if self._shared else start_response)
        answer: Iterable[bytes] = self._pages(environ, start_response)
        return _without_body(answer) if environ["REQUEST_METHOD"] == "HEAD" else answer


def _without_body(answer: Iterable[bytes]) -> Iterable[bytes]:
    """Nothing: the reader of a HEAD would take a body for the beginning of the next answer on the connection."""
    if close := getattr(answer, "close", None):
        close()
    return []


def _by_tls_alone(start_response: _Start) -> _Start:
    """Send also the header that pages get from ``service.shield``."""

    def started(status: str, headers: list[tuple[str, str]]) -> Any:  # noqa: ANN401  # what the server hands back
        return start_response(status, [*headers, STRICT_TRANSPORT])

    return started


class Web:
    """The server, listening from the start."""

    def __init__(self, config: Config) -> None:
        trusted = config.setting("PROXY") if config.shared else ""
        proxy: dict[str, Any] = (
            {
                "trusted_proxy": trusted,
                "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
                "clear_untrusted_proxy_headers": True,
            }
            if trusted
            else {}
        )
        sockets: dict[int, Any] = {}
        self._server = create_server(
            Front(config),
            map=sockets,
            _dispatcher=_Threads(),
            host=config.host,
            port=config.port,
            ident=None,
            max_request_body_size=_MOST_BODY,
            channel_timeout=120,
            connection_limit=_MOST_CONNECTIONS,
            asyncore_use_poll=os.name == "posix",  # select has no room for so many open files as a server may have
            expose_tracebacks=False,
            **proxy,
        )

        for one in sockets.values():
            if isinstance(one, BaseWSGIServer):  # one a network address
                one.channel_class = refusing.Channel

    @property
    def port(self) -> int:
        """Where it answers."""
        ports = [port for _, port in getattr(self._server, "effective_listen", ())]
        return int(ports[0] if ports else self._server.effective_port)  # type: ignore[union-attr]  # one of the two has it

    def run(self) -> None:
        """Answer."""
        self._server.run()
