"""The problem in its one normal form: defaults filled in, rows sorted by their leading ids, sets sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from inputs.credit import credit_of
from inputs.draft import Draft
from inputs.entries import Entry
from inputs.public_holidays import holidays_between
from inputs.readers.hires import HireRow
from inputs.readers.sessions import SessionRow
from models.problem import (
    Absence,
    Break,
    Hire,
    Holiday,
    Module,
    Programme,
    Round,
    Session,
    Settings,
    TermProblem,
)

T = TypeVar("T")


def problem_of(draft: Draft, horizon: tuple[date, date]) -> TermProblem:
    """The problem that a draft without faults says."""
    sessions = _sessions(draft)
    return TermProblem(
        settings=_settings(draft, horizon),
        holidays=_holidays(draft, horizon, sessions),
        breaks=_sorted_set(map(_break, _items(draft.breaks)), lambda b: (b.name, b.first, b.last, b.organisations)),
        organisations=_sorted(_items(draft.organisations), lambda o: o.id),
        programmes=_programmes(draft),
        rounds=_sorted(map(_round, _items(draft.rounds)), lambda r: r.id),
        sessions=sessions,
        quotas=_sorted(_items(draft.quotas), lambda q: (q.round, q.organisation)),
        hires=_hires(draft),
        absences=_sorted_set(_items(draft.absences), _absence_key),
        bookings=_sorted(_items(draft.bookings), lambda b: (b.hire, b.session)),
        attendance=_sorted(_items(draft.attendance), lambda a: (a.hire, a.session)),
    )


def _items(entries: Iterable[Entry[T]]) -> Iterable[T]:
    return (entry.item for entry in entries)


def _sorted(items: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted(items, key=key))


def _sorted_set(items: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted(set(items), key=key))


def _absence_key(absence: Absence) -> tuple[str, date, date]:
    return absence.hire, absence.first, absence.last


def _settings(draft: Draft, horizon: tuple[date, date]) -> Settings:
    chosen = draft.settings
    return Settings(
        term=chosen.term,
        horizon_start=horizon[0],
        horizon_end=horizon[1],
        deadline_months=chosen.deadline_months,
        notice_days=chosen.notice_days,
        weekly_cap=chosen.weekly_cap,
        weekly_cap_with_cases=chosen.weekly_cap_with_cases,
        max_away_per_unit=chosen.max_away_per_unit,
        max_share_percent=chosen.max_share_percent,
        open_weekdays=chosen.open_weekdays,
        holiday_country=chosen.holiday_country,
        timezone=chosen.timezone,
        planning_date=chosen.planning_date,
        organizer=chosen.organizer,
        calendar_series=chosen.calendar_series,
    )


def _holidays(draft: Draft, horizon: tuple[date, date], sessions: Iterable[Session]) -> tuple[Holiday, ...]:
    days = [*horizon, *(session.day for session in sessions)]
    return holidays_between(draft.settings.holiday_country, min(days), max(days))


def _set_of(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _break(given: Break) -> Break:
    return given.model_copy(update={"organisations": _set_of(given.organisations)})


def _round(given: Round) -> Round:
    return given.model_copy(update={"organisations": _set_of(given.organisations)})


def _programmes(draft: Draft) -> tuple[Programme, ...]:
    modules = draft.modules_of()
    return _sorted((_programme(given, modules[given.id]) for given in _items(draft.programmes)), lambda p: p.id)


def _programme(given: Programme, modules: Mapping[int, str | None]) -> Programme:
    return given.model_copy(
        update={
            "after": _set_of(given.after),
            "target_groups": _set_of(given.target_groups),
            "modules": tuple(
                Module(number=number, name=name or f"Moment {number}") for number, name in sorted(modules.items())
            ),
        }
    )


def _sessions(draft: Draft) -> tuple[Session, ...]:
    rounds = {entry.item.id: entry.item for entry in draft.rounds}
    return _sorted((_session(row, rounds[row.round]) for row in _items(draft.sessions)), lambda s: s.id)


def _session(row: SessionRow, round_: Round) -> Session:
    return Session(
        id=row.id,
        round=row.round,
        module=row.module,
        meeting=row.meeting,
        day=row.day,
        start=row.start,
        end=row.end,
        place=row.place,
        room=row.room,
        trainers=row.trainers,
        seats=round_.seats if row.seats is None else row.seats,
        accessible=row.accessible,
        cancelled=row.cancelled,
    )


def _hires(draft: Draft) -> tuple[Hire, ...]:
    programmes = {entry.item.id for entry in draft.programmes}
    return _sorted((_hire(row, programmes) for row in _items(draft.hires)), lambda h: h.id)


def _hire(row: HireRow, programmes: set[str]) -> Hire:
    credits_ = {credit_of(written, programmes) for written in row.credits}
    given = row.hire
    return given.model_copy(
        update={
            "target_groups": _set_of(given.target_groups),
            "programmes": None if given.programmes is None else _set_of(given.programmes),
            "credits": tuple(sorted(credits_, key=lambda credit: (credit.programme, credit.module or 0))),
        }
    )
