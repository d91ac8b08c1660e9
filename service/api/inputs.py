"""``/terms/{id}/inputs``, ``/hires`` and ``/attendance``: new versions of a term's input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from columns.tables import ATTENDANCE
from service import inputs_of_terms, row_edits
from service.access import COORDINATORS, Actor
from service.api.door import Allowed, answer, body, endpoint, members
from service.api.problems import ProblemError
from service.api.terms import find
from service.inputs_of_terms import StaleBaseError
from service.models import InputVersion, Term
from service.reading.upload import MOST_BYTES, Read, read_file
from service.row_edits import RefusedEditError

_TRIES = 3
_MOST_ROWS = 5000
_MULTIPART_ROOM = 100_000
_ATTENDANCE: Mapping[str, tuple[str, type, str]] = {
    "hire": ("nyanställd", str, "en text"),
    "session": ("tillfälle", str, "en text"),
    "present": ("närvarande", bool, "true eller false"),
}
"""What each member of a row of attendance is: its column, its type, and that in words."""


def _upload(request: HttpRequest, actor: Actor, term: int) -> HttpResponse:
    found = find(actor, term)
    if request.content_type != "multipart/form-data":
        raise ProblemError(415, "Skicka filen som multipart/form-data, i fältet file.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + _MULTIPART_ROOM:
        raise ProblemError(413, "Filen är större än 51 MB.")
    upload = request.FILES.get("file")
    if upload is None:
        raise ProblemError(422, "Fältet file saknas.")
    if (upload.size or 0) > MOST_BYTES:
        raise ProblemError(413, "Filen är större än 51 MB.")
    base = _base(request)
    _refuse_stale(found, base)
    read = read_file(settings.CONFIG, upload.name or "", lambda place: inputs_of_terms.write_upload(upload, place))
    if not read.readable or not read.may_be_kept:
        errors, warnings = read.found["errors"], read.found["warnings"]
        read.discard()
        raise ProblemError(422, "Filen kunde inte tas emot, och har inte sparats.", errors=errors, warnings=warnings)
    try:
        made = inputs_of_terms.keep(settings.CONFIG, found, read, actor, base=base)
    except StaleBaseError as error:
        raise _stale(error.newest) from error
    told = {"version": made.number, "plannable": made.plannable, "errors": made.errors, "warnings": made.warnings}
    return answer(told, 201)


def _base(request: HttpRequest) -> int | None:
    given = request.POST.get("base", "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 9):
        raise ProblemError(422, "base ska vara numret på en version.")
    return int(given)


def _refuse_stale(term: Term, base: int | None) -> None:
    newest = inputs_of_terms.newest(term)
    if base is not None and base != (newest.number if newest else 0):
        raise _stale(newest)


def _stale(newest: InputVersion | None) -> ProblemError:
    number = newest.number if newest else 0
    return ProblemError(409, f"Den nyaste versionen är {number}.", newest=number)


def _hire(request: HttpRequest, actor: Actor, term: int) -> HttpResponse:
    return _edited(
        find(actor, term), actor, row_edits.with_hire, members(request), "Nyanställd från programgränssnittet"
    )


def _attendance(request: HttpRequest, actor: Actor, term: int) -> HttpResponse:
    found = find(actor, term)
    rows = body(request)
    if not isinstance(rows, list) or not 0 < len(rows) <= _MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise ProblemError(422, f"Skicka en lista med 1 till {_MOST_ROWS} rader.")
    if faults := list(_faults_of_attendance(rows)):
        raise ProblemError(422, "Raderna har fel. Inget har sparats.", errors=faults, warnings=[])
    return _edited(found, actor, row_edits.with_attendance, rows, "Närvaro från programgränssnittet")


def _faults_of_attendance(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Members that are missing or of another kind than they must be, each with its row in the call, from 1."""
    for number, row in enumerate(rows, start=1):
        for name, (column, kind, told) in _ATTENDANCE.items():
            if not isinstance(row.get(name), kind):
                message = f"{name} i rad {number} av anropet ska vara {told}"
                yield row_edits.finding(ATTENDANCE.name, column, message)


def _edited(term: Term, actor: Actor, edit: Any, content: Any, word: str) -> HttpResponse:  # noqa: ANN401
    """A changed version of the newest input; tried again where somebody else was quicker."""
    for _ in range(_TRIES):
        base = inputs_of_terms.newest(term)
        if base is None:
            raise ProblemError(409, "Terminen har inget underlag att ändra än.")
        try:
            read = row_edits.edited(settings.CONFIG, base, edit, content)
        except RefusedEditError as refusal:
            raise ProblemError(
                422, "Raden har fel. Inget har sparats.", errors=refusal.errors, warnings=[]
            ) from refusal
        if read is None:
            return answer({"version": base.number}, 200)
        try:
            return answer({"version": _kept(term, read, actor, word, base).number}, 201)
        except StaleBaseError:
            continue
    raise ProblemError(409, "Underlaget ändras av andra just nu. Försök igen.")


def _kept(term: Term, read: Read, actor: Actor, word: str, base: InputVersion) -> InputVersion:
    return inputs_of_terms.keep(settings.CONFIG, term, read, actor, word=word, base=base.number)


inputs = endpoint(POST=Allowed(_upload, COORDINATORS))
hires = endpoint(POST=Allowed(_hire, COORDINATORS))
attendance = endpoint(POST=Allowed(_attendance, COORDINATORS))
