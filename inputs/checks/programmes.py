"""Programmes that wait for each other in a circle, and credits for modules that there are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from inputs.credit import credit_of, part_of
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.problem import Part, Programme


def check(term: TermTables, findings: Findings) -> None:
    """Report each circle of ``efter`` once, and every module
    credited, or put before a task, that its programme lacks.
    """
    _cycles(term, findings)
    _credits(term, findings)
    _tasks(term, findings)


def _cycles(term: TermTables, findings: Findings) -> None:
    programmes = {id_: e for id_, e in term.programme_index().by_id.items() if not e.item.own_time}
    told: set[str] = set()
    for start, entry in programmes.items():
        circle = _circle(start, programmes)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            path = " efter ".join([*circle, start])
            message = f"gör att utbildningar väntar på varandra ({path}); ta bort ett av leden"
            entry.error(findings, "cirkel_i_efter", "efter", message)


def _circle(start: str, programmes: Mapping[str, Entry[Programme]]) -> list[str] | None:
    """The shortest way along ``efter`` from a programme back to itself."""
    paths = [[start]]
    seen: set[str] = set()
    for path in paths:
        for after in programmes[path[-1]].item.after:
            if after == start:
                return path
            if after in programmes and after not in seen:
                seen.add(after)
                paths.append([*path, after])
    return None


def _credits(term: TermTables, findings: Findings) -> None:
    modules = term.modules_of()
    rows = ((entry, entry.item.credits) for entry in term.hires if entry.sound("tillgodoräknas"))
    parts = ((entry, written, credit_of(written, modules)) for entry, credits_ in rows for written in credits_)
    _unknown_modules(term, "tillgodoräknas", parts, findings)


def _tasks(term: TermTables, findings: Findings) -> None:
    modules = term.modules_of()
    rows = ((entry, entry.item.after) for entry in term.tasks if entry.sound("efter"))
    parts = ((entry, written, part_of(written, modules)) for entry, after in rows for written in after)
    _unknown_modules(term, "efter", parts, findings)


def _unknown_modules(
    term: TermTables, column: str, parts: Iterable[tuple[Entry[Any], str, Part]], findings: Findings
) -> None:
    """Report each part, told with its row and as written, that is no module of its programme."""
    modules = term.modules_of()
    in_doubt = term.modules_in_doubt()
    for entry, written, part in parts:
        known = modules.get(part.programme, {})
        if part.module is not None and part.module not in known and not in_doubt(part.programme):
            numbers = ", ".join(map(str, sorted(known)))
            message = f"är inget moment i {part.programme}, som har {numbers}; rätta numret"
            entry.error(findings, "okänt_moment", column, message, written)
