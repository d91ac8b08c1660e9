"""Names that differ only in capitals, and target groups that
no programme has: what looks the same is seldom meant apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.names import nearest
from inputs.schema import HIRES
from inputs.term_tables import TermTables

_ROWS_NAMED = 5
_Uses = dict[str, list[Entry[Any]]]


def advise(term: TermTables, findings: Findings, *, stored: bool = False) -> None:
    """Name the rows of each pair of such spellings, and what was probably meant by unknown target groups.

    ``stored``: entries without a row are those of a plan, on top
    of which the rows are read; of these alone nothing is said.
    """
    uses = partial(_uses, stored=stored)
    for entries, id_of in _tables_with_ids(term):
        _alike(uses(entries, "id", id_of), "id", "räknas som olika", findings)
    in_sessions = uses(term.sessions, "utbildare", lambda s: s.trainers)
    in_trainers = uses(term.trainers, "namn", lambda t: (t.name,))
    _alike(_together(in_trainers, in_sessions), "utbildare", _APART, findings)
    _alike(uses(term.sessions, "plats", lambda s: (s.place,)), "plats", _APART, findings)
    units = [uses(term.hires, "enhet", lambda h: (h.hire.unit,))]
    units += [uses(entries, "enhet", lambda row: (row.unit,)) for entries in (term.trainers, term.mentors)]
    _alike(_together(*units), "enhet", _APART, findings)
    in_programmes = uses(term.programmes, "målgrupp", lambda p: p.target_groups)
    in_hires = uses(term.hires, "målgrupp", lambda h: h.hire.target_groups)
    elsewhere = [uses(entries, "målgrupp", lambda r: r.target_groups) for entries in (term.mentors, term.forecast)]
    in_tasks = uses(term.tasks, "målgrupp", lambda t: t.task.target_groups)
    everywhere = _together(in_programmes, in_hires, in_tasks, *elsewhere)
    _alike(everywhere, "målgrupp", "räknas som samma målgrupp", findings)
    _unknown_groups(in_programmes, in_hires, findings)


def _tables_with_ids(term: TermTables) -> Iterator[tuple[Sequence[Entry[Any]], Callable[[Any], Iterable[str]]]]:
    yield term.organisations, lambda o: (o.id,)
    yield term.programmes, lambda p: (p.id,)
    yield term.rounds, lambda r: (r.id,)
    # An id made of a round's is told with the round.
    yield [entry for entry in term.sessions if "id" in entry.values], lambda s: (s.id,)
    yield term.hires, lambda h: (h.hire.id,)
    yield term.trainers, lambda t: (t.id,)
    yield term.mentors, lambda m: (m.id,)
    yield term.tasks, lambda t: (t.task.id,)


_APART = "räknas som olika; skriv lika om det är samma"


def _uses(
    entries: Sequence[Entry[Any]], column: str, words: Callable[[Any], Iterable[str | None]], *, stored: bool
) -> _Uses:
    found: _Uses = defaultdict(list)
    for entry in entries:
        if entry.sound(column) and (stored or entry.row is not None):
            for word in words(entry.item):
                if word:
                    found[word].append(entry)
    return found


def _together(*tables: _Uses) -> _Uses:
    """The uses of all these tables."""
    found: _Uses = defaultdict(list)
    for uses in tables:
        for written, rows in uses.items():
            found[written] += rows
    return found


def _alike(uses: _Uses, column: str, effect: str, findings: Findings) -> None:
    by_fold: dict[str, list[str]] = defaultdict(list)
    for written in uses:
        by_fold[written.casefold()].append(written)
    for spellings in by_fold.values():
        first, *others = sorted(spellings, key=lambda word: (not _is_stored(uses[word]), -len(uses[word]), word))
        for other in others:
            anew = next((entry for entry in uses[other] if entry.row is not None), None)
            if anew is None:
                continue
            message = (
                f'({_rows(uses[other])}) skiljer sig bara i stora och små bokstäver från "{first}" '
                f"({_rows(uses[first])}); de {effect}"
            )
            anew.warn(findings, "bara_skiftläge", message, column=column, value=other)


def _is_stored(entries: Iterable[Entry[Any]]) -> bool:
    return any(entry.row is None for entry in entries)


def _rows(entries: Sequence[Entry[Any]]) -> str:
    by_table: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.row is not None:
            by_table[entry.table].append(str(entry.row))
    told = [f"{table} rad {_listed(rows)}" for table, rows in by_table.items()]
    return "; ".join(["i planen", *told] if _is_stored(entries) else told)


def _listed(rows: Sequence[str]) -> str:
    more = f" och {len(rows) - _ROWS_NAMED} till" if len(rows) > _ROWS_NAMED else ""
    return ", ".join(rows[:_ROWS_NAMED]) + more


def _unknown_groups(in_programmes: _Uses, in_hires: _Uses, findings: Findings) -> None:
    known = {word.casefold() for word in in_programmes}
    others: list[str] = []
    told: set[str] = set()
    for written, entries in in_hires.items():
        rows = [entry for entry in entries if entry.row is not None]
        folded = written.casefold()
        if not rows or folded in known or folded in told:
            continue
        told.add(folded)
        guess = nearest(written, in_programmes)
        if guess is None:
            others.append(written)
            continue
        message = f'finns inte som målgrupp i någon utbildning ({_rows(rows)}); menade du "{guess}"?'
        rows[0].warn(findings, "okänd_målgrupp", message, column="målgrupp", value=written)
    if others:
        named = ", ".join(sorted(others)[:_ROWS_NAMED])
        more = f" och {len(others) - _ROWS_NAMED} till" if len(others) > _ROWS_NAMED else ""
        what = "1 målgrupp" if len(others) == 1 else f"{len(others)} målgrupper"
        message = f"{what} finns inte i någon utbildning: {named}{more}"
        findings.warn("okända_målgrupper", message, table=HIRES.name, column="målgrupp")
