"""Ids that point to a row of another table which isn't there; the nearest known id is suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from inputs.credit import credit_of, part_of
from inputs.entries import Entry
from inputs.findings import SHOWN_OF_A_KIND, Findings
from inputs.names import did_you_mean, fold
from inputs.term_tables import Index, TermTables

T = TypeVar("T")

# Ids that a message gives to choose among, where several rows have the name.
_MOST_TO_CHOOSE = 4


@dataclass(frozen=True)
class _Use(Generic[T]):
    """One mention of an id."""

    entry: Entry[T]
    column: str
    id: str


@dataclass(frozen=True)
class _Pointed(Generic[T]):
    """A table that ids point to: what its row is, its name, its rows, and which
    ids are meant where something else than an id was written (and what that is).
    """

    what: str
    table: str
    index: Index[T]
    meant: Mapping[str, Sequence[str]]
    instead: str = "namnet"


def check(term: TermTables, findings: Findings) -> None:
    """Report every mention of an id that no row has, sessions apart."""
    programmes, rounds, organisations = term.programme_index(), term.round_index(), term.organisation_index()
    hires = term.hire_index()
    by_programme, by_organisation = _ids_by(programmes, lambda p: p.name), _ids_by(organisations, lambda o: o.name)
    _known(_Pointed("utbildning", "utbildningar", programmes, by_programme), list(_programme_uses(term)), findings)
    _known(_Pointed("omgång", "omgångar", rounds, {}), list(_round_uses(term)), findings)
    _known(
        _Pointed("förvaltning", "förvaltningar", organisations, by_organisation),
        list(_organisation_uses(term)),
        findings,
    )
    by_hire = _ids_by(hires, lambda row: row.hire.name)
    _known(_Pointed("nyanställd", "nyanställda", hires, by_hire), list(_hire_uses(term)), findings)


def check_sessions(term: TermTables, findings: Findings) -> None:
    """Report every mention of a session that there is not; after all else is known of the sessions themselves."""
    term.mistrust_made_ids()
    sessions = term.session_index()
    by_round = _ids_by(sessions, lambda row: row.round)
    _known(_Pointed("tillfälle", "tillfällen", sessions, by_round, "omgången"), list(_session_uses(term)), findings)


def _known(pointed: _Pointed[Any], uses: Sequence[_Use[Any]], findings: Findings) -> None:
    index = pointed.index
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
            if meant := pointed.meant.get(fold(use.id)):
                guess = f"; det är {pointed.instead}, skriv id:t {_one_of(meant)}"
            hints[use.id] = guess or "; lägg till en rad där, eller rätta id:t"
        message = f"finns inte i tabellen {pointed.table}{hints[use.id]}"
        use.entry.error(findings, f"okänd_{pointed.what}", use.column, message, use.id)


def _ids_by(index: Index[T], other_of: Callable[[T], str]) -> Mapping[str, Sequence[str]]:
    """Ids of a table's rows by something else that the row says, folded."""
    found: dict[str, list[str]] = {}
    for id_, entry in index.by_id.items():
        found.setdefault(fold(other_of(entry.item)), []).append(id_)
    return found


def _one_of(ids: Sequence[str]) -> str:
    """The id, or the first few to choose among."""
    more = ["något annat av dem"] if len(ids) > _MOST_TO_CHOOSE else []
    return " eller ".join([*ids[:_MOST_TO_CHOOSE], *more])


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
