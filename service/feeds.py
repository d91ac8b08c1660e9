"""``GET /k/<secret>.ics``: a calendar as it was published. No
cookie, no login, no redirect, nothing changed, nothing logged.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import Error as AnyDatabaseError
from django.db import close_old_connections
from django.utils import timezone

from service.conditional import is_unchanged
from service.models import Frozen, Link, Publication, Subscription
from service.secrets_of_links import digest

PREFIX = "/k/"
_PATH = re.compile(r"/k/(?P<secret>[A-Za-z0-9_-]{43})\.ics")
_HEADERS = (
    ("Cache-Control", "private, max-age=3600"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
    ("X-Robots-Tag", "noindex"),
)
_WRITE_SECONDS = 60
_STATUS = {200: "200 OK", 304: "304 Not Modified", 404: "404 Not Found", 405: "405 Method Not Allowed"}
_STATUS |= {410: "410 Gone", 503: "503 Service Unavailable"}
_WORDS = {
    404: "Kalendern finns inte. Se efter att hela länken kom med.\n",
    405: "En kalender kan bara hämtas.\n",
    410: "Länken gäller inte längre. Be samordnaren om en ny.\n",
    503: "Kalendern kan inte hämtas just nu. Försök igen om en stund.\n",
}


@dataclass(frozen=True)
class Feed:
    """What is sent, less its bytes, which are fetched where they are wanted."""

    subscription: int
    etag: str
    changed: datetime
    content: Callable[[], bytes]


class Feeds:
    """The WSGI application for calendars."""

    def __init__(self) -> None:
        self._fetched: dict[int, datetime] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._write_now_and_then, daemon=True).start()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return _refused(405, start_response, method, (("Allow", "GET, HEAD"),))
        try:
            close_old_connections()
            feed = find(environ["PATH_INFO"])
            if isinstance(feed, int):
                return _refused(feed, start_response, method)
            body = self._answer(feed, environ, start_response)
        except ObjectDoesNotExist:  # its term was weeded in this moment
            return _refused(410, start_response, method)
        except AnyDatabaseError:
            return _refused(503, start_response, method, (("Retry-After", "60"),))
        finally:
            close_old_connections()
        return [] if method == "HEAD" else body

    def _answer(self, feed: Feed, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with self._lock:
            self._fetched[feed.subscription] = timezone.now()
        validators = [("ETag", feed.etag), ("Last-Modified", format_datetime(feed.changed, usegmt=True)), *_HEADERS]
        if is_unchanged(environ, feed.etag, feed.changed):
            start_response(_STATUS[304], validators)
            return []
        content = feed.content()
        told = [("Content-Type", "text/calendar; charset=utf-8"), ("Content-Length", str(len(content)))]
        start_response(_STATUS[200], [*told, *validators])
        return [content]

    def _write_now_and_then(self) -> None:
        while True:
            time.sleep(_WRITE_SECONDS)
            self.write()

    def write(self) -> None:
        """Write down when calendars were fetched; what cannot be written now is tried again with the next."""
        with self._lock:
            gathered, self._fetched = self._fetched, {}
        try:
            close_old_connections()
            rows = [Subscription(id=number, fetched=at) for number, at in gathered.items()]
            Subscription.objects.bulk_update(rows, ["fetched"], batch_size=200)
        except AnyDatabaseError:
            with self._lock:
                self._fetched = gathered | self._fetched
        finally:
            with suppress(AnyDatabaseError):
                close_old_connections()


def find(path: str) -> Feed | int:
    """The calendar at a path, or the status that says why there is none."""
    match = _PATH.fullmatch(path)
    link = Link.objects.select_related("subscription").filter(digest=digest(match["secret"])).first() if match else None
    if link is None:
        return 404
    subscription = link.subscription
    if subscription is None or subscription.revoked or link.generation != subscription.generation:
        return 410
    published = Publication.objects.filter(term_id=subscription.term_id).order_by("-number").first()
    row = _frozen(subscription, published) if published else None
    if published is None or row is None:
        empty = bytes(subscription.empty)
        tag = hashlib.sha256(empty).hexdigest()
        return Feed(
            subscription.id, f'"{tag}"', _whole(published.made if published else subscription.made), lambda: empty
        )
    return Feed(subscription.id, f'"{row["etag"]}"', _whole(published.made), lambda: _content(row["id"]))


def _frozen(subscription: Subscription, published: Publication) -> Any:  # noqa: ANN401  # a row of two values
    rows = Frozen.objects.filter(publication=published, kind=subscription.kind, owner=subscription.owner)
    return rows.values("id", "etag").first()


def _content(number: int) -> bytes:
    return bytes(Frozen.objects.values_list("content", flat=True).get(id=number))


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _refused(
    status: int, start_response: Callable[..., Any], method: str, more: tuple[tuple[str, str], ...] = ()
) -> list[bytes]:
    text = _WORDS[status].encode()
    told = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))]
    kept = [header for header in _HEADERS if header[0] != "Cache-Control"]
    start_response(_STATUS[status], [*told, *kept, ("Cache-Control", "no-store"), *more])
    return [] if method == "HEAD" else [text]
