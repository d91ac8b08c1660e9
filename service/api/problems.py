"""Errors of the API: ``application/problem+json`` (RFC 9457), in Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse

TITLES = {
    400: "Begäran går inte att läsa",
    401: "Nyckel saknas eller gäller inte",
    403: "Nyckeln får inte göra detta",
    404: "Finns inte",
    405: "Metoden finns inte här",
    409: "Något annat står emot",
    413: "För stort",
    415: "Fel slag av innehåll",
    422: "Innehållet har fel",
    429: "För många anrop",
    500: "Något gick fel i Terminsplan",
    503: "Går inte just nu",
    507: "Disken är full eller skrivskyddad",
}


class ProblemError(Exception):
    """Ends a call with a problem; ``more`` are members of its own, as findings."""

    def __init__(self, status: int, detail: str = "", **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


def problem(
    status: int, detail: str = "", more: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer."""
    content = {"type": "about:blank", "title": TITLES[status], "status": status, **(more or {})}
    if detail:
        content["detail"] = detail
    made = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    made.headers["Content-Type"] = "application/problem+json"
    for name, value in (headers or {}).items():
        made.headers[name] = value
    return made
