"""What an indata.json must hold to beyond its types: days, numbers and parts that calendars and solvers can count with.

The tables were read within these bounds (INPUT.md), so that here it means a file that was edited or damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from columns.kinds import MAX_COUNT, Column, HalfSteps, Hours, Kind, Number, Setting, Whole
from columns.settings import SETTINGS
from columns.tables import TABLES
from models.base import Frozen
from models.problem import Part, Programme, TermProblem
from outputs.years import faraway

_HOURS = 60
_LAST_WEEKDAY = 7
_DATED = ("holidays", "breaks", "sessions", "hires", "absences", "mentors", "forecast")


def faults(problem: TermProblem) -> Iterator[str]:
    """Swedish sentences without a full stop, each with its place; none of a problem that can be planned."""
    for row in (problem.settings, *(row for table in _DATED for row in getattr(problem, table))):
        yield from faraway(value for value in row.__dict__.values() if isinstance(value, date))
    for session in problem.sessions:
        if session.start.tzinfo or session.end.tzinfo:
            yield f"tillfället {session.id} har en tid med tidszon"
    try:
        ZoneInfo(problem.settings.timezone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        yield "tidszonen är okänd"
    yield from _numbers_out_of_bounds(problem)
    yield from _no_weekdays(problem)
    yield from _unknown_modules(problem)


def _numbers_out_of_bounds(problem: TermProblem) -> Iterator[str]:
    """Each column tells what its cells may hold."""
    yield from _out_of_bounds("inställningar", SETTINGS, [problem.settings])
    for table in TABLES:
        if table.collection is not None:
            yield from _out_of_bounds(table.name, table.columns, getattr(problem, table.collection))
    modules = (module.number for programme in problem.programmes for module in programme.modules)
    meetings = (session.meeting for session in problem.sessions)
    for what, numbers in (("moment", modules), ("träff", meetings)):
        yield from (
            f"{what} nummer {n} ligger inte mellan 1 och {MAX_COUNT}" for n in numbers if not 1 <= n <= MAX_COUNT
        )


def _out_of_bounds(table: str, columns: Iterable[Column | Setting], rows: Iterable[Frozen]) -> Iterator[str]:
    bounded = [(column.field, *bounds) for column in columns if (bounds := _bounds(column.kind)) is not None]
    for row in rows if bounded else ():
        for field, low, high in bounded:
            value = getattr(row, field)
            if value is not None and not low <= value <= high:
                yield f"{field} i {table} ({_name_of(row)}) är {value}, men ska ligga mellan {low} och {high}"


def _bounds(kind: Kind) -> tuple[int, int] | None:
    match kind:
        case Whole(low, high):
            return low, MAX_COUNT if high is None else high
        case HalfSteps(low, high):
            return low, high
        case Number():
            return 0, MAX_COUNT
        case Hours():
            return 0, MAX_COUNT * _HOURS
        case _:
            return None


def _name_of(row: Frozen) -> str:
    """The row's leading id."""
    return str(getattr(row, next(iter(type(row).model_fields))))


def _no_weekdays(problem: TermProblem) -> Iterator[str]:
    rows = [("inställningar", problem.settings.open_weekdays)]
    rows += [(hire.id, hire.weekdays) for hire in problem.hires]
    rows += [(mentor.id, mentor.weekdays) for mentor in problem.mentors]
    rows += [(row.organisation, row.weekdays) for row in problem.forecast]
    for where, days in rows:
        yield from (
            f"veckodagen {day} i {where} ligger inte mellan 1 och 7" for day in days if not 1 <= day <= _LAST_WEEKDAY
        )


def _unknown_modules(problem: TermProblem) -> Iterator[str]:
    """Sessions and parts are of modules that their programme has."""
    known = {programme.id: _numbers(programme) for programme in problem.programmes}
    for session in problem.sessions:
        programme = problem.round_by_id[session.round].programme
        if session.module not in known[programme]:
            yield f"tillfället {session.id} är av moment {session.module}, som {programme} inte har"
    parts: list[tuple[str, tuple[Part, ...]]] = [(hire.id, hire.credits) for hire in problem.hires]
    parts += [(task.id, task.after) for task in problem.tasks]
    for where, of_row in parts:
        for part in of_row:
            if part.module is not None and part.module not in known[part.programme]:
                yield f"{where} nämner moment {part.module}, som {part.programme} inte har"


def _numbers(programme: Programme) -> set[int]:
    return {module.number for module in programme.modules}
