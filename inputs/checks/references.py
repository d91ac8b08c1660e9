"""Ids that point to a row of another table which isn't there; the nearest known id is suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from inputs.credit import credit_of, part_of
from inputs.entries import Entry
from inputs.findings import SHOWN_OF_A_KIND, Findings
from inputs.names import did_you_mean, fold
from inputs.term_tables import Index, TermTables
from models.problem import Organisation, Programme

T = TypeVar("T")


@dataclass(frozen=True)
class _Use(Generic[T]):
    """One mention of an id."""

    entry: Entry[T]
    column: str
    id: str


def check(term: TermTables, findings: Findings) -> None:
    """Report every mention of an id that no row has, sessions apart."""
    _known("utbildning", "utbildningar", term.programme_index(), list(_programme_uses(term)), findings)
    _known("omgång", "omgångar", term.round_index(), list(_round_uses(term)), findings)
    _known("förvaltning", "förvaltningar", term.organisation_index(), list(_organisation_uses(term)), findings)
    _known("nyanställd", "nyanställda", term.hire_index(), list(_hire_uses(term)), findings)


def check_sessions(term: TermTables, findings: Findings) -> None:
    """Report every mention of a session that there is not; after all else is known of the sessions themselves."""
    term.mistrust_made_ids()
    _known("tillfälle", "tillfällen", term.session_index(), list(_session_uses(term)), findings)


def _known(what: str, table: str, index: Index[Any], uses: Sequence[_Use[Any]], findings: Findings) -> None:
    ids_by_name = _ids_by_name(index)
    unexplained = index.unexplained(use.id for use in uses)
    hints: dict[str, str] = {}
    for use in uses:
        if use.id in index.by_id:
            continue
        if use.id not in unexplained:
            # A row whose own id could not be read may be the one: that fault is already told.
            use.entry.faulty.add(use.column)
            continue
        if use.id not in hints:
            # The search takes its time among thousands of ids, and beyond the first findings nobody sees its results.
            guess = did_you_mean(use.id, index.by_id) if len(hints) < SHOWN_OF_A_KIND else ""
            if fold(use.id) in ids_by_name:
                guess = f"; det är namnet, skriv id:t {ids_by_name[fold(use.id)]}"
            hints[use.id] = guess or "; lägg till en rad där, eller rätta id:t"
        use.entry.error(findings, f"okänd_{what}", use.column, f"finns inte i tabellen {table}{hints[use.id]}", use.id)


def _ids_by_name(index: Index[Any]) -> dict[str, str]:
    """Ids of administrations and programmes by their names."""
    named = (
        (entry.item, id_) for id_, entry in index.by_id.items() if isinstance(entry.item, Organisation | Programme)
    )
    return {fold(item.name): id_ for item, id_ in named}


def _uses(entries: Iterable[Entry[T]], column: str, ids: Callable[[T], Iterable[str]]) -> Iterator[_Use[T]]:
    for entry in entries:
        if entry.sound(column):
            for id_ in ids(entry.item):
                yield _Use(entry, column, id_)


def _programme_uses(term: TermTables) -> Iterator[_Use[Any]]:
    known = term.programme_index().by_id
    yield from _uses(term.modules, "utbildning", lambda m: (m.programme,))
    yield from _uses(term.rounds, "utbildning", lambda r: (r.programme,))
    yield from _uses(term.programmes, "efter", lambda p: p.after)
    yield from _uses(term.hires, "utbildningar", lambda h: h.hire.programmes or ())
    yield from _uses(term.hires, "tillgodoräknas", lambda h: (credit_of(w, known).programme for w in h.credits))
    yield from _uses(term.tasks, "efter", lambda t: (part_of(w, known).programme for w in t.after))


def _round_uses(term: TermTables) -> Iterator[_Use[Any]]:
    yield from _uses(term.sessions, "omgång", lambda s: (s.round,))
    yield from _uses(term.quotas, "omgång", lambda q: (q.round,))
    yield from _uses(term.barred, "omgång", lambda b: (b.round,))


def _organisation_uses(term: TermTables) -> Iterator[_Use[Any]]:
    yield from _uses(term.hires, "förvaltning", lambda h: (h.hire.organisation,))
    yield from _uses(term.quotas, "förvaltning", lambda q: (q.organisation,))
    yield from _uses(term.rounds, "förvaltning", lambda r: r.organisations)
    yield from _uses(term.breaks, "förvaltning", lambda b: b.organisations)
    yield from _uses(term.programmes, "förvaltning", lambda p: p.organisations)
    yield from _uses(term.trainers, "förvaltning", lambda t: (t.organisation,) if t.organisation else ())
    yield from _uses(term.mentors, "förvaltning", lambda m: (m.organisation,))
    yield from _uses(term.tasks, "förvaltning", lambda t: t.task.organisations)
    yield from _uses(term.forecast, "förvaltning", lambda f: (f.organisation,))


def _hire_uses(term: TermTables) -> Iterator[_Use[Any]]:
    yield from _uses(term.absences, "nyanställd", lambda a: (a.hire,) if a.hire else ())
    yield from _uses(term.barred, "nyanställd", lambda b: (b.hire,))
    yield from _uses(term.bookings, "nyanställd", lambda b: (b.hire,))
    yield from _uses(term.attendance, "nyanställd", lambda a: (a.hire,))


def _session_uses(term: TermTables) -> Iterator[_Use[Any]]:
    yield from _uses(term.bookings, "tillfälle", lambda b: (b.session,))
    yield from _uses(term.attendance, "tillfälle", lambda a: (a.session,))
