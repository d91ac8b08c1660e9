"""What every answer of Django's goes through: headers, who asks, and what happens when something went wrong."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from service import openid, unavailable
from service.access import ALONE, Actor, actor_of
from service.models import Account
from service.own_pages import PREFIX
from service.pages import errors
from service.session_keys import ACCOUNT, BEGUN, FEDERATED, GENERATION, LOCAL
from terminsplan.bug_report import lines

_Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")
"""A browser that has seen it asks by TLS alone for a year."""
_OF_PROGRAMS = "/api/"
_OF_NOBODY = ("/statisk/", _OF_PROGRAMS, PREFIX)
"""Where it does not matter who is logged in."""
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
OPEN = ("/logga-in", "/oppna/", *_OF_NOBODY)


class Shield:
    """Security headers on every answer; an answer in Swedish
    without a word of the request when something went wrong.
    """

    def __init__(self, answer: _Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One request."""
        response = self._answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.CONFIG.shared:
            response.headers.setdefault(*STRICT_TRANSPORT)
        return response


class Identify:
    """``request.actor``; who is nobody gets no further than to the login, whatever is asked for."""

    def __init__(self, answer: _Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One request."""
        if request.path.startswith(_OF_NOBODY):
            request.actor = None  # type: ignore[attr-defined]  # Django's way to hand something on
            return self._answer(request)
        actor = _actor(request)
        request.actor = actor  # type: ignore[attr-defined]
        if actor is None and not request.path.startswith(OPEN):
            return _to_the_door(request)
        return self._answer(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """What no text holds, and PostgreSQL keeps in none, is refused before anybody looks for it."""
        if request.path.startswith(_OF_PROGRAMS):
            return None
        fields = (request.GET, request.POST) if request.content_type in _FORMS else (request.GET,)
        given = (text for field in fields for name, texts in field.lists() for text in (name, *texts))
        return errors.unreadable(request) if any("\0" in text for text in given) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Something that nobody foresaw: told on standard error without a name or a value."""
        if isinstance(error, (Http404, PermissionDenied, SuspiciousOperation)):
            return None
        if found := unavailable.why(error):
            sys.stderr.write(f"{found.sentence}\n")
            return None
        sys.stderr.writelines(f"{line}\n" for line in lines(error))
        return None


def _actor(request: HttpRequest) -> Actor | None:
    if not settings.CONFIG.shared:
        return ALONE if request.session.get(LOCAL) else None
    if not 0 <= time.time() - request.session.get(BEGUN, 0) < settings.SESSION_COOKIE_AGE:
        return None
    if FEDERATED in request.session:
        return _federated(request.session[FEDERATED])
    account = Account.objects.filter(id=request.session.get(ACCOUNT) or 0, active=True).first()
    if account is None or request.session.get(GENERATION) != account.generation:
        return None
    return actor_of(account)


def _federated(kept: Mapping[str, Any]) -> Actor | None:
    provider = openid.provider_of(settings.CONFIG)
    person = openid.Person(**{**kept, "values": tuple(kept["values"])})
    return openid.actor_of(provider, person) if provider else None


def _to_the_door(request: HttpRequest) -> HttpResponse:
    if not settings.CONFIG.shared:
        return errors.closed(request)
    wanted = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"/logga-in?{urlencode({'vidare': wanted})}")
