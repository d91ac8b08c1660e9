"""All rows of one input, read but not yet cross-checked, and the look-ups that the checks share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from columns import tables as registry
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.readers import absences, hires, modules, plain, programmes, sessions, settings, tasks
from inputs.readers.absences import AbsenceRow
from inputs.readers.hires import HireRow
from inputs.readers.modules import ModuleRow
from inputs.readers.sessions import SessionRow
from inputs.readers.settings import SettingsRows
from inputs.readers.tasks import TaskRow
from inputs.schema import HIRES, MODULES, ORGANISATIONS, PROGRAMMES, ROUNDS, SESSIONS
from inputs.tables import Table
from models.problem import (
    Attendance,
    Barred,
    Break,
    Forecast,
    GivenBooking,
    Mentor,
    Organisation,
    Programme,
    Quota,
    Round,
    Trainer,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Index(Generic[T]):
    """A table's entries by id (the first of each).

    ``lost``: for each row whose id could not be read, what the id may have been. ``whole``: the table was read to
    its end.
    """

    by_id: Mapping[str, Entry[T]]
    lost: Sequence[re.Pattern[str]]
    whole: bool

    def unexplained(self, ids: Iterable[str]) -> set[str]:
        """Which of these ids neither have a row nor may be those of the rows whose id could not be read."""
        unknown = {id_ for id_ in ids if id_ not in self.by_id}
        if not self.whole:
            return set()
        explained = {id_ for id_ in unknown if any(pattern.fullmatch(id_) for pattern in self.lost)}
        return unknown - explained if len(explained) <= len(self.lost) else unknown


@dataclass(frozen=True)
class TermTables:
    """The entries of every table, with ``whole`` for each table that could be read to its end."""

    settings: SettingsRows
    breaks: Sequence[Entry[Break]]
    organisations: Sequence[Entry[Organisation]]
    programmes: Sequence[Entry[Programme]]
    modules: Sequence[Entry[ModuleRow]]
    rounds: Sequence[Entry[Round]]
    sessions: Sequence[Entry[SessionRow]]
    quotas: Sequence[Entry[Quota]]
    hires: Sequence[Entry[HireRow]]
    absences: Sequence[Entry[AbsenceRow]]
    bookings: Sequence[Entry[GivenBooking]]
    barred: Sequence[Entry[Barred]]
    attendance: Sequence[Entry[Attendance]]
    trainers: Sequence[Entry[Trainer]]
    mentors: Sequence[Entry[Mentor]]
    tasks: Sequence[Entry[TaskRow]]
    forecast: Sequence[Entry[Forecast]]
    broken_tables: frozenset[str] = field(default_factory=frozenset)

    def organisation_index(self) -> Index[Organisation]:
        """Administrations by id."""
        return self._index(ORGANISATIONS.name, self.organisations, lambda o: o.id)

    def programme_index(self) -> Index[Programme]:
        """Programmes by id."""
        return self._index(PROGRAMMES.name, self.programmes, lambda p: p.id)

    def round_index(self) -> Index[Round]:
        """Rounds by id."""
        return self._index(ROUNDS.name, self.rounds, lambda r: r.id)

    def session_index(self) -> Index[SessionRow]:
        """Sessions by id."""
        return self._index(SESSIONS.name, self.sessions, lambda s: s.id)

    def hire_index(self) -> Index[HireRow]:
        """Hires by id."""
        return self._index(HIRES.name, self.hires, lambda h: h.hire.id)

    def _index(self, table: str, entries: Sequence[Entry[T]], id_of: Callable[[T], str]) -> Index[T]:
        by_id: dict[str, Entry[T]] = {}
        sound = [entry for entry in entries if entry.sound("id")]
        for entry in sound:
            by_id.setdefault(id_of(entry.item), entry)
        lost = [_possible_id(entry) for entry in entries if not entry.sound("id")]
        return Index(by_id, lost, table not in self.broken_tables)

    def mistrust_made_ids(self) -> None:
        """A session id made of a round and a module that are not to be trusted is none."""
        for entry in self.sessions:
            if "id" not in entry.values and not entry.sound("omgång", "moment"):
                entry.faulty.add("id")

    def sessions_of_round(self) -> Mapping[str, Sequence[Entry[SessionRow]]]:
        """Sessions by round id, those whose round was read, in row order."""
        found: dict[str, list[Entry[SessionRow]]] = defaultdict(list)
        for entry in self.sessions:
            if entry.sound("omgång"):
                found[entry.item.round].append(entry)
        return found

    def listed_modules(self) -> Mapping[str, Mapping[int, str | None]]:
        """Number to name of the modules that table ``moment`` gives each programme."""
        found: dict[str, dict[int, str | None]] = defaultdict(dict)
        for entry in self.modules:
            if entry.sound("utbildning", "nr"):
                found[entry.item.programme].setdefault(entry.item.number, entry.item.name)
        return found

    def modules_in_doubt(self) -> Callable[[str], bool]:
        """Whether a programme may have modules that could not be read."""
        anywhere = MODULES.name in self.broken_tables or any(not e.sound("utbildning") for e in self.modules)
        doubtful = {e.item.programme for e in self.modules if not e.sound("nr")}
        return lambda programme: anywhere or programme in doubtful

    def modules_of(self) -> Mapping[str, Mapping[int, str | None]]:
        """Number to name of each programme's modules: listed, else seen in its sessions, else a single one."""
        seen: dict[str, dict[int, str | None]] = defaultdict(dict)
        rounds_by_id = self.round_index().by_id
        for entry in self.sessions:
            if entry.sound("omgång", "moment") and entry.item.round in rounds_by_id:
                seen[rounds_by_id[entry.item.round].item.programme][entry.item.module] = None
        listed = self.listed_modules()
        ids = [entry.item.id for entry in self.programmes]
        return {id_: listed.get(id_) or seen.get(id_) or {1: None} for id_ in ids}

    def horizon(self) -> tuple[date, date] | None:
        """First and last day of planning; None when neither settings nor sessions tell."""
        days = [entry.item.day for entry in self.sessions if entry.sound("datum")]
        first = self.settings.horizon_start or min(days, default=None)
        last = self.settings.horizon_end or max(days, default=None)
        return (first, last) if first and last else None


def _possible_id(entry: Entry[Any]) -> re.Pattern[str]:
    row = entry.item
    if not isinstance(row, SessionRow) or "id" in entry.values:
        return re.compile(".*")
    round_ = re.escape(row.round) if entry.sound("omgång") else ".*"
    module = str(row.module) if entry.sound("moment") else "[0-9]+"
    return re.compile(f"{round_}-{module}(-[0-9]+)?")


def read_term_tables(tables: Mapping[str, Table], findings: Findings) -> TermTables:
    """Every table read, every faulty cell reported."""
    chosen = settings.read(tables, findings)
    term = TermTables(
        settings=chosen,
        breaks=list(plain.read(tables, findings, registry.BREAKS, Break)),
        organisations=list(plain.read(tables, findings, registry.ORGANISATIONS, Organisation)),
        programmes=list(programmes.read(tables, findings, default_deadline_months=chosen.deadline_months)),
        modules=list(modules.read(tables, findings)),
        rounds=list(plain.read(tables, findings, registry.ROUNDS, Round)),
        sessions=sessions.read(tables, findings),
        quotas=list(plain.read(tables, findings, registry.QUOTAS, Quota)),
        hires=list(hires.read(tables, findings)),
        absences=list(absences.read(tables, findings)),
        bookings=list(plain.read(tables, findings, registry.BOOKINGS, GivenBooking)),
        barred=list(plain.read(tables, findings, registry.BARRED, Barred)),
        attendance=list(plain.read(tables, findings, registry.ATTENDANCE, Attendance)),
        trainers=list(plain.read(tables, findings, registry.TRAINERS, Trainer)),
        mentors=list(plain.read(tables, findings, registry.MENTORS, Mentor)),
        tasks=list(tasks.read(tables, findings)),
        forecast=list(plain.read(tables, findings, registry.FORECAST, Forecast)),
        broken_tables=_broken(tables),
    )
    term.mistrust_made_ids()
    return term


def _broken(tables: Mapping[str, Table]) -> frozenset[str]:
    needed_but_missing = {PROGRAMMES.name, SESSIONS.name, HIRES.name} - tables.keys()
    return frozenset(needed_but_missing | {name for name, table in tables.items() if not table.readable})
