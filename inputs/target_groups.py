"""Target groups are compared without regard to case: one spelling for each (INPUT.md, "How cells are read")."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inputs.term_tables import TermTables


def spelling(term: TermTables) -> Callable[[str], str]:
    """From a group as written to the one spelling of it: a programme's own where there is one."""
    chosen: dict[str, str] = {}
    others = (*_of_hires(term), *_of_others(term))
    for written in (*sorted(set(_of_programmes(term))), *sorted(set(others))):
        chosen.setdefault(written.casefold(), written)
    return lambda written: chosen.get(written.casefold(), written)


def _of_programmes(term: TermTables) -> Iterator[str]:
    for programme in term.programmes:
        yield from programme.item.target_groups


def _of_hires(term: TermTables) -> Iterator[str]:
    for hire in term.hires:
        yield from hire.item.hire.target_groups


def _of_others(term: TermTables) -> Iterator[str]:
    for mentor in term.mentors:
        yield from mentor.item.target_groups
    for task in term.tasks:
        yield from task.item.task.target_groups
    for forecast in term.forecast:
        yield from forecast.item.target_groups
