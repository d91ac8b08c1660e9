"""What every page is made with: who may see it, and the frame around its content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from service.access import Actor
from service.config import Config
from service.models import AuditEntry, Term
from service.pages import errors

View = Callable[..., HttpResponse]
_MOST_DIGITS = 9
ROLES, METHODS = "roles", "methods"


def page(roles: Collection[str], *methods: str) -> Callable[[View], View]:
    """A view for these roles, by these methods (GET if none is named). For others it does not exist."""
    allowed = methods or ("GET",)
    if "GET" in allowed:
        allowed = (*allowed, "HEAD")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **values: Any) -> HttpResponse:  # noqa: ANN401  # parts of the path
            if actor(request).role not in roles:
                return errors.not_found(request)
            if request.method not in allowed:
                return errors.wrong_method(request, allowed)
            return view(request, **values)

        setattr(guarded, ROLES, frozenset(roles))
        setattr(guarded, METHODS, allowed)
        return guarded

    return decorate


def actor(request: HttpRequest) -> Actor:
    """Who asks; pages are never reached by nobody."""
    found: Actor = request.actor  # type: ignore[attr-defined]  # set by service.shield.Identify
    return found


def config() -> Config:
    """What the service was started with."""
    found: Config = settings.CONFIG
    return found


def shown(
    request: HttpRequest, template: str, content: Mapping[str, Any], *, term: Term | None = None, status: int = 200
) -> HttpResponse:
    """A page within the frame."""
    frame = {
        "actor": actor(request),
        "term": term,
        "shared": config().shared,
        "path": request.path,
        "query": request.GET,
    }
    return render(request, template, {**frame, **content}, status=status)


def number_of(text: str) -> int:
    """A number as a form or an address tells it; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS else 0


def note(by: Actor, what: str, term: Term | None = None, details: str = "") -> None:
    """A line of the audit log: ids, no names of hires."""
    AuditEntry.objects.create(by=by.name, what=what, term=term, details=details)
