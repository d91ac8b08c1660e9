"""What every call goes through: a key, its role, its rate; and JSON in and out."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from service import unavailable
from service.access import Actor, actor_of
from service.api.problems import ProblemError, problem
from service.models import ApiKey
from service.secrets_of_links import digest
from terminsplan.bug_report import lines

_RATE, _BURST = 20.0, 40.0
_MOST_KEYS = 10_000
Call = Callable[..., HttpResponse]
CALLS = "calls"


@dataclass(frozen=True)
class Allowed:
    """A call, and whose keys may make it."""

    call: Call
    roles: Collection[str]


class _Rates:
    """So many calls a second for each key, with a reserve for a moment's hurry."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def takes(self, key: str) -> bool:
        """Whether one more is allowed now."""
        now = time.monotonic()
        with self._lock:
            if len(self._left) > _MOST_KEYS:
                self._left.clear()
            left, since = self._left.get(key, (_BURST, now))
            left = min(_BURST, left + (now - since) * _RATE)
            self._left[key] = (left - 1 if left >= 1 else left, now)
            return left >= 1


_RATES = _Rates()


def endpoint(**calls: Allowed) -> Callable[..., HttpResponse]:
    """A view of one address: a call by each method, in capitals."""

    @csrf_exempt
    def view(request: HttpRequest, **values: Any) -> HttpResponse:  # noqa: ANN401  # parts of the path
        try:
            return _answer(request, calls, values)
        except ProblemError as error:
            return problem(error.status, error.detail, error.more)
        except Http404:
            return problem(404)
        except RequestDataTooBig:
            return problem(413, "Innehållet är för stort.")
        except (SuspiciousOperation, MultiPartParserError, TooManyFilesSent, UnicodeDecodeError):
            return problem(400)
        except Exception as error:
            return _failed(error)

    setattr(view, CALLS, calls)
    return view


def _failed(error: Exception) -> HttpResponse:
    """Ours to mend, unless the database or the disk is away."""
    if found := unavailable.why(error):
        return problem(found.status, found.sentence, headers={"Retry-After": unavailable.RETRY_SECONDS})
    sys.stderr.writelines(f"{line}\n" for line in lines(error))
    return problem(500, "Det är ett fel i Terminsplan, inte i anropet. Inget har ändrats.")


def _answer(request: HttpRequest, calls: Mapping[str, Allowed], values: Mapping[str, Any]) -> HttpResponse:
    actor = _actor(request)
    if actor is None:
        return problem(401, "Skicka nyckeln som Authorization: Bearer NYCKEL.", headers={"WWW-Authenticate": "Bearer"})
    if not _RATES.takes(actor.name):
        return problem(429, "Vänta en sekund.", headers={"Retry-After": "1"})
    if not calls:
        return problem(404)
    method = "GET" if request.method == "HEAD" else request.method or ""
    allowed = calls.get(method)
    if allowed is None:
        return problem(405, headers={"Allow": ", ".join((*calls, *(("HEAD",) if "GET" in calls else ())))})
    if actor.role not in allowed.roles:
        return problem(403)
    return allowed.call(request, actor, **values)


def _actor(request: HttpRequest) -> Actor | None:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not key.strip():
        return None
    found = ApiKey.objects.filter(digest=digest(key.strip()), active=True).first()
    return actor_of(found) if found else None


def body(request: HttpRequest) -> Any:  # noqa: ANN401  # whatever JSON holds
    """The JSON of a request; raises ProblemError."""
    if request.content_type != "application/json":
        raise ProblemError(415, "Skicka JSON, med Content-Type: application/json.")
    try:
        found = json.loads(request.body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ProblemError(400, "Innehållet är ingen JSON.") from None
    if not all(_can_be_kept(one) for one in _texts(found)):
        raise ProblemError(422, "En text har ett tecken som ingen text kan ha (noll, eller ett halvt tecken).")
    return found


def _texts(found: Any) -> Iterator[str]:  # noqa: ANN401  # whatever JSON holds
    """All texts in it, names of members too."""
    left = [found]
    while left:
        match left.pop():
            case str() as one:
                yield one
            case list() as several:
                left += several
            case dict() as pairs:
                left += [*pairs, *pairs.values()]


def _can_be_kept(one: str) -> bool:
    """Neither a NUL, which PostgreSQL takes in no text, nor half of a surrogate pair."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in one)


def members(request: HttpRequest) -> Mapping[str, Any]:
    """The JSON object of a request; raises ProblemError."""
    found = body(request)
    if not isinstance(found, dict):
        raise ProblemError(422, "Skicka ett JSON-objekt.")
    return found


def text(content: Mapping[str, Any], name: str, longest: int = 300) -> str:
    """A member that must be a text; raises ProblemError."""
    found = content.get(name)
    if not isinstance(found, str) or not found.strip() or len(found) > longest:
        raise ProblemError(422, f"{name} ska vara en text på högst {longest} tecken.")
    return found.strip()


def _no_number(name: str) -> float:
    raise ValueError(name)


def answer(content: object, status: int = 200) -> HttpResponse:
    """JSON."""
    return JsonResponse(content, status=status, safe=False, json_dumps_params={"ensure_ascii": False})
