"""What can be trusted of an input with errors, so that its warnings are told together with the errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from inputs.credit import credit_of
from inputs.entries import Entry
from inputs.term_tables import TermTables


def sound_part(term: TermTables) -> TermTables:
    """The rows without any fault that point at no row with one."""
    organisations = _sound(term.organisations)
    known = {entry.item.id for entry in organisations}
    programmes = _closed(_where(term.programmes, lambda p: known.issuperset(p.organisations)))
    programme_ids = {entry.item.id for entry in programmes}
    rounds = [
        r for r in _sound(term.rounds) if r.item.programme in programme_ids and known.issuperset(r.item.organisations)
    ]
    round_ids = {entry.item.id for entry in rounds}
    sessions = [s for s in _sound(term.sessions) if s.item.round in round_ids]
    hires = [h for h in _sound(term.hires) if _points_at(h, known, programme_ids)]
    hire_ids, session_ids = {h.item.hire.id for h in hires}, {s.item.id for s in sessions}
    seats = [(e.item.hire in hire_ids and e.item.session in session_ids, e) for e in _sound(term.bookings)]
    barred = [e for e in _sound(term.barred) if e.item.hire in hire_ids and e.item.round in round_ids]
    told = [(e.item.hire in hire_ids and e.item.session in session_ids, e) for e in _sound(term.attendance)]
    return replace(
        term,
        breaks=[b for b in _sound(term.breaks) if known.issuperset(b.item.organisations)],
        organisations=organisations,
        programmes=programmes,
        modules=[m for m in _sound(term.modules) if m.item.programme in programme_ids],
        rounds=rounds,
        sessions=sessions,
        quotas=[q for q in _sound(term.quotas) if q.item.round in round_ids and q.item.organisation in known],
        hires=hires,
        absences=[a for a in _sound(term.absences) if a.item.hire is None or a.item.hire in hire_ids],
        bookings=[entry for fits, entry in seats if fits],
        barred=barred,
        attendance=[entry for fits, entry in told if fits],
        trainers=_where(term.trainers, lambda t: t.organisation is None or t.organisation in known),
        mentors=_where(term.mentors, lambda m: m.organisation in known),
        tasks=_where(term.tasks, lambda t: not t.after and known.issuperset(t.task.organisations)),
        forecast=_where(term.forecast, lambda f: f.organisation in known),
    )


def has_all_hires(term: TermTables, part: TermTables) -> bool:
    """Whether every hire is there: else it would be said of rounds that too few can come."""
    return len(term.hires) == len(part.hires)


def has_whole_supply(term: TermTables, part: TermTables) -> bool:
    """Whether every programme, round and session is there:
    else it would be said that seats are missing that are not.
    """
    tables = ((term.programmes, part.programmes), (term.rounds, part.rounds), (term.sessions, part.sessions))
    return not term.broken_tables and all(len(rows) == len(kept) for rows, kept in tables)


def _sound(entries: Sequence[Entry[Any]]) -> list[Entry[Any]]:
    return [entry for entry in entries if not entry.faulty]


def _where(entries: Sequence[Entry[Any]], fits: Callable[[Any], bool]) -> list[Entry[Any]]:
    return [entry for entry in _sound(entries) if fits(entry.item)]


def _closed(programmes: list[Entry[Any]]) -> list[Entry[Any]]:
    """The programmes whose ``efter`` are among them."""
    while True:
        ids = {entry.item.id for entry in programmes}
        kept = [entry for entry in programmes if ids.issuperset(entry.item.after)]
        if len(kept) == len(programmes):
            return kept
        programmes = kept


def _points_at(entry: Entry[Any], organisations: set[str], programmes: set[str]) -> bool:
    hire = entry.item.hire
    wanted = {*(hire.programmes or ()), *(credit_of(written, programmes).programme for written in entry.item.credits)}
    return hire.organisation in organisations and programmes.issuperset(wanted)
