"""What is reported: by administrations late recruits, leavers, absences; by hires that they cannot come.

It waits until a coordinator takes it in, or refuses it with a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from columns.kinds import FIRST_YEAR, LAST_YEAR
from inputs import identity_numbers
from models.problem import Hire
from outputs.letters.mail import mailable
from service import inputs_of_terms, notices, row_edits
from service.access import Actor, published
from service.clock import today
from service.config import Config
from service.models import AuditEntry, PlanPerson, Report, Term
from service.row_edits import RefusedEditError
from service.session_seats import SessionSeats

HIRE, LEAVES, ABSENCE, CANNOT_COME = "nyanställd", "avslut", "frånvaro", "kan inte komma"
FIELDS: Mapping[str, Mapping[str, str]] = {
    HIRE: {
        "namn": "Namn",
        "anställd_från": "Första dag",
        "e-post": "E-post",
        "enhet": "Enhet",
        "ärenden_från": "Egna ärenden från",
    },
    LEAVES: {"slutar": "Sista dag"},
    ABSENCE: {"från": "Från och med", "till": "Till och med"},
}
"""What an administration tells, by kind of report."""
SHOWN: Mapping[str, Mapping[str, str]] = {**FIELDS, CANNOT_COME: {"när": "Tillfälle"}}
"""What a reader is shown of each kind."""
DAYS = frozenset({"anställd_från", "ärenden_från", "slutar", "från", "till"})
_NEEDED = frozenset({"namn", "anställd_från", "slutar", "från", "till"})
_LONGEST = 200
_REPORTED = "anmäld-"
_DIGITS = 10


class RefusedReportError(Exception):
    """The report is not taken: why, in Swedish."""


def make(term: Term, kind: str, given: Mapping[str, str], by: Actor) -> Report:
    """A report that waits; raises RefusedReportError. Of known people only her own can be named."""
    if kind not in FIELDS:
        raise RefusedReportError("Välj vad du vill anmäla.")
    content = {name: _checked(name, title, given.get(name, "").strip()) for name, title in FIELDS[kind].items()}
    if kind == ABSENCE and content["till"] < content["från"]:
        raise RefusedReportError("Till och med ligger före från och med. Rätta ett av datumen.")
    unit = by.unit
    if kind == HIRE:
        content["enhet"] = by.unit or content["enhet"]
    else:
        person = _person(term, given.get("person", ""), by)
        content |= {"person": person.hire, "namn": person.name}
        unit = person.unit
    made = Report.objects.create(
        term=term, kind=kind, organisation=by.organisation, unit=unit, content=content, by=by.name
    )
    AuditEntry.objects.create(by=by.name, what="anmälan", term=term, details=f"{kind} {made.id}")
    return made


def cannot_come(term: Term, hire: Hire, session: SessionSeats, by: Actor) -> Report:
    """A hire cannot come to a session that she is booked to;
    raises RefusedReportError where she has said so already.
    """
    content = {"person": hire.id, "namn": hire.name, "tillfälle": session.id, "när": f"{session.what}, {session.when}"}
    with transaction.atomic():
        same = Report.objects.filter(term=term, kind=CANNOT_COME, content__person=hire.id, state=Report.State.WAITING)
        if same.filter(content__tillfälle=session.id).exists():
            raise RefusedReportError("Du har redan sagt till om det tillfället. Samordnaren har inte svarat än.")
        made = Report.objects.create(
            term=term,
            kind=CANNOT_COME,
            organisation=hire.organisation,
            unit=hire.unit or "",
            content={**content, "från": session.day.isoformat(), "till": session.day.isoformat()},
            by=by.name,
        )
        AuditEntry.objects.create(by=by.name, what="anmälan", term=term, details=f"{CANNOT_COME} {made.id}")
    return made


def about(term: Term, hire: str) -> QuerySet[Report]:
    """All that was told of a hire, and that she was to come, where a report brought her."""
    rows = Report.objects.filter(term=term).order_by("id")
    number = hire.removeprefix(_REPORTED)
    told = Q(content__person=hire)
    if hire.startswith(_REPORTED) and number.isdecimal() and len(number) < _DIGITS:
        told |= Q(id=int(number), kind=HIRE)
    return rows.filter(told)


def of_hire(term: Term, hire: str) -> QuerySet[Report]:
    """What a hire has told herself."""
    return Report.objects.filter(term=term, kind=CANNOT_COME, content__person=hire).order_by("-id")


def of(term: Term, by: Actor) -> QuerySet[Report]:
    """Reports of a term: a coordinator's are all, an administration's her own."""
    rows = Report.objects.filter(term=term).order_by("-id")
    if by.coordinates:
        return rows
    mine = rows.filter(organisation=by.organisation)
    return mine.filter(unit=by.unit) if by.unit else mine


def take_in(config: Config, report: Report, by: Actor) -> None:
    """A new version of the input with what was reported; raises
    RefusedEditError or StaleBaseError, and then it waits still.
    """
    base = inputs_of_terms.newest(report.term)
    if base is None:
        raise RefusedEditError([{"text": "Terminen har inget underlag."}])
    read = row_edits.edited(config, base, _edit, report)
    if read is not None:
        word = f"Anmälan {report.id}: {report.kind}"
        inputs_of_terms.keep(config, report.term, read, by, word=word, base=base.number)
    _answered(config, report, Report.State.TAKEN, "", by)


def refuse(config: Config, report: Report, word: str, by: Actor) -> None:
    """With a word that whoever reported it reads."""
    _answered(config, report, Report.State.REFUSED, identity_numbers.without(word[:500], today()), by)


def _answered(config: Config, report: Report, state: Report.State, word: str, by: Actor) -> None:
    """Answered once, with a mail to the administration; a hire reads the answer on her own page."""
    now = published(report.term)
    organisations = notices.organisations(config, now.plan) if now else ()
    with transaction.atomic():
        answered = Report.objects.filter(id=report.id, state=Report.State.WAITING).update(
            state=state, answer=word, answered=timezone.now(), answered_by=by.name
        )
        if not answered:
            return
        if report.kind != CANNOT_COME:
            notices.answered(config, report, organisations, by.name)
        AuditEntry.objects.create(by=by.name, what=f"anmälan {state}", term_id=report.term_id, details=str(report.id))


def _edit(tables: row_edits.Tables, report: Report) -> str:
    content = report.content
    if report.kind == HIRE:
        cells = {name: content[name] for name in FIELDS[HIRE] if content[name]}
        return row_edits.with_hire(
            tables, {**cells, "id": f"{_REPORTED}{report.id}", "förvaltning": report.organisation}
        )
    if report.kind == LEAVES:
        return row_edits.with_hire(tables, {"id": content["person"], "slutar": content["slutar"]})
    cells = {"nyanställd": content["person"], "från": content["från"], "till": content["till"]}
    return row_edits.with_row(tables, ("frånvaro", tuple(cells), cells))


def _person(term: Term, hire: str, by: Actor) -> PlanPerson:
    now = published(term)
    found = by.people(now.plan).filter(hire=hire).first() if now else None
    if found is None:
        raise RefusedReportError("Välj en person i listan.")
    return found


def _checked(name: str, title: str, text: str) -> str:
    if not text and name in _NEEDED:
        raise RefusedReportError(f"Fyll i {title.lower()}.")
    if len(text) > _LONGEST or not (text.isprintable() or not text):
        raise RefusedReportError(f"{title}: högst {_LONGEST} tecken.")
    kind = identity_numbers.found_in(text, today())
    if kind == identity_numbers.CERTAIN or (kind and name == "namn"):
        raise RefusedReportError(f"{title}: skriv inget personnummer, det ska inte stå här.")
    if text and name in DAYS:
        return _day(title, text)
    if text and name == "e-post" and mailable(text) is None:
        raise RefusedReportError(f"{title}: skriv en adress som anna@example.se, eller lämna fältet tomt.")
    return text


def _day(title: str, text: str) -> str:
    """A date that the input can have, so that no report waits which nobody can take in."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise RefusedReportError(f"{title}: skriv ett datum som 2026-09-01.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise RefusedReportError(f"{title}: skriv ett år mellan {FIRST_YEAR} och {LAST_YEAR}.")
    return found.isoformat()
