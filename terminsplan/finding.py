"""Hires, programmes and rounds as they are named on the command line: by id or by name, with what was probably meant by another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from inputs.names import nearest
from models.problem import Hire, TermProblem
from terminsplan.exits import RefusedError

_NAMED = 10


def find_hire(problem: TermProblem, wanted: str) -> Hire:
    """The hire with that id, that name, or the only one with that in her name."""
    if wanted in problem.hire_by_id:
        return problem.hire_by_id[wanted]
    sought = wanted.casefold().strip()
    exact = [h for h in problem.hires if sought in (h.id.casefold(), h.name.casefold())]
    found = exact or [h for h in problem.hires if sought and sought in h.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        more = f"… och {len(found) - _NAMED} till" if len(found) > _NAMED else ""
        names = [f"{h.id}  {h.name}" for h in found[:_NAMED]]
        raise RefusedError(f"Flera heter så: ange id i stället för ”{wanted}”.", *names, *filter(None, [more]))
    raise RefusedError(f"Ingen nyanställd heter eller har id ”{wanted}”.", *_alike(wanted, problem.hires))


def _alike(wanted: str, hires: Sequence[Hire]) -> Iterator[str]:
    names = {word: h for h in hires for word in (h.id.casefold(), h.name.casefold(), *h.name.casefold().split())}
    close = get_close_matches(wanted.casefold(), names, n=1)
    yield from (f"Menade du {names[c].name} ({names[c].id})?" for c in close)


def find_programme(problem: TermProblem, wanted: str) -> str:
    """The id of the programme with that id or name."""
    known = {word: p.id for p in problem.programmes for word in (p.name, p.id)}
    return _found(wanted, known, f"Utbildningen ”{wanted}” finns inte.", [p.id for p in problem.programmes])


def find_round(problem: TermProblem, wanted: str, programme: str | None = None) -> str:
    """The id of the round with that id; where it is none, rounds of the ``programme`` are suggested."""
    rounds = problem.rounds_of[programme] if programme else problem.rounds
    known = {r.id: r.id for r in problem.rounds}
    return _found(wanted, known, f"Omgången ”{wanted}” finns inte.", [r.id for r in rounds])


def _found(wanted: str, known: Mapping[str, str], unknown: str, ids: Sequence[str]) -> str:
    if wanted in known:
        return known[wanted]
    sought = wanted.casefold().strip()
    found = {id_ for word, id_ in known.items() if word.casefold() == sought}
    if len(found) == 1:
        return found.pop()
    close = nearest(wanted, ids)
    some = f"{', '.join(ids[:_NAMED])}{' …' if len(ids) > _NAMED else ''}"
    raise RefusedError(unknown, *([f"Menade du {close}?"] if close else []), f"Välj bland: {some}.")
