"""Answers that are no page: not found, not allowed, something went wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from service import unavailable


def _shown(request: HttpRequest, status: int, title: str, *lines: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "lines": lines, "actor": None}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also for what is somebody else's."""
    return _shown(request, 404, "Sidan finns inte", "Det du söker finns inte, eller så har du inte tillgång till det.")


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address or a form that no page of ours makes: a
    character that no text has, too many fields, half of a form.
    """
    if isinstance(exception, RequestDataTooBig):
        return _shown(request, 413, "Det var för mycket", "Formuläret var för stort. Inget har ändrats.")
    return _shown(
        request, 400, "Det gick inte att läsa", "Ladda om sidan du kom från, och försök igen. Inget har ändrats."
    )


def wrong_method(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """An address asked for in another way than it takes, as that of a button typed into the address bar."""
    answer = _shown(
        request,
        405,
        "Så går det inte att öppna sidan",
        "Adressen hör till en knapp. Gå tillbaka, och tryck på den där.",
    )
    answer.headers["Allow"] = ", ".join(allowed)
    return answer


def gone(request: HttpRequest, line: str = "Be samordnaren om en ny.") -> HttpResponse:
    """A link that was closed, or whose time is over."""
    return _shown(request, 410, "Länken gäller inte längre", line)


def closed(request: HttpRequest) -> HttpResponse:
    """One's own computer, without the link."""
    return _shown(
        request,
        403,
        "Öppna Terminsplan med en länk",
        "Terminsplan körs bara för den som startade det på den här datorn.",
        "Skriv terminsplan tjanst-lank i ett kommandofönster, och öppna länken som visas.",
    )


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that was open too long."""
    return _shown(
        request, 403, "Sidan hade blivit för gammal", "Ladda om sidan du kom från, och försök igen. Inget har ändrats."
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A bug, or a database or disk that is away."""
    if found := unavailable.why(sys.exception()):
        answer = _shown(request, found.status, "Det går inte just nu", found.sentence)
        answer.headers["Retry-After"] = unavailable.RETRY_SECONDS
        return answer
    lines = ["Det är ett fel i Terminsplan. Inget har ändrats. Försök igen."]
    if settings.CONFIG.shared:
        lines.append("Säg till den som sköter tjänsten om det fortsätter.")
    return _shown(request, 500, "Något gick fel", *lines)
