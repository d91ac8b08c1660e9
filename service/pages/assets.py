"""Style and script: the service's own, and the report's, which its pages share."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from service.pages import errors
from service.words import ASSETS

_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_REPORT = {"rapport.css": "style.css", "rapport.js": "script.js"}


@cache
def known() -> dict[str, Path]:
    """Files by the name that they are asked for by."""
    report = {name: settings.REPORT / file for name, file in _REPORT.items()}
    return {**{path.name: path for path in ASSETS.iterdir() if path.suffix in _KINDS}, **report}


def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """A file; its address changes with its bytes, so it may be kept."""
    if request.method not in ("GET", "HEAD"):
        return errors.wrong_method(request, ["GET", "HEAD"])
    path = known().get(name)
    if path is None:
        return errors.not_found(request)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(path.read_bytes(), content_type=_KINDS[path.suffix], headers=headers)
