"""The problem in its one normal form: defaults filled in, rows sorted by their leading ids, sets sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from inputs.cells import OPEN_END
from inputs.credit import credit_of, part_of
from inputs.entries import Entry
from inputs.public_holidays import holidays_between
from inputs.readers.absences import AbsenceRow
from inputs.readers.hires import HireRow
from inputs.readers.sessions import SessionRow
from inputs.readers.tasks import TaskRow
from inputs.target_groups import spelling
from inputs.term_tables import TermTables
from inputs.trainers import shown_names
from inputs.trainers import spelling as trainers_spelling
from models.problem import (
    Absence,
    Break,
    Forecast,
    Hire,
    Holiday,
    Mentor,
    Module,
    Programme,
    Round,
    Session,
    Settings,
    Task,
    TermProblem,
    Trainer,
)

T = TypeVar("T")
YEARS_OF_TASKS = 3
"""Years before and after the term for which holidays are known where there are tasks."""
MOVED = timedelta(days=60)
"""How far a task may be moved by days on which it cannot be done."""


def problem_of(term: TermTables, horizon: tuple[date, date]) -> TermProblem:
    """The problem that tables without faults say."""
    sessions = _sessions(term)
    return TermProblem(
        settings=_settings(term, horizon),
        holidays=_holidays(term, horizon, sessions),
        breaks=_sorted_set(
            (_break(b, horizon[1]) for b in _items(term.breaks)), lambda b: (b.name, b.first, b.last, b.organisations)
        ),
        organisations=_sorted(_items(term.organisations), lambda o: o.id),
        programmes=_programmes(term),
        rounds=_sorted(map(_round, _items(term.rounds)), lambda r: r.id),
        sessions=sessions,
        quotas=_sorted(_items(term.quotas), lambda q: (q.round, q.organisation)),
        hires=_hires(term),
        absences=_absences(term, horizon[1]),
        bookings=_sorted(_items(term.bookings), lambda b: (b.hire, b.session)),
        barred=_sorted(_items(term.barred), lambda b: (b.hire, b.round)),
        attendance=_sorted(_items(term.attendance), lambda a: (a.hire, a.session)),
        trainers=_trainers(term),
        mentors=_mentors(term),
        tasks=_tasks(term),
        forecast=_forecast(term),
    )


def _items(entries: Iterable[Entry[T]]) -> Iterable[T]:
    return (entry.item for entry in entries)


def _sorted(items: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted(items, key=key))


def _sorted_set(items: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted(set(items), key=key))


def _absence_key(absence: Absence) -> tuple[str, str, date, date]:
    return absence.hire or "", absence.trainer or "", absence.first, absence.last


def _settings(term: TermTables, horizon: tuple[date, date]) -> Settings:
    given = {name: getattr(term.settings, name) for name in Settings.model_fields}
    return Settings(**given | {"horizon_start": horizon[0], "horizon_end": horizon[1]})


def _holidays(term: TermTables, horizon: tuple[date, date], sessions: Iterable[Session]) -> tuple[Holiday, ...]:
    days = [*horizon, *(session.day for session in sessions), *_days_of_tasks(term, horizon)]
    return holidays_between(term.settings.holiday_country, min(days), max(days))


def _days_of_tasks(term: TermTables, horizon: tuple[date, date]) -> Iterator[date]:
    """The first and the last day on which a task may lie, as
    far as plans of people are made: some years around the term.
    """
    around = timedelta(days=366 * YEARS_OF_TASKS)
    starts = [entry.item.hire.starts for entry in term.hires]
    tasks = [entry.item.task for entry in term.tasks]
    if starts and tasks:
        first = min(starts) + timedelta(days=min(task.from_day for task in tasks)) - MOVED
        last = max(starts) + timedelta(days=max(task.to_day for task in tasks)) + MOVED
        yield max(first, horizon[0] - around)
        yield min(last, horizon[1] + around)


def _set_of(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _break(given: Break, horizon_end: date) -> Break:
    last = _ended(given.first, given.last, horizon_end)
    return given.model_copy(update={"organisations": _set_of(given.organisations), "last": last})


def _absences(term: TermTables, horizon_end: date) -> tuple[Absence, ...]:
    name_of = trainers_spelling(term)

    def absence(row: AbsenceRow) -> Absence:
        trainer = None if row.trainer is None else name_of(row.trainer)
        return Absence(hire=row.hire, trainer=trainer, first=row.first, last=_ended(row.first, row.last, horizon_end))

    return _sorted_set(map(absence, _items(term.absences)), _absence_key)


def _ended(first: date, last: date, horizon_end: date) -> date:
    """The last day; until further notice is to the end of the horizon."""
    return max(first, horizon_end) if last == OPEN_END else last


def _round(given: Round) -> Round:
    return given.model_copy(update={"organisations": _set_of(given.organisations)})


def _programmes(term: TermTables) -> tuple[Programme, ...]:
    modules = term.modules_of()
    spelled = spelling(term)
    alone = {given.id for given in _items(term.programmes) if given.own_time}
    return _sorted(
        (_programme(given, modules[given.id], alone, spelled) for given in _items(term.programmes)), lambda p: p.id
    )


def _programme(
    given: Programme, modules: Mapping[int, str | None], alone: set[str], spelled: Callable[[str], str]
) -> Programme:
    """The programme; what is taken alone comes neither before nor after anything."""
    return given.model_copy(
        update={
            "after": () if given.own_time else _set_of(set(given.after) - alone),
            "organisations": _set_of(given.organisations),
            "target_groups": _set_of(map(spelled, given.target_groups)),
            "modules": tuple(
                Module(number=number, name=name or f"Moment {number}") for number, name in sorted(modules.items())
            ),
        }
    )


def _sessions(term: TermTables) -> tuple[Session, ...]:
    rounds = {entry.item.id: entry.item for entry in term.rounds}
    name_of = trainers_spelling(term)
    return _sorted((_session(row, rounds[row.round], name_of) for row in _items(term.sessions)), lambda s: s.id)


def _session(row: SessionRow, round_: Round, name_of: Callable[[str], str]) -> Session:
    given = {name: getattr(row, name) for name in Session.model_fields}
    trainers = tuple(dict.fromkeys(map(name_of, row.trainers)))
    return Session(**given | {"seats": round_.seats if row.seats is None else row.seats, "trainers": trainers})


def _hires(term: TermTables) -> tuple[Hire, ...]:
    programmes = {entry.item.id for entry in term.programmes}
    spelled = spelling(term)
    return _sorted((_hire(row, programmes, spelled) for row in _items(term.hires)), lambda h: h.id)


def _hire(row: HireRow, programmes: set[str], spelled: Callable[[str], str]) -> Hire:
    credits_ = {credit_of(written, programmes) for written in row.credits}
    given = row.hire
    return given.model_copy(
        update={
            "target_groups": _set_of(map(spelled, given.target_groups)),
            "programmes": None if given.programmes is None else _set_of(given.programmes),
            "credits": tuple(sorted(credits_, key=lambda credit: (credit.programme, credit.module or 0))),
        }
    )


def _trainers(term: TermTables) -> tuple[Trainer, ...]:
    shown = shown_names(term)
    return _sorted((t.model_copy(update={"name": shown(t)}) for t in _items(term.trainers)), lambda t: t.id)


def _mentors(term: TermTables) -> tuple[Mentor, ...]:
    spelled = spelling(term)
    return _sorted(
        (m.model_copy(update={"target_groups": _set_of(map(spelled, m.target_groups))}) for m in _items(term.mentors)),
        lambda m: m.id,
    )


def _tasks(term: TermTables) -> tuple[Task, ...]:
    programmes = {entry.item.id for entry in term.programmes}
    spelled = spelling(term)
    return _sorted((_task(row, programmes, spelled) for row in _items(term.tasks)), lambda t: t.id)


def _task(row: TaskRow, programmes: set[str], spelled: Callable[[str], str]) -> Task:
    after = {part_of(written, programmes) for written in row.after}
    return row.task.model_copy(
        update={
            "organisations": _set_of(row.task.organisations),
            "target_groups": _set_of(map(spelled, row.task.target_groups)),
            "after": tuple(sorted(after, key=lambda part: (part.programme, part.module or 0))),
        }
    )


def _forecast(term: TermTables) -> tuple[Forecast, ...]:
    spelled = spelling(term)
    rows = (
        f.model_copy(update={"target_groups": _set_of(map(spelled, f.target_groups))}) for f in _items(term.forecast)
    )
    return _sorted(rows, forecast_key)


def forecast_key(row: Forecast) -> tuple[object, ...]:
    """What the rows of a forecast are sorted by."""
    return *forecast_kind(row), row.expected, row.dispersion


def forecast_kind(row: Forecast) -> tuple[object, ...]:
    """Of whom a row of a forecast speaks: month, administration and what the hires are like."""
    cases = -1 if row.cases_after_days is None else row.cases_after_days
    return row.month, row.organisation, row.target_groups, row.experienced, row.weekdays, cases
