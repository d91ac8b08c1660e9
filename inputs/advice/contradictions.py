"""Rows that cannot all be true, and rows that seem to be there twice, where each of them is taken as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple, TypeVar

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.normal_form import forecast_kind
from inputs.readers.absences import AbsenceRow
from inputs.readers.sessions import SessionRow
from inputs.term_tables import TermTables
from models.problem import Attendance, Forecast

T = TypeVar("T")
_ROW = "stämmer båda? Rätta eller ta bort den som inte gör det"


class _Told(NamedTuple):
    """A row of attendance with the session that it is about, whose programme is known."""

    entry: Entry[Attendance]
    session: SessionRow
    programme: str

    @property
    def what(self) -> str:
        return f"{self.entry.item.hire} {'var på' if self.entry.item.present else 'var inte på'} {self.session.id}"


def advise(term: TermTables, findings: Findings) -> None:
    """Name both rows of attendance against attendance or absence, of one
    kind of hires expected twice, and of mentors or names there twice.
    """
    attendance = _attendance(term)
    for rows in attendance.values():
        for one, other in combinations(rows, 2):
            _compare(one, other, findings)
    _absent_and_there(attendance, term, findings)
    _expected_twice(term.forecast, findings)
    _named_twice(term.mentors, lambda m: (m.name, m.organisation), "mentorn räknas två gånger", findings)
    _named_twice(term.organisations, lambda o: o.name, "de planeras som två", findings)


def _attendance(term: TermTables) -> Mapping[str, Sequence[_Told]]:
    """By hire, in order of day and start."""
    sessions, rounds = term.session_index().by_id, term.round_index().by_id
    found: dict[str, list[_Told]] = defaultdict(list)
    for entry in term.attendance:
        session = sessions.get(entry.item.session)
        if session is None or not entry.sound("nyanställd", "tillfälle", "närvarande"):
            continue
        round_ = rounds.get(session.item.round)
        if round_ is not None and session.sound("omgång", "moment", "datum", "start", "slut"):
            found[entry.item.hire].append(_Told(entry, session.item, round_.item.programme))
    return {
        hire: sorted(rows, key=lambda row: (row.session.day, row.session.start, row.session.id))
        for hire, rows in found.items()
    }


def _compare(one: _Told, other: _Told, findings: Findings) -> None:
    """Two rows about one hire, the earlier session first; of a single session they are an error already."""
    first, second = one.session, other.session
    if first.id == second.id or None is one.entry.row is other.entry.row:
        return
    present, later_present = one.entry.item.present, other.entry.item.present
    at_once = first.day == second.day and first.start < second.end and second.start < first.end
    if present and later_present and at_once:
        _warn(other, f"{_place(one.entry)}: {one.what} samtidigt", findings)
    same = (one.programme, first.module) == (other.programme, second.module) and first.round != second.round
    if same and present and not later_present:
        _warn(other, f"{_place(one.entry)}: {one.what}, samma moment, den {first.day}", findings)


def _warn(told: _Told, against: str, findings: Findings) -> None:
    message = f"({told.what} den {told.session.day}) går inte ihop med {against}; {_ROW}"
    value = told.entry.values.get("närvarande", "")
    told.entry.warn(findings, "motsägelse", message, column="närvarande", value=value)


def _absent_and_there(attendance: Mapping[str, Sequence[_Told]], term: TermTables, findings: Findings) -> None:
    away: dict[str, list[Entry[AbsenceRow]]] = defaultdict(list)
    for absence in term.absences:
        if absence.item.hire is not None and absence.sound("nyanställd", "utbildare", "från", "till"):
            away[absence.item.hire].append(absence)
    for hire, rows in attendance.items():
        for told in rows:
            found = _covering(away.get(hire, ()), told.session.day) if told.entry.item.present else None
            if found is None or None is found.row is told.entry.row:
                continue
            _warn(told, f"{_place(found)} i frånvaro", findings)


def _covering(absences: Sequence[Entry[AbsenceRow]], day: date) -> Entry[AbsenceRow] | None:
    return next((entry for entry in absences if entry.item.first <= day <= entry.item.last), None)


def _expected_twice(forecast: Sequence[Entry[Forecast]], findings: Findings) -> None:
    sound = [row for row in forecast if not row.faulty]
    for entry, earlier in _repeated(sound, forecast_kind):
        message = (
            f"finns redan på rad {earlier.row} för samma månad och slag; båda räknas, så ta bort en om de är samma"
        )
        entry.warn(findings, "två_gånger", message, column="förvaltning", value=entry.values.get("förvaltning", ""))


def _named_twice(entries: Sequence[Entry[T]], who: Callable[[T], object], then: str, findings: Findings) -> None:
    for entry, earlier in _repeated([e for e in entries if e.sound("namn", "förvaltning")], who):
        message = f"finns också på rad {earlier.row}, och {then}; ta bort en rad om det är samma"
        entry.warn(findings, "två_gånger", message, column="namn", value=entry.values.get("namn", ""))


def _repeated(entries: Sequence[Entry[T]], key: Callable[[T], object]) -> Iterator[tuple[Entry[T], Entry[T]]]:
    """Each entry that has the key of an earlier one, with that; stored ones have no row to name."""
    first: dict[object, Entry[T]] = {}
    for entry in entries:
        earlier = first.setdefault(key(entry.item), entry)
        if earlier is not entry and entry.row is not None and earlier.row is not None:
            yield entry, earlier


def _place(entry: Entry[T]) -> str:
    if entry.row is None:
        return "det som redan var känt"
    return f"rad {entry.row}"
