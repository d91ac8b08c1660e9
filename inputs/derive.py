"""Tables that may be left out, made from what the others say (INPUT.md, "Tables")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.readers.sessions import SessionRow
from inputs.schema import ORGANISATIONS, ROUNDS, SESSIONS
from inputs.tables import Table
from inputs.term_tables import TermTables
from models.problem import Organisation, Round

T = TypeVar("T")


def fill_in(term: TermTables, tables: Mapping[str, Table], findings: Findings) -> TermTables:
    """The tables with administrations and rounds where their tables are missing.

    A table with headings only says nothing, as in a template half filled in: it counts as missing.
    """
    if not _has_rows(term, tables, ROUNDS.name):
        columns = tables[SESSIONS.name].columns if SESSIONS.name in tables else frozenset(SESSIONS.columns)
        term = replace(term, rounds=_rounds(term.sessions, columns, findings))
    if not _has_rows(term, tables, ORGANISATIONS.name):
        term = replace(term, organisations=_organisations(term))
    return term


def _has_rows(term: TermTables, tables: Mapping[str, Table], name: str) -> bool:
    return name in term.broken_tables or (name in tables and bool(tables[name].rows))


def _rounds(sessions: Iterable[Entry[SessionRow]], columns: frozenset[str], findings: Findings) -> list[Entry[Round]]:
    report = _Reporter(columns, findings)
    rounds: dict[str, Entry[Round]] = {}
    for entry in sessions:
        programme = entry.item.programme
        if entry.sound("utbildning") and programme is None:
            report.missing(entry, "utbildning")
        if not entry.sound("omgång"):
            continue
        known = rounds.get(entry.item.round)
        if known is None:
            if entry.sound("platser") and entry.item.seats is None:
                report.missing(entry, "platser")
            rounds[entry.item.round] = _round(entry)
        elif known.sound("utbildning") and entry.sound("utbildning") and known.item.programme != programme:
            entry.error(
                findings,
                "omgång_i_två_utbildningar",
                "omgång",
                f"hör redan till {known.item.programme} (rad {known.row}); ge omgångarna olika id",
            )
    return list(rounds.values())


class _Reporter:
    """Reports what ``tillfällen`` must say when there is no table ``omgångar``: once if the whole column is missing."""

    def __init__(self, columns: frozenset[str], findings: Findings) -> None:
        self._columns = columns
        self._findings = findings
        self._told: set[str] = set()

    def missing(self, entry: Entry[SessionRow], column: str) -> None:
        if column in self._columns:
            message = "värde saknas; det behövs här när tabellen omgångar saknas"
            entry.error(self._findings, "värde_saknas", column, message)
            return
        entry.faulty.add(column)
        if column not in self._told:
            self._told.add(column)
            message = "kolumnen saknas; den behövs här när tabellen omgångar saknas"
            self._findings.error("kolumn_saknas", message, table=SESSIONS.name, column=column)


def _round(entry: Entry[SessionRow]) -> Entry[Round]:
    row = entry.item
    round_ = Round(id=row.round, programme=row.programme or "", seats=row.seats or 0)
    return Entry(round_, entry.table, entry.row, entry.values, set(entry.faulty & {"utbildning", "platser"}))


def _organisations(term: TermTables) -> list[Entry[Organisation]]:
    ids = sorted(set(_organisation_ids(term)))
    return [Entry(Organisation(id=id_, name=id_), ORGANISATIONS.name, None) for id_ in ids]


def _organisation_ids(term: TermTables) -> Iterator[str]:
    yield from _sound(term.hires, "förvaltning", lambda h: (h.hire.organisation,))
    yield from _sound(term.quotas, "förvaltning", lambda q: (q.organisation,))
    yield from _sound(term.rounds, "förvaltning", lambda r: r.organisations)
    yield from _sound(term.breaks, "förvaltning", lambda b: b.organisations)
    yield from _sound(term.programmes, "förvaltning", lambda p: p.organisations)
    yield from _sound(term.trainers, "förvaltning", lambda t: (t.organisation,) if t.organisation else ())
    yield from _sound(term.mentors, "förvaltning", lambda m: (m.organisation,))
    yield from _sound(term.tasks, "förvaltning", lambda t: t.task.organisations)
    yield from _sound(term.forecast, "förvaltning", lambda f: (f.organisation,))


def _sound(entries: Sequence[Entry[T]], column: str, ids: Callable[[T], Iterable[str]]) -> Iterator[str]:
    for entry in entries:
        if entry.sound(column):
            yield from ids(entry.item)
